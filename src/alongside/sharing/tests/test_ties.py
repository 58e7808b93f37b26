"""Whoever declared a tie to a child gets nothing of them by a giving, and no longer opens what they gave before."""

import pytest
from django.urls import reverse

from alongside.chronology.tests.factories import entry
from alongside.people.closing import declare_tie, restrict
from alongside.people.tests.factories import COUNCIL, POLICE, agency, practitioner, team
from alongside.sharing.actions import give_now
from alongside.sharing.models import ShareDecision
from alongside.sharing.recipients import Target
from alongside.web.errors import Refused
from alongside.web.tests.reading import words

from .conftest import AT, given

NO = "Tom Whitaker cannot be told of this child. Choose somebody else, or a team."
SHARE, SHARE_NOW, SHARE_NOT = (reverse(name, args=["7F3K"]) for name in ("share", "share_now", "share_not"))


@pytest.fixture
def tied(kai, tom):
    """Tom is a friend of the family."""
    return declare_tie(person=kai, by=tom, at=AT, because="His mother is my cousin")


def test_what_one_gave_is_on_no_list_once_the_record_is_restricted(as_one, kai, leah, tom):
    made = given(kai, by=leah, to=tom, words="Look for a grey car.")
    bea = practitioner("bea", "front_door_manager", COUNCIL)
    restrict(person=kai, readers=[], by=bea, at=AT, because="Moved for safety")
    page = as_one(leah)
    assert "Kai" not in words(page.get(reverse("what_i_gave")))
    assert page.get(reverse("gave", args=[made.pk])).status_code == 404


@pytest.mark.parametrize("page", [SHARE, SHARE_NOW])
def test_nothing_is_given_to_them_and_why_stays_theirs(as_one, kai, leah, tied, filled, page):
    said = words(as_one(leah).post(page, filled.answers | {"to": "p:tom", "words": "Look for a grey car."}))
    assert NO in said
    assert "Look for a grey car." in said
    assert "cousin" not in said
    assert not ShareDecision.objects.exists()


def test_no_way_round_the_pages_gives_it_either(kai, leah, tom, tied):
    with pytest.raises(Refused, match="cannot be told of this child"):
        given(kai, by=leah, to=tom, words="Look for a grey car.")
    with pytest.raises(Refused, match="cannot be told of this child"):
        give_now(person=kai, to=Target(practitioner=tom), words="Look for a grey car.", by=leah, at=AT)


def test_others_of_the_partnership_and_a_team_get_it(kai, leah, tom, tied):
    agency(POLICE)
    assert given(kai, by=leah, to=practitioner("priya", "police_officer", POLICE), words="Look for a grey car.").pk
    a_team = give_now(person=kai, to=Target(team=team("gangs", POLICE)), words="A grey car.", by=leah, at=AT)
    assert a_team.to_team.name


def test_a_decision_not_to_give_to_them_may_be_kept(as_one, kai, leah, priya, tied):
    asked = {"why_not": "not_relevant", "because": "He asked in the corridor", "second": "priya"}
    as_one(leah).post(SHARE_NOT, {"to": "p:tom"} | asked)
    assert ShareDecision.objects.get().because == "He asked in the corridor"


def test_what_they_gave_before_they_said_so_opens_to_them_no_longer(as_one, kai, leah, tom):
    told = entry(kai, title="Seen at the bus station")
    made = given(kai, by=leah, to=tom, entries=[told])
    assert as_one(leah).get(reverse("gave", args=[made.pk])).status_code == 200
    declare_tie(person=kai, by=leah, at=AT, because="I have come to live next door")
    assert as_one(leah).get(reverse("gave", args=[made.pk])).status_code == 404
    assert "Kai" not in words(as_one(leah).get(reverse("what_i_gave")))
    assert "Kai" not in words(as_one(leah).get("/"))
