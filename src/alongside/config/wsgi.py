import os

from django.core.wsgi import get_wsgi_application
from django.urls import get_resolver

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "alongside.config.settings")
application = get_wsgi_application()
# Read every room's pages now, once for all workers: else the first visitor of each worker waits for it.
len(get_resolver().url_patterns)
