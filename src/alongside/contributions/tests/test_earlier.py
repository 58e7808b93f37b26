"""Before sending: what was told before of this child, as far as whoever tells may know it."""

from datetime import timedelta
from uuid import uuid4

import pytest
from conftest import NOW
from django.urls import reverse

from alongside.contributions.actions import accept
from alongside.contributions.models import Contribution
from alongside.contributions.tasks import follow_soon
from alongside.ledger.models import LedgerEvent

from .conftest import at_a_machine
from .example import note
from .on_pages import KAI, sent, step, words, written

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("now")]
ONLY_KAI = {"given_name": "Kai-Emmanuel", "family_name": "Adeyemi", "date_of_birth": "2011-03-04", "sex": "M"}


def before_sending(client, **changes):
    return words(client.get(step(written(client, **changes), "check")))


def others_told(reference="N-1", **changes):
    accept([note(reference, person=ONLY_KAI, **changes)], by="tests", at=NOW)
    follow_soon(1)


def test_what_i_told_before_of_this_child_is_said(officer):
    sent(officer)
    page = before_sending(officer)
    assert 'Police told of <bdi dir="auto">Kai</bdi> once in the last 12 months' in page
    assert "20 November 2026 at 10:15pm: Police notification" in page


def test_the_front_door_reads_what_others_told_and_the_ledger_says_that_it_looked(front_door):
    others_told()
    assert ": Note, told by Social care" in before_sending(front_door)
    assert LedgerEvent.objects.filter(what="earlier, before sending", subject__startswith="person:").count() == 1


def test_who_is_not_near_the_child_learns_nothing_of_what_others_told(officer):
    others_told(handling="partnership")
    assert "in the last 12 months" not in before_sending(officer)
    assert not LedgerEvent.objects.filter(what="earlier, before sending").exists()


def test_what_is_closed_to_the_reader_is_not_counted(front_door):
    others_told(handling="police")
    assert "in the last 12 months" not in before_sending(front_door)


@pytest.mark.parametrize(
    "changes",
    [{"p1-given_name": "Tobi"}, {"p1-date_of_birth_year": "2012"}, {"p1-date_of_birth_day": ""}, {"p1-role": "parent"}],
    ids=["another name", "another birthday", "no whole birthday", "no child"],
)
def test_another_child_is_not_this_one(officer, changes):
    sent(officer)
    assert "in the last 12 months" not in before_sending(officer, who=KAI | changes)


def test_what_was_long_ago_or_taken_back_is_not_counted(officer):
    first, second = sent(officer), sent(officer, uuid4())
    Contribution.objects.filter(pk=first.pk).update(occurred_at=NOW - timedelta(days=400))
    officer.post(reverse("withdraw", args=[second.receipt]), {"because": "Another child."})
    assert "in the last 12 months" not in before_sending(officer)


def test_what_is_corrected_does_not_count_itself(officer):
    first = sent(officer)
    begun = officer.post(reverse("correct", args=[first.receipt])).url
    assert "in the last 12 months" not in words(officer.get(step(begun.split("/")[3], "check")))


def test_a_team_that_knows_two_of_one_name_and_birthday_is_told_of_neither(seat):
    police = at_a_machine(seat("bea", "leeds-city-council", "front_door_worker"))
    for reference in ("C-1", "C-2"):
        person = ONLY_KAI | {"reference": reference, "postcode": "", "likes_to_be_called": reference}
        accept([note(f"N-{reference}", person=person)], by="tests", at=NOW)
    assert "in the last 12 months" not in before_sending(police)
