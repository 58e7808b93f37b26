from datetime import UTC, datetime, timedelta

import psycopg
import pytest
from django.db import DatabaseError, connection, transaction

from alongside.ledger import actions
from alongside.ledger.actions import UnsoundError, seal
from alongside.ledger.keys import trusted
from alongside.ledger.models import Checkpoint, LedgerEvent, Operation, Seal, record
from alongside.ledger.queries import latest
from alongside.ledger.verifying import verify
from alongside.shared.keys import made

from . import tampering

NOW = datetime(2026, 11, 23, 9, 20, tzinfo=UTC)
pytestmark = pytest.mark.django_db


def look(turn: int = 0) -> LedgerEvent:
    return record(Operation.VIEW, "timeline", by="tests", at=NOW + timedelta(seconds=turn), about="person:7F3K")


def sentences() -> list[str]:
    return verify(trusted=trusted()).sentences


def test_where_no_line_waits_nothing_is_signed():
    assert seal(at=NOW) is None
    look()
    assert seal(at=NOW).size == 1
    assert seal(at=NOW) is None
    assert Checkpoint.objects.count() == 1


def test_places_have_no_gap_whatever_gaps_the_numbers_have():
    lines = [look(turn) for turn in range(3)]
    with tampering.no_triggers():
        LedgerEvent.objects.filter(pk=lines[1].pk).delete()
    seal(at=NOW)
    sealed = list(Seal.objects.order_by("pk").values_list("sequence", "event"))
    assert sealed == [(1, lines[0].pk), (2, lines[2].pk)]


def test_many_lines_are_sealed_in_several_goes(monkeypatch):
    monkeypatch.setattr(actions, "AT_MOST", 4)
    for turn in range(10):
        look(turn)
    assert seal(at=NOW).size == 10
    assert list(Checkpoint.objects.values_list("size", flat=True)) == [4, 8, 10]
    assert sentences() == []


def test_a_line_without_a_mark_is_never_sealed_not_even_by_the_first_sealing():
    """Else whoever owns the database, and no key, could have what they wrote signed by the service."""
    line = look()
    with tampering.no_triggers():
        LedgerEvent.objects.filter(pk=line.pk).update(mark="")
    assert seal(at=NOW) is None
    assert "was not written by this service" in sentences()[0]


def test_a_line_that_this_service_did_not_write_is_never_sealed_and_is_named():
    look()
    seal(at=NOW)
    forged = LedgerEvent.objects.create(at=NOW, operation="view", what="timeline", actor="nobody")
    assert seal(at=NOW) is None
    assert sentences() == [
        f"Line {forged.pk} was not written by this service, or with a secret key that it does not know."
    ]


def test_after_a_change_of_keys_the_old_ones_count_where_they_are_named(settings):
    look()
    seal(at=NOW)
    look(1)
    old, settings.SECRET_KEY = settings.SECRET_KEY, "another key that opens nothing"
    assert len(sentences()) == 2
    settings.SECRET_KEY_FALLBACKS = [old]
    settings.LEDGER_KEY = made()
    with pytest.raises(UnsoundError):
        seal(at=NOW)


def test_the_key_of_before_counts_where_it_is_named(settings):
    look()
    seal(at=NOW)
    settings.LEDGER_KEYS_BEFORE = [str(trusted()[0])]
    settings.LEDGER_KEY = made()
    look(1)
    assert seal(at=NOW).size == 2
    assert sentences() == []


OLD, NEW = ("old key that somebody who left knew", "the new key, which nobody else knows")


@pytest.fixture
def one_key_for_checkpoints(settings):
    settings.LEDGER_KEY = made()
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = OLD, []


def with_old_key(turn: int, settings) -> LedgerEvent:
    """A line by somebody who has nothing but the secret key of before."""
    settings.SECRET_KEY = OLD
    line = look(turn)
    settings.SECRET_KEY = NEW
    return line


def test_lines_of_before_a_change_of_the_secret_key_are_sealed(settings, one_key_for_checkpoints):
    look()
    seal(at=NOW)
    look(1)
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = NEW, [OLD]
    # The change takes a while: a process of before still writes when the first of after does.
    assert sentences() == []
    look(2)
    with_old_key(3, settings)
    assert sentences() == []
    assert seal(at=NOW).size == 4
    assert sentences() == []


def test_once_a_line_of_the_new_secret_key_is_sealed_the_old_one_makes_none_any_more(settings, one_key_for_checkpoints):
    look()
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = NEW, [OLD]
    seal(at=NOW)
    look(1)
    # However many stand around the first line of the new key.
    for turn in range(3):
        with_old_key(2 + turn, settings)
    assert seal(at=NOW).size == 5
    forged = with_old_key(5, settings)
    look(6)
    assert "was not written by this service" in sentences()[0]
    assert str(forged.pk) in sentences()[0]
    assert seal(at=NOW).size == 6
    assert not Seal.objects.filter(event=forged.pk).exists()
    with_old_key(7, settings)
    assert seal(at=NOW) is None


def test_of_two_secret_keys_of_before_the_older_one_ends_with_the_first_line_of_the_younger(
    settings, one_key_for_checkpoints
):
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = "between the two", [OLD]
    look()
    seal(at=NOW)
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = NEW, ["between the two", OLD]
    forged = with_old_key(1, settings)
    settings.SECRET_KEY = "between the two"
    look(2)
    settings.SECRET_KEY = NEW
    assert seal(at=NOW).size == 2
    assert not Seal.objects.filter(event=forged.pk).exists()


def test_a_key_of_checkpoints_that_was_left_signs_none_any_more(settings, monkeypatch):
    """Whoever knew it could else go on from the last checkpoint with lines of their own."""
    look()
    seal(at=NOW)
    old, left = settings.LEDGER_KEY, str(trusted()[0])
    settings.LEDGER_KEY, settings.LEDGER_KEYS_BEFORE = made(), [left]
    look(1)
    seal(at=NOW)
    assert sentences() == []
    new, settings.LEDGER_KEY, settings.LEDGER_KEYS_BEFORE = settings.LEDGER_KEY, old, [str(trusted()[0]), left]
    look(2)
    with pytest.raises(UnsoundError, match="left before"):
        seal(at=NOW)
    monkeypatch.setattr(actions, "_was_left", lambda last: False)
    seal(at=NOW)
    settings.LEDGER_KEY, settings.LEDGER_KEYS_BEFORE = new, [left]
    assert sentences() == ["The checkpoint of 3 lines is signed with a key that was left before it."]


def test_nothing_is_built_on_a_checkpoint_that_does_not_fit():
    look()
    seal(at=NOW)
    with tampering.no_triggers():
        Checkpoint.objects.update(root=b"\0" * 32)
    look(1)
    with pytest.raises(UnsoundError):
        seal(at=NOW)
    assert latest().size == 1


WAYS = {
    "update": "UPDATE {table} SET {key} = {key} + 1",
    "delete": "DELETE FROM {table}",
    "replace": "INSERT OR REPLACE INTO {table} SELECT * FROM {table}",
    "truncate": "TRUNCATE {table}",
}


@pytest.mark.parametrize("model", [LedgerEvent, Seal, Checkpoint])
def test_the_database_refuses_to_change_what_is_sealed(model):
    look()
    seal(at=NOW)
    there = {"update", "delete", "truncate" if connection.vendor == "postgresql" else "replace"}
    for way in there:
        statement = WAYS[way].format(table=model._meta.db_table, key=model._meta.pk.column)
        with pytest.raises(DatabaseError, match="only grows"), transaction.atomic():
            tampering.run(statement)


def another_writer() -> psycopg.Connection:
    told = connection.settings_dict
    return psycopg.connect(host=told["HOST"], user=told["USER"], dbname=told["NAME"])


COPY = """
INSERT INTO ledger_ledgerevent
  (at, operation, what, actor, actor_name, agency, subject, purpose, details, mark)
SELECT at, operation, what, actor, actor_name, agency, subject, purpose, details, mark FROM ledger_ledgerevent"""


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_a_line_whose_writer_was_slow_is_sealed_when_it_comes():
    look()
    with another_writer() as slow:
        slow.execute(COPY)
        look(2)
        assert seal(at=NOW).size == 2
        assert latest().settled == 0
    assert seal(at=NOW).size == 3
    newest = LedgerEvent.objects.latest("pk").pk
    look(3)
    assert seal(at=NOW).settled == newest
    assert sentences() == []
