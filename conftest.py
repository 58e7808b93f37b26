"""What every test may rely on: the settings of a test machine, whatever the environment says."""

import os
import shutil
from collections.abc import Callable, Iterator
from datetime import UTC, datetime

import pytest
from django.conf import settings
from django.db import connection
from django.test import override_settings

KEY = "opens nothing outside the tests"
BROWSERS = ("chromium", "chromium-browser", "google-chrome")
# Set where a skipped test must fail: "browser", "postgres" or both, with a comma.
MUST_RUN = set(os.environ.get("ALONGSIDE_TESTS_MUST_RUN", "").split(",")) - {""}

# For good, not only during the tests: Django refuses to put an empty key back.
settings.SECRET_KEY = KEY


def why_not(item: pytest.Item) -> str:
    """Why this test cannot run on this machine, or ""."""
    if item.get_closest_marker("postgres") and connection.vendor != "postgresql":
        return "runs on PostgreSQL only: make test starts one where its programs are installed"
    if item.get_closest_marker("browser") and not any(shutil.which(name) for name in BROWSERS):
        return "needs Chromium: make test installs one where it can"
    if item.get_closest_marker("long") and os.environ.get("ALONGSIDE_TESTS_LONG") != "1":
        return "takes minutes: runs with make test-long"
    return ""


def pytest_runtest_setup(item: pytest.Item) -> None:
    """Skips what this machine cannot run, saying why; where it must run, the skip is a failure."""
    reason = why_not(item)
    needed = next((mark for mark in sorted(MUST_RUN) if item.get_closest_marker(mark)), "")
    if reason and needed:
        pytest.fail(f"Tests marked {needed} must run here, and this one {reason}.", pytrace=False)
    if reason:
        pytest.skip(reason)


@pytest.fixture(scope="session", autouse=True)
def settings_of_a_test_machine() -> Iterator[None]:
    """Plain HTTP on this machine, static files as they lie, a key that opens nothing."""
    plain = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    files = {"BACKEND": "django.core.files.storage.InMemoryStorage"}
    with override_settings(
        STORAGES={"default": files, "staticfiles": plain},
        PASSWORD_HASHERS=["django.contrib.auth.hashers.MD5PasswordHasher"],
        ALLOWED_HOSTS=["testserver", "localhost", "127.0.0.1"],
        SECURE_SSL_REDIRECT=False,
        SESSION_COOKIE_SECURE=False,
        SESSION_COOKIE_NAME="sessionid",
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


@pytest.fixture(scope="session", autouse=True)
def empties_the_ledger_between_tests() -> Iterator[None]:
    """Tests with a live server empty every table at their end; the ledger's triggers refuse that on SQLite,
    so for that moment, in tests alone, they stand aside."""
    from django.db.backends.sqlite3.base import DatabaseOperations

    flush = DatabaseOperations.execute_sql_flush

    def flush_past_the_triggers(self: DatabaseOperations, statements: list[str]) -> None:
        with self.connection.cursor() as cursor:
            cursor.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
            triggers = cursor.fetchall()
            for name, _ in triggers:
                cursor.execute(f"DROP TRIGGER {self.quote_name(name)}")
            flush(self, statements)
            for _, statement in triggers:
                cursor.execute(statement)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(DatabaseOperations, "execute_sql_flush", flush_past_the_triggers)
        yield
