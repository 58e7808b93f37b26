"""The settings we ship with the Django admin beside them: the peer that pages are compared with."""

from alongside.config.settings import *  # noqa: F403  the same settings, and one peer more
from alongside.config.settings import INSTALLED_APPS

INSTALLED_APPS = [*INSTALLED_APPS, "django.contrib.admin"]
ALLOWED_HOSTS = ["localhost"]
ROOT_URLCONF = "benchmarks.admin_urls"
# Ours stands in the place of Django's own; the admin looks for that by its name.
SILENCED_SYSTEM_CHECKS = ["admin.E408"]
