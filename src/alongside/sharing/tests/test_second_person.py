"""Who is asked for a second word on what is not given, and what it costs to know who can say one still."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from alongside.people.closing import declare_tie, restrict
from alongside.people.emergency import open_in_emergency
from alongside.people.tests.factories import CAMHS, COUNCIL, NOW, POLICE, practitioner, standing, team
from alongside.sharing.actions import withhold
from alongside.sharing.models import ShareDecision
from alongside.sharing.queries import may_say_a_word
from alongside.sharing.recipients import Target
from alongside.sharing.waiting import waiting_for
from alongside.web.errors import Refused

from .conftest import AT


def kept(kai, by, second, outside="A club"):
    asked = {"why_not": "detriment", "because": "x", "second_asked": second}
    return withhold(person=kai, to=Target(outside=outside), by=by, at=AT, **asked)


def closed_by_a_tie(kai, bea, priya):
    declare_tie(person=kai, by=priya, at=AT, because="My nephew")


def closed_to_others(kai, bea, priya):
    restrict(person=kai, readers=[bea], by=bea, at=AT, because="Few")


@pytest.mark.parametrize("close", [closed_by_a_tie, closed_to_others])
def test_no_way_round_the_page_asks_somebody_to_whom_the_record_is_closed(kai, priya, close):
    bea = practitioner("bea", "front_door_manager", COUNCIL)
    close(kai, bea, priya)
    with pytest.raises(Refused, match="Priya Nair cannot be asked") as refusal:
        kept(kai, bea, priya)
    assert not [word for word in ("tie", "restrict", "nephew") if word in refusal.value.reason]
    assert not ShareDecision.objects.exists()


def test_nor_anybody_outside_the_team_or_without_a_seat(kai, leah, priya, ann):
    open_in_emergency(person=kai, by=ann, at=NOW, because="A child is in danger now: hurt")
    priya.is_active = False
    for who in (ann, priya):
        with pytest.raises(Refused, match=f"{who.name} cannot be asked"):
            kept(kai, leah, who)


def test_a_word_may_be_said_by_whoever_is_in_the_team_in_whichever_way(kai, leah, priya, ann):
    """By name, by team, by the whole agency, by the front door or by a restriction; as the page itself asks."""
    by_team = practitioner("sol", "police_officer", POLICE, team=team("gangs", POLICE))
    standing(kai, POLICE, team=by_team.team)
    maya, gone = (practitioner(name, "front_door_worker", COUNCIL) for name in ("maya", "gone"))
    gone.is_active = False
    analyst = practitioner("sam", "analyst", POLICE)
    everybody = [leah, priya, ann, by_team, maya, gone, analyst]
    pairs = [(who, kai) for who in everybody]
    assert may_say_a_word(pairs, at=AT) == {(who.pk, kai.pk) for who in (leah, priya, by_team, maya)}
    standing(kai, CAMHS)
    assert (ann.pk, kai.pk) in may_say_a_word(pairs, at=AT)
    bea = practitioner("bea", "front_door_manager", COUNCIL)
    restrict(person=kai, readers=[ann], by=bea, at=AT, because="Few")
    assert may_say_a_word(pairs, at=AT) == {(ann.pk, kai.pk)}


def cost(viewer) -> int:
    with CaptureQueriesContext(
        connection,
    ) as asked:
        waiting_for(viewer, at=AT)
    return len(asked)


def test_five_decisions_that_wait_for_a_word_cost_as_much_as_one(kai, leah, priya):
    kept(kai, leah, priya)
    one = cost(leah)
    for name in ("ada", "ben", "cyd", "dot"):
        second = practitioner(name, "police_officer", POLICE)
        standing(kai, POLICE, practitioner=second)
        kept(kai, leah, second, outside=f"The club of {name}")
    assert cost(leah) == one
