"""Police grade what a partner told; what was told stays as it was told."""

import pytest
from conftest import NOW
from django.db import IntegrityError
from django.urls import reverse

from alongside.contributions.models import Contribution, Grade
from alongside.ledger.models import LedgerEvent
from alongside.meetings.queries import briefing

from .on_pages import seen, words

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("now")]

GRADED = {"source": "2", "information": "C", "handling": "P", "priority": "low"}
CLEARED = GRADED | {"cleared": "on", "words_for_meeting": "Boys meet a car on Larkfield Road after dark."}


@pytest.fixture
def chair(seat):
    return seat("ellen", "west-yorkshire-police", "meeting_chair", name="Ellen Murphy")


def graded(desk, one, answers):
    return desk.post(reverse("grade", args=[one.receipt]), answers, follow=True)


def heard(chair):
    return [row.words for row in briefing(viewer=chair, on=NOW.date(), at=NOW).intelligence]


def test_what_is_graded_waits_no_longer_and_its_words_stay(highways, desk):
    one = seen(highways)
    assert "To grade (1)" in words(desk.get(reverse("intelligence")))
    assert "The grade is kept" in words(graded(desk, one, GRADED))

    assert "Nothing waits to be graded" in words(desk.get(reverse("intelligence")))
    before = one.told
    one.refresh_from_db()
    assert (one.told, one.version, str(Grade.objects.get())) == (before, 1, "2CP")
    assert LedgerEvent.objects.get(what="graded").details == {"grade": "2CP", "cleared": False}


def test_the_briefing_hears_what_was_cleared_in_the_words_for_the_meeting(highways, desk, chair, monkeypatch):
    one = seen(highways)
    assert heard(chair) == []
    at_seven = NOW.replace(hour=7, minute=30)
    monkeypatch.setattr("django.utils.timezone.now", lambda: at_seven)
    graded(desk, one, CLEARED)
    assert heard(chair) == [CLEARED["words_for_meeting"]]

    graded(desk, one, GRADED)
    assert heard(chair) == []


def test_its_author_reads_how_far_it_has_come_and_never_the_grade(highways, desk):
    one = seen(highways)
    graded(desk, one, GRADED | {"became": "acted_on"})
    page = words(highways.get(reverse("what_i_sent")))
    assert "Acted on" in page
    assert "2CP" not in page


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"source": ""}, "Choose one for source"),
        ({"handling": "C"}, "Write which conditions"),
        ({"cleared": "on"}, "Write the words that the meeting may hear"),
        ({"words_for_meeting": "Omar Haddad saw a car."}, "Take out “Omar Haddad”"),
        ({"words_for_meeting": "The crew of haddad saw a car."}, "Take out “Haddad”"),
        ({"words_for_meeting": "Call 01134960990."}, "it shows who told it"),
    ],
)
def test_a_grade_that_would_mislead_or_name_the_source_is_not_kept(highways, desk, changes, said):
    one = seen(highways, may_call="yes", call_back_phone="0113 496 0990")
    assert said in words(graded(desk, one, GRADED | changes))
    assert not Grade.objects.exists()


def test_the_page_names_the_organisation_and_not_who_told(highways, desk):
    one = seen(highways)
    page = words(desk.get(reverse("grade", args=[one.receipt])))
    assert "Told by Highways" in page
    assert "Omar" not in page
    assert LedgerEvent.objects.filter(operation="view", what="intelligence", subject=one.subject).exists()


def test_what_was_told_anew_is_graded_anew(highways, desk):
    from .test_correcting import corrected

    one = seen(highways)
    graded(desk, one, CLEARED)
    what = {"narrative": "Three boys", "occurred_when": "yesterday"}
    corrected(highways, one, "what_happened", what, "partnership_intelligence")
    assert "To grade (1)" in words(desk.get(reverse("intelligence")))


def test_nobody_else_grades(highways, officer, front_door):
    one = seen(highways)
    for other in (highways, officer, front_door):
        assert other.get(reverse("grade", args=[one.receipt])).status_code == 403


def test_what_is_for_named_people_only_is_not_on_the_desk(highways, desk):
    one = seen(highways)
    Contribution.objects.update(handling="restricted:priya")
    assert "Nothing waits to be graded" in words(desk.get(reverse("intelligence")))
    assert desk.get(reverse("grade", args=[one.receipt])).status_code == 404


@pytest.mark.parametrize("wrong", [{"cleared": True}, {"handling": "C"}])
def test_the_database_keeps_no_clearance_without_words_and_no_condition_unnamed(highways, wrong):
    one = seen(highways)
    whole = {"source": "1", "information": "A", "handling": "P", "priority": "low", "by": one.author, "at": NOW}
    with pytest.raises(IntegrityError):
        Grade.objects.create(contribution=one, **{**whole, **wrong})
