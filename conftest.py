"""What every test may rely on: the settings of a test machine, whatever the environment says."""

from collections.abc import Iterator

import pytest
from django.test import override_settings

KEY = "opens nothing outside the tests"


@pytest.fixture(scope="session", autouse=True)
def settings_of_a_test_machine() -> Iterator[None]:
    """Plain HTTP on this machine, static files as they lie, a key that opens nothing."""
    plain = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    files = {"BACKEND": "django.core.files.storage.InMemoryStorage"}
    with override_settings(
        SECRET_KEY=KEY,
        STORAGES={"default": files, "staticfiles": plain},
        ALLOWED_HOSTS=["testserver", "localhost", "127.0.0.1"],
        SECURE_SSL_REDIRECT=False,
        SESSION_COOKIE_SECURE=False,
        CSRF_COOKIE_SECURE=False,
        WHITENOISE_AUTOREFRESH=True,
        WHITENOISE_USE_FINDERS=True,
    ):
        yield
