"""Every page of the matrix, looked at and sent to, fails at its queries and at what it calls: no answer then shows
anything of a child, and nothing is left done by halves."""

import logging
import re
from collections import Counter
from contextlib import ExitStack
from dataclasses import dataclass, field
from zlib import crc32

import pytest
import time_machine
from conftest import NOW
from django.db import connection, transaction

from alongside.flow import follow_pending
from alongside.ledger.models import LedgerEvent, Operation
from alongside.ledger.shown import SHOWN
from alongside.meetings.actions import tick_off
from tests.matrix.doors import CAST, SHUT, Doors
from tests.matrix.places import PLACES
from tests.matrix.refusing import KEPT_OF_EVERYBODY, WRITES
from tests.matrix.things import whole_world
from tests.matrix.things_kept import add_rows_to_mend

from .failing import Failing, FailsAt, Heard, told_of, undone, wrong_with

pytestmark = [
    *(pytest.mark.django_db, pytest.mark.usefixtures("agencies")),
    # An answer that streams a file, and fails after it was begun, is closed when it is forgotten.
    pytest.mark.filterwarnings("ignore:unclosed file:ResourceWarning"),
]
OF_A_CHILD = re.compile(r"Znamed|Zheld|zqcanary|zqworks|zqheld|\bKit\b|%PDF")
# Of the queries of one page, and of the functions that it calls, so many fail in the short form.
SHORT = 1
# In how many parts the long form runs.
PARTS = 6
# What guards a child somewhere: pages lead through each.
NEEDED = {
    *("access.policy", "access.queries", "access.rules", "people.closing", "people.emergency", "people.queries"),
    *("agencies.sessions", "chronology.finding", "chronology.guard", "sharing.queries", "sharing.rules"),
    *("access_requests.queries", "access_requests.sections", "ledger.together", "ledger.shown"),
    *("keeping.queries", "keeping.retention", "oversight.queries", "meetings.queries", "linkage.queries"),
}


@pytest.fixture(autouse=True)
def quiet(caplog):
    """Failures by the thousand are what is asked for here."""
    caplog.set_level(logging.CRITICAL, "django.request")


@pytest.fixture
def world(settings, tmp_path):
    settings.UPLOADS = tmp_path
    with time_machine.travel(NOW, tick=False):
        world = whole_world(CAST)
        add_rows_to_mend(world)
        yield world


@dataclass
class Answered:
    """One answer, and what it left: of each table how many rows came or went, and of each operation how many lines."""

    said: str
    status: int
    left: Counter

    @property
    def shows(self) -> bool:
        return bool(OF_A_CHILD.search(self.said))


class Wrote:
    """Listens for the tables that are written to, but for who asked and when."""

    def __init__(self):
        self.tables = set()

    def __call__(self, execute, sql, params, many, context):
        found = WRITES.match(sql)
        if found and not KEPT_OF_EVERYBODY.match(found[1]):
            self.tables.add(found[1])
        return execute(sql, params, many, context)


def rows_of(table):
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")  # noqa: S608
        return Counter(repr(row) for row in cursor.fetchall())


@dataclass
class Failures:
    """Makes one thing fail at a time. `wrong`: in words; `failed`: how often at each page; `shown`: the ways in where
    a child would be seen if nothing failed; `before`: the rows of tables while nothing was done."""

    monkeypatch: pytest.MonkeyPatch
    wrong: list = field(default_factory=list)
    queries: Counter = field(default_factory=Counter)
    calls: Counter = field(default_factory=Counter)
    shown: set = field(default_factory=set)
    through: set = field(default_factory=set)
    before: dict = field(default_factory=dict)

    def ask(self, door, *faults):
        """The answer while these are the matter, and what is left of it once nothing is any more: what waits to be
        followed is followed then."""
        wrote, last = Wrote(), LedgerEvent.objects.order_by("-pk").values_list("pk", flat=True)[0]
        acts = LedgerEvent.objects.filter(pk__gt=last).exclude(operation=Operation.VIEW)
        with undone(door.asker.client), connection.execute_wrapper(wrote):
            answered = answer_of(door, faults)
            # The lines of a response are a transaction by themselves, but for here, where all stands in another.
            transaction.set_rollback(False)
            while follow_pending(at=NOW):
                pass
            after = {table: rows_of(table) for table in wrote.tables}
            answered.left += Counter(acts.values_list("operation", flat=True))
        for table, rows in after.items():
            if table not in self.before:
                self.before[table] = rows_of(table)
            came, went = rows - self.before[table], self.before[table] - rows
            answered.left[table] = came.total() + went.total()
        answered.left = +answered.left
        return answered

    def judge(self, whole, answered, what):
        self.wrong += wrong_with(answered.said, answered.status, answered.shows, what)
        if answered.left and answered.left != whole.left:
            self.wrong.append(f"{what}: {dict(answered.left)} is left of {dict(whole.left)}")
        if SHOWN.get():
            self.wrong.append(f"{what}: this thread would write no look at once any more")
            SHOWN.set(None)

    def fail(self, door, most=None):
        """At so many of its queries and of the functions that it calls; at each where there is no most."""
        counted, heard = FailsAt(), Heard()
        whole = self.ask(door, connection.execute_wrapper(counted), heard)
        self.through |= {name.partition(":")[0] for name, *_ in heard.named}
        self.shown |= {door.name} if whole.shows else set()
        for number in drawn(range(1, counted.asked + 1), door)[:most]:
            fails = FailsAt(number)
            answered = self.ask(door, connection.execute_wrapper(fails))
            if fails.fired:
                self.queries[door.name] += 1
                self.judge(whole, answered, f"query {number} of {door}")
        self.fail_calls(door, whole, drawn(heard.named, door), most)

    def fail_calls(self, door, whole, functions, most):
        failed = 0
        for name, *function in functions:
            fails = Failing(*function, self.monkeypatch)
            answered = self.ask(door, fails)
            # What holds it by another name, as a registered filter does, calls it still.
            if fails.calls:
                failed += 1
                self.judge(whole, answered, f"{name} of {door}")
            if failed == most:
                break
        self.calls[door.name] += failed


def answer_of(door, faults):
    with ExitStack() as stack:
        for fault in faults:
            stack.enter_context(fault)
        answer = getattr(door.asker.client, door.method)(door.address, *([] if door.body is None else [door.body]))
        answered = Answered(told_of(answer), answer.status_code, Counter())
        answer.close()
    return answered


def drawn(things, door):
    """All of these in an order that differs from door to door, and is the same in every run."""
    named = {str(one[0] if isinstance(one, tuple) else one): one for one in things}
    return [named[name] for name in sorted(named, key=lambda name: crc32(f"{door}: {name}".encode()))]


def test_what_is_shut_shows_nothing_of_a_child(world):
    """Of what never opens here, so that nothing of it is made to fail."""
    doors = Doors(world)
    for name in SHUT:
        assert (PLACES[name].about, PLACES[name].shows) == ("", "nothing")
        answers = [answer_of(door, ()) for method in ("get", "post") for door in doors.tried(name, method)]
        assert not [one.said for one in answers if one.shows]


def test_no_page_shows_a_child_where_something_fails(world, monkeypatch):
    failures = Failures(monkeypatch)
    for door in Doors(world).that_open():
        failures.fail(door, SHORT)
    assert not failures.wrong, "\n".join(failures.wrong)
    assert set(failures.queries) == set(+failures.calls) == set(PLACES) - SHUT
    assert NEEDED - failures.through == set()
    # Where nothing fails, children would be seen on these.
    assert len(failures.shown) > 40


@pytest.mark.long
@pytest.mark.parametrize("part", range(PARTS))
def test_no_page_shows_a_child_whatever_fails(world, monkeypatch, part, record_property):
    failures = Failures(monkeypatch)
    for door in Doors(world).that_open(list(PLACES)[part::PARTS]):
        failures.fail(door)
    record_property("queries and calls made to fail", failures.queries.total() + failures.calls.total())
    assert not failures.wrong, "\n".join(failures.wrong)


def test_what_is_done_by_halves_is_noticed(world, monkeypatch):
    monkeypatch.setattr("alongside.meetings.action_views.tick_off", tick_off.__wrapped__)
    failures = Failures(monkeypatch)
    for door in Doors(world).that_open(["tick_off"]):
        failures.fail(door)
    assert [words for words in failures.wrong if "is left of" in words]
