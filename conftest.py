"""What every test may rely on: the settings of a test machine, whatever the environment says."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime

import pytest
from django.conf import settings
from django.test import override_settings

KEY = "opens nothing outside the tests"
settings.SECRET_KEY = KEY


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


# Monday 23 November 2026, twenty past nine in Leeds: where the tests' clock stands.
NOW = datetime(2026, 11, 23, 9, 20, tzinfo=UTC)


@pytest.fixture
def agencies(db) -> None:
    """The partners of the Leeds playbook, with their teams."""
    from alongside.agencies.actions import load_agencies

    load_agencies(by="tests", at=NOW)


@pytest.fixture
def seat(agencies) -> Callable[..., object]:
    """Gives somebody a seat: `seat("maya", "leeds-city-council", "front_door_worker")`."""
    from alongside.agencies.actions import invite

    def invited(key: str, agency: str, role: str, *, team: str | None = None, name: str = "") -> object:
        return invite(
            key=key,
            name=name or key.title(),
            email=f"{key}@alongside.example",
            agency=agency,
            role=role,
            team=team,
            by="tests",
            at=NOW,
        )

    return invited


@pytest.fixture
def maya(seat):
    """Front-door social worker: every referral comes to her first."""
    return seat("maya", "leeds-city-council", "front_door_worker", name="Maya Osei")


@pytest.fixture
def leah(seat):
    """Social worker, with the children whose team she is in."""
    return seat("leah", "leeds-city-council", "social_worker", name="Leah Brandt")


@pytest.fixture
def priya(seat):
    """Police officer who sends notifications."""
    return seat("priya", "west-yorkshire-police", "police_officer", name="Priya Nair")


@pytest.fixture
def omar(seat):
    """Highways: tells partners what he sees, sees no child's record."""
    return seat("omar", "leeds-highways", "place_worker", name="Omar Haddad")


@pytest.fixture
def grace(seat):
    """Information officer: brings files in and decides which records are one child."""
    return seat("grace", "leeds-city-council", "information_officer", name="Grace Lindqvist")


@pytest.fixture
def sam(seat):
    """Analyst: numbers, never a named child."""
    return seat("sam", "west-yorkshire-vrp", "analyst", name="Sam Whitlock")
