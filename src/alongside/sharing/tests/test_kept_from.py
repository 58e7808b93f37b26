"""Nobody from whom something is kept says the second word on it, or reads that it is kept from them."""

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from alongside.agencies.models import Practitioner
from alongside.people.tests.factories import COUNCIL, POLICE, practitioner, standing, team
from alongside.sharing.actions import say_second_word, withhold
from alongside.sharing.left import left_to_decide
from alongside.sharing.models import ShareDecision
from alongside.sharing.queries import decisions_seen_by
from alongside.sharing.recipients import Target
from alongside.sharing.waiting import waiting_for
from alongside.web.errors import Refused
from alongside.web.tests.reading import words

from .conftest import AT, SCHOOL

WHY = "His uncle teaches there"


@pytest.fixture
def wren(kai):
    """A colleague of Tom's at the school, in the team around Kai."""
    seat = practitioner("wren", "school_lead", SCHOOL, name="Wren Akers", team=team("pastoral", SCHOOL))
    standing(kai, SCHOOL, practitioner=seat)
    return seat


@pytest.fixture
def near_tom(kai, tom):
    """The school works with Kai; this one thing is kept from Tom."""
    standing(kai, SCHOOL, practitioner=tom)
    return tom


def kept(kai, *, by, second, **to) -> ShareDecision:
    told = {"why_not": "detriment", "because": WHY, "second_asked": second}
    return withhold(person=kai, to=Target(**to), by=by, at=AT, **told)


def moved_to_the_school(who: Practitioner) -> Practitioner:
    Practitioner.objects.filter(pk=who.pk).update(agency=SCHOOL)
    return Practitioner.objects.get(pk=who.pk)


@pytest.mark.parametrize("second", ["tom", "wren"])
def test_neither_whom_it_is_kept_from_nor_a_colleague_there_is_asked(as_one, kai, leah, near_tom, wren, second):
    page = as_one(leah).get(reverse("share_not", args=["7F3K"]))
    form, writing = page.context["form"], page.context["writing"]
    hidden = {"window": writing.window, "had": writing.had, "page": writing.opened_as}
    answers = {"to": "p:tom", "because": WHY, "why_not": "detriment", "second": second}
    said = words(as_one(leah).post(reverse("share_not", args=["7F3K"]), hidden | answers))
    assert second in dict(form.fields["second"].choices)
    assert "Choose a second person who is not among those from whom it is kept" in said
    assert not ShareDecision.objects.exists()


@pytest.mark.parametrize("to", [{"practitioner": "tom"}, {"team": "pastoral"}])
def test_no_way_round_the_page_asks_them_either(kai, leah, near_tom, wren, to):
    target = {"practitioner": near_tom} if "practitioner" in to else {"team": wren.team}
    for second in (near_tom, wren):
        with pytest.raises(Refused, match=f"{second.name} cannot be asked"):
            kept(kai, by=leah, second=second, **target)


def test_within_the_agency_of_whoever_decides_only_those_who_are_meant_are_left_out(kai, leah, priya):
    """A social worker keeps something from one team of her own council; her manager in another can be asked."""
    safe = team("safe", COUNCIL)
    lou = practitioner("lou", "social_worker", COUNCIL, name="Lou Field", team=safe)
    mia = practitioner("mia", "team_manager", COUNCIL)
    for one in (lou, mia):
        standing(kai, COUNCIL, practitioner=one)
    assert kept(kai, by=leah, second=mia, team=safe)
    with pytest.raises(Refused):
        kept(kai, by=leah, second=lou, team=safe)
    with pytest.raises(Refused):
        kept(kai, by=leah, second=lou, practitioner=lou)


def test_the_front_door_can_be_asked_of_what_is_kept_from_a_colleague_of_theirs(kai, leah, priya):
    """Where only police and the council work with a child, there would else be nobody to ask."""
    maya = practitioner("maya", "front_door_worker", COUNCIL)
    assert kept(kai, by=priya, second=maya, practitioner=leah)
    with pytest.raises(Refused):
        kept(kai, by=priya, second=maya, practitioner=maya)


def test_whoever_comes_near_later_reads_neither_that_it_is_kept_from_them_nor_why(as_one, kai, leah, priya, tom, wren):
    one = kept(kai, by=leah, second=priya, practitioner=tom)
    standing(kai, SCHOOL, practitioner=tom)
    for who in (tom, wren):
        pages = [reverse("child_shared", args=["7F3K"]), reverse("share_second", args=[one.pk])]
        shared, page = [as_one(who).get(address) for address in pages]
        assert page.status_code == 404
        assert "Not to" not in words(shared)
        assert decisions_seen_by(who, person=kai, at=AT) == []
        with pytest.raises(PermissionDenied):
            say_second_word(decision=one, agrees=False, because="Give it to me", by=who, at=AT)
    one.refresh_from_db()
    assert one.second_at is None
    assert "Not to Tom Whitaker, " in words(as_one(priya).get(reverse("child_shared", args=["7F3K"])))


def test_whoever_was_asked_and_works_there_now_is_asked_no_more_and_it_is_decided_again(as_one, kai, leah, priya, tom):
    one = kept(kai, by=leah, second=priya, practitioner=tom)
    assert len(waiting_for(priya, at=AT)) == 1
    there = moved_to_the_school(priya)
    standing(kai, SCHOOL, practitioner=there)
    assert waiting_for(there, at=AT) == []
    assert as_one(there).get(reverse("share_second", args=[one.pk])).status_code == 404
    assert "Priya Nair cannot be your second person any more" in " ".join(each.do for each in waiting_for(leah, at=AT))


def test_what_whoever_left_kept_back_is_not_left_to_whom_it_is_kept_from(kai, priya, leah):
    """Leah leads for Kai; police kept it from her, and the officer who did has left."""
    ros = practitioner("ros", "police_officer", POLICE, name="Ros Hall")
    standing(kai, POLICE, practitioner=ros)
    one = kept(kai, by=priya, second=ros, practitioner=leah)
    say_second_word(decision=one, agrees=False, because="She needs it", by=ros, at=AT)
    Practitioner.objects.filter(pk=priya.pk).update(is_active=False)
    assert left_to_decide(leah, at=AT) == []
    assert left_to_decide(ros, at=AT) == [one]
