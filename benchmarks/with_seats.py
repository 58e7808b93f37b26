"""The settings we ship, with the styles as they lie, which need no gathering; and with less care for what is written
where BENCHMARK_SYNCHRONOUS says so."""

import os

from alongside.config.settings import *  # noqa: F403  the same settings, but for these two
from alongside.config.settings import SQLITE_OPTIONS, STORAGES

STORAGES = {**STORAGES, "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
CARE = os.environ.get("BENCHMARK_SYNCHRONOUS", "FULL")
SQLITE_OPTIONS["init_command"] = SQLITE_OPTIONS["init_command"].replace("synchronous=FULL", f"synchronous={CARE}")
