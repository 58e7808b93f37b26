"""When it happened is told as exactly as its author knows it: never the day of writing, never a made-up midnight."""

import json
from uuid import uuid4

import pytest
from conftest import NOW
from django.db import IntegrityError, transaction
from django.urls import reverse

from alongside.chronology.actions import rebuild
from alongside.chronology.models import ChronologyEntry
from alongside.config.state import hash_of_meaning
from alongside.contributions.actions import accept
from alongside.contributions.models import Contribution
from alongside.contributions.tasks import follow_soon
from alongside.people.models import Standing

from .example import note
from .on_pages import FIGHT, PIP, seen, sent, step, words

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("now")]
NO_DAY = {f"occurred_on_{part}": "" for part in ("day", "month", "year")}
NOT_TOLD = "The day was not told; told to us on 23 November 2026"


@pytest.mark.parametrize("clock", ["", "10:15pm"])
def test_a_form_without_a_day_says_that_it_was_not_told(officer, clock):
    told = sent(officer, what_happened=FIGHT | NO_DAY | {"occurred_time": clock})
    assert (told.occurred_to, told.occurred_at) == ("untold", told.reported_at)
    assert NOT_TOLD in words(officer.get(reverse("receipt", args=[told.receipt])))


def test_a_month_alone_is_kept_as_a_month(officer):
    told = sent(officer, what_happened=FIGHT | {"occurred_on_day": ""})
    assert (told.occurred_to, told.occurred_at.isoformat()) == ("month", "2026-11-01T00:00:00+00:00")
    page = words(officer.get(reverse("receipt", args=[told.receipt])))
    assert "November 2026" in page
    assert "midnight" not in page


@pytest.mark.parametrize(
    ("boxes", "said"),
    [
        ({"occurred_on_day": "", "occurred_on_month": ""}, "Add the month, or leave all three empty"),
        ({"occurred_on_day": "", "occurred_on_month": "12"}, "this one is still to come"),
    ],
    ids=["a year alone", "a month to come"],
)
def test_a_day_that_cannot_be_kept_says_how_to_mend_it(officer, boxes, said):
    assert said in words(officer.post(step(uuid4(), "what_happened"), FIGHT | boxes))


def test_what_a_shop_saw_some_time_is_told_all_the_same(highways):
    told = seen(highways, occurred_when="")
    assert told.occurred_to == "untold"
    again = highways.post(step(uuid4(), "when", PIP), {"happened_before": "Often"}, headers={"HX-Request": "true"})
    assert "When it happened" in words(again)


def test_corrected_without_a_day_it_is_still_not_told(officer):
    told = sent(officer, what_happened=FIGHT | NO_DAY)
    begun = officer.post(reverse("correct", args=[told.receipt])).url
    officer.post(begun, FIGHT | NO_DAY | {"narrative": "Two boys fought."})
    officer.post(step(begun.split("/")[-3], "check"), {"do": "send"})
    assert [one.occurred_to for one in Contribution.objects.order_by("version")] == ["untold", "untold"]


def test_the_timeline_made_anew_means_the_same(agencies):
    accept([note(occurred_at="not_told", reported_at="2026-11-22T20:15:00Z")], by="tests", at=NOW)
    follow_soon(1)
    before = hash_of_meaning()
    rebuild(at=NOW)
    assert hash_of_meaning() == before
    (entry,) = ChronologyEntry.objects.all()
    assert (entry.occurred_to, entry.seen_at) == ("untold", None)


@pytest.mark.parametrize(("on", "says"), [("not_told", False), ("2026-11", False), ("2026-11-02", True)])
def test_nobody_works_with_a_child_since_a_day_that_was_not_told(agencies, on, says):
    service = {"service": "CAMHS", "status": "open"}
    told = note(kind="camhs_contact", occurred_at=on, reported_at="2026-11-22", details=service)
    told["source"]["agency"] = "leeds-camhs"
    accept([told], by="tests", at=NOW)
    follow_soon(1)
    assert Standing.objects.get(agency="leeds-camhs").says_since is says


def test_the_same_by_the_api_twice_is_the_same_receipt(agencies):
    told = json.loads(json.dumps(note(occurred_at="not_told", reported_at="2026-11-22T20:15:00Z")))
    first, again = (accept([told], by="tests", at=NOW)[0] for _ in range(2))
    assert (first.status, again.status, again.receipt) == ("accepted", "unchanged", first.receipt)


@pytest.mark.parametrize("changes", [{"occurred_to": "week"}, {"occurred_to": "untold", "reported_at": None}])
def test_the_database_keeps_no_day_without_its_word(agencies, changes):
    accept([note()], by="tests", at=NOW)
    with pytest.raises(IntegrityError), transaction.atomic():
        Contribution.objects.update(**changes)
