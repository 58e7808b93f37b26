"""Whoever is closed out of a child's record is closed out of what is told of the child from the moment it is told: also
while it waits to be filed."""

from unittest import mock

import pytest
from conftest import NOW
from django.urls import reverse

from alongside.agencies.models import Practitioner
from alongside.chronology.models import ChronologyEntry
from alongside.chronology.releasing import releasable
from alongside.contributions.actions import accept
from alongside.contributions.calling import those_who_answer
from alongside.contributions.models import Contribution
from alongside.flow import follow_pending
from alongside.meetings.queries import briefing
from alongside.people.closing import declare_tie, restrict

from .on_pages import FIGHT, KAI, sent, words
from .test_correcting import corrected
from .test_front_door import POLICE, take_in, told

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("now")]
TONIGHT = {"details": {"officer_assessment": "tonight"}}
BORN = {"given_name": "Kai", "family_name": "Moss", "date_of_birth": "2011-03-04"}
OF_KAI = {"role": "subject", "reference": "P-1-1", **BORN}


@pytest.fixture
def kai(agencies):
    """Known to police already."""
    return take_in(told(people=[OF_KAI | {"nhs_number": "9434765919"}])).entries.get().person


@pytest.fixture
def bea(seat):
    return seat("bea", "leeds-city-council", "front_door_manager")


def just_told(**changes):
    (verdict,) = accept([told(reference="P-2", **changes)], by="tests", at=NOW)
    return Contribution.objects.get(receipt=verdict.receipt)


def nothing_is_filed():
    """The worker stands still."""
    return mock.patch("alongside.contributions.views.follow_soon")


def test_a_correction_of_a_closed_child_is_not_the_supervisors_for_the_time_it_waits(officer, sergeant):
    first = sent(officer)
    of_kai = ChronologyEntry.objects.get().person
    declare_tie(person=of_kai, by=Practitioner.objects.get(key="hall"), at=NOW, because="My nephew")
    with nothing_is_filed():
        corrected(officer, first, "what_happened", FIGHT | {"narrative": "Canary."})
    new = Contribution.objects.get(is_newest=True)
    assert hasattr(new, "pending")
    assert new.short_receipt not in words(sergeant.get(reverse("team_sent")))
    assert sergeant.get(reverse("look_over", args=[new.receipt])).status_code == 404
    assert sergeant.post(reverse("correct", args=[new.receipt])).status_code == 404


def test_a_first_account_of_a_closed_child_is_not_the_supervisors_either(officer, sergeant, kai):
    with nothing_is_filed():
        one = sent(officer, who=KAI | {"p1-given_name": "Kai", "p1-family_name": "Moss"})
    assert one.short_receipt in words(sergeant.get(reverse("team_sent")))
    declare_tie(person=kai, by=Practitioner.objects.get(key="hall"), at=NOW, because="My nephew")
    assert one.short_receipt not in words(sergeant.get(reverse("team_sent")))
    assert sergeant.get(reverse("look_over", args=[one.receipt])).status_code == 404


@pytest.mark.parametrize(
    ("person", "status"),
    [
        (OF_KAI, 404),
        ({"role": "subject", "reference": "P-1-1"}, 404),
        ({"role": "subject", "reference": "other", **BORN}, 404),
        ({"role": "subject", **BORN, "given_name": "Kay"}, 404),
        ({"role": "subject", "given_name": "A boy", "nhs_number": "9434765919"}, 404),
        ({"role": "subject", **BORN, "given_name": "Zoë"}, 200),
        ({"role": "subject", **BORN, "date_of_birth": "2012-03-04"}, 200),
        ({"role": "subject", "given_name": "Kai"}, 200),
    ],
    ids=["all", "reference", "names", "sound", "number", "another name", "another birthday", "a name alone"],
)
def test_what_is_urgent_waits_in_sight_but_for_whom_it_is_closed(front_door, kai, bea, person, status):
    restrict(person=kai, readers=[], by=bea, at=NOW, because="Moved")
    one = just_told(people=[person], **TONIGHT)
    assert front_door.get(reverse("urgent_told", args=[one.receipt])).status_code == status
    assert ("Waiting (1)" in words(front_door.get(reverse("urgent")))) is (status == 200)
    assert bea in those_who_answer(one)
    assert ("maya" in [each.key for each in those_who_answer(one)]) is (status == 200)


def test_intelligence_that_waits_is_not_graded_nor_heard_by_whoever_is_closed_out(desk, seat, kai):
    cleared = {"cleared_for_meeting": True, "words_for_meeting": "Canary."}
    one = just_told(kind="partnership_intelligence", handling="police", people=[OF_KAI], details=cleared)
    chair = seat("ellen", POLICE, "meeting_chair", name="Ellen Murphy")
    for who in (chair, Practitioner.objects.get(key="kofi")):
        declare_tie(person=kai, by=who, at=NOW, because="My nephew")
    assert desk.get(reverse("grade", args=[one.receipt])).status_code == 404
    Contribution.objects.filter(pk=one.pk).update(received_at=NOW.replace(hour=6), reported_at=NOW.replace(hour=6))
    (heard,) = briefing(viewer=chair, on=NOW.date(), at=NOW).intelligence
    assert (heard.hidden, heard.about) == (True, ())


def test_nothing_is_released_before_it_is_known_whose_it_is(seat):
    ros = seat("ros", POLICE, "police_supervisor")
    one = just_told(handling="police", people=[OF_KAI])
    assert releasable(ros, one.receipt) is None
    follow_pending(at=NOW)
    assert releasable(ros, one.receipt) == one
