from datetime import UTC, datetime, timedelta

import pytest
from django.db import IntegrityError, transaction

from alongside.contributions.actions import accept, withdraw
from alongside.contributions.models import Contribution, Pending
from alongside.contributions.queries import sent_by
from alongside.ledger import models as ledger

from .example import note

NOW = datetime(2026, 11, 23, 9, 20, tzinfo=UTC)
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("agencies")]


def tell(*items, at=NOW, **how):
    return accept(items, by="tests", at=at, **how)


def test_a_thousand_with_three_bad_ones_gives_997_receipts_and_3_reasons():
    batch = [note(f"N-{n}") for n in range(1000)]
    for n in (10, 500, 999):
        batch[n]["occurred_at"] = "soon"

    verdicts = tell(*batch)

    assert sum(bool(v.receipt) for v in verdicts) == 997
    assert [v.problems[0].field for v in verdicts if v.status == "rejected"] == ["occurred_at"] * 3


def test_the_same_batch_again_gives_the_same_receipts_and_changes_nothing():
    batch = [note(f"N-{n}") for n in range(20)]
    first = tell(*batch)

    again = tell(*batch, at=NOW + timedelta(days=1))

    assert [v.receipt for v in again] == [v.receipt for v in first]
    assert {v.status for v in again} == {"unchanged"}
    assert Contribution.objects.count() == 20


def test_a_correction_is_a_new_version_and_the_old_one_stays():
    tell(note())
    (verdict,) = tell(note(narrative="Seen with three friends."))

    assert verdict.status == "superseded"
    versions = Contribution.objects.order_by("version")
    assert [(one.version, one.is_newest) for one in versions] == [(1, False), (2, True)]


def test_one_reference_twice_in_a_batch_keeps_both_in_order():
    verdicts = tell(note(), note(), note(narrative="More."))

    assert [v.status for v in verdicts] == ["accepted", "unchanged", "superseded"]
    assert Contribution.objects.get(is_newest=True).told["narrative"] == "More."


def test_a_file_with_two_versions_can_be_taken_in_again():
    first = tell(note(), note(narrative="More."))
    again = tell(note(), note(narrative="More."))

    assert {v.status for v in again} == {"unchanged"}
    assert [v.receipt for v in again] == [v.receipt for v in first]


def test_an_unknown_agency_is_a_reason_not_an_error():
    source = {"agency": "nobody", "system": "s", "reference": "1"}
    (verdict,) = tell(note(source=source))

    assert verdict.problems[0].rule == "No partner has this name."


def test_what_is_accepted_waits_to_be_followed_and_stands_in_the_ledger_once():
    before = ledger.LedgerEvent.objects.count()
    told = tell(note("N-1"), note("N-2"), note("N-3"))

    assert Pending.objects.count() == 3
    assert ledger.LedgerEvent.objects.count() == before + 1
    line = ledger.LedgerEvent.objects.latest("pk")
    assert line.details == {"count": 3, "receipts": [one.receipt for one in told]}


def test_no_ledger_no_contribution(monkeypatch):
    def refuse(*args, **kwargs):
        raise OSError("disk full")

    monkeypatch.setattr("alongside.contributions.actions.record", refuse)
    with pytest.raises(OSError, match="disk full"):
        tell(note())
    assert not Contribution.objects.exists()


def test_a_withdrawal_says_who_and_why_and_deletes_nothing(maya):
    tell(note(), author=maya)
    contribution = sent_by(maya).get()

    withdraw(contribution=contribution, by=maya, at=NOW, because="Told of the wrong child.")

    contribution.refresh_from_db()
    assert contribution.withdrawn_by == maya
    assert contribution.withdrawn_because == "Told of the wrong child."


def test_nobody_sees_what_another_sent(maya, priya):
    tell(note(), author=maya)

    assert not sent_by(priya).exists()


def test_the_database_refuses_a_withdrawal_without_a_name():
    tell(note())
    with pytest.raises(IntegrityError), transaction.atomic():
        Contribution.objects.update(withdrawn_at=NOW)
