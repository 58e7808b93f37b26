"""Somebody with the owner's rights has the database drop one person's lines without a word, so that their looks leave
no trace: nothing is shown to that person any more, and verify names what was put there."""

import pytest
from conftest import NOW
from django.db import DatabaseError, connection, transaction
from django.urls import reverse

from alongside.keeping.copying import facts
from alongside.keeping.restoring import Restored, has_its_triggers
from alongside.ledger import together
from alongside.ledger.keys import trusted
from alongside.ledger.models import LedgerEvent, Operation, record, record_each
from alongside.ledger.shown import SHOWN, Shown
from alongside.ledger.verifying import verify
from alongside.people.tests.factories import COUNCIL, child, practitioner, standing

from . import tampering

pytestmark = pytest.mark.django_db


def by_trigger(actor: str) -> None:
    tampering.swallow("ledger_ledgerevent", f"NEW.actor = '{actor}'")


def by_rule(actor: str) -> None:
    on = f"ON INSERT TO ledger_ledgerevent WHERE NEW.actor = '{actor}'"
    tampering.run(f"CREATE RULE ledger_quiet AS {on} DO INSTEAD NOTHING")


def by_row_policy(actor: str) -> None:
    tampering.run(f"CREATE POLICY ledger_quiet ON ledger_ledgerevent USING (actor <> '{actor}')")


def by_row_security(actor: str) -> None:
    tampering.run("ALTER TABLE ledger_ledgerevent ENABLE ROW LEVEL SECURITY")


def by_a_part_of_the_table(actor: str) -> None:
    tampering.run("CREATE TABLE ledger_quiet () INHERITS (ledger_ledgerevent)")


POSTGRES = pytest.mark.postgres
SWALLOWING = [by_trigger, pytest.param(by_rule, marks=POSTGRES)]
ELSE = [pytest.param(way, marks=POSTGRES) for way in (by_row_policy, by_row_security, by_a_part_of_the_table)]
LINE = {"by": "leah", "at": NOW}


@pytest.mark.parametrize("way", [*SWALLOWING, *ELSE])
def test_what_was_put_at_the_ledger_is_named(way):
    assert verify(trusted=trusted()).is_whole
    way("leah")
    (sentence,) = verify(trusted=trusted()).sentences
    assert "is not one of ours" in sentence
    assert "ledger_" in sentence


def test_a_restored_database_that_has_more_triggers_than_it_should_is_not_right():
    with connection.cursor() as cursor:
        head = facts(cursor, connection.vendor)
    assert has_its_triggers(Restored(head, dict)).is_right
    by_trigger("leah")
    with connection.cursor() as cursor:
        forged = facts(cursor, connection.vendor)
    for told in (head, forged):
        found = has_its_triggers(Restored(told, dict))
        assert not found.is_right
        assert "ledger_quiet" in found.answer


@pytest.mark.parametrize("way", SWALLOWING)
def test_what_would_leave_no_line_is_not_done(way):
    way("leah")
    for write in (
        lambda: record(Operation.ALTER, "note", **LINE),
        lambda: record_each(Operation.VIEW, "timeline", about=["person:7F3K"], **LINE),
        lambda: record_each(Operation.VIEW, "timeline", about=["person:7F3K", "person:8G4L"], **LINE),
        lambda: together.write([waiting_line("leah")]),
        # Written together with the line of another, which is not swallowed.
        lambda: together.write([waiting_line("omar"), waiting_line("leah")]),
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            write()
    assert not LedgerEvent.objects.exists()


def test_the_lines_of_others_are_written_all_the_same():
    by_trigger("leah")
    record(Operation.ALTER, "note", by="omar", at=NOW)
    record_each(Operation.VIEW, "timeline", by="omar", at=NOW, about=["person:7F3K", "person:8G4L"])
    assert LedgerEvent.objects.count() == 3


def waiting_line(actor: str) -> LedgerEvent:
    here = SHOWN.set(Shown())
    try:
        return record(Operation.VIEW, "timeline", by=actor, at=NOW, about="person:7F3K")
    finally:
        SHOWN.reset(here)


@pytest.mark.parametrize("way", SWALLOWING)
def test_a_page_whose_line_is_swallowed_is_not_shown(client, way):
    leah = practitioner("leah", "social_worker", COUNCIL)
    standing(child("7F3K", called="Kai"), COUNCIL, practitioner=leah)
    client.force_login(leah)
    assert "Kai" in client.get(reverse("child", args=["7F3K"])).content.decode()
    way("leah")
    answer = client.get(reverse("child", args=["7F3K"]))
    assert answer.status_code == 503
    assert "Kai" not in answer.content.decode()
