"""The policy as truth tables: how near, and what may be done."""

from dataclasses import replace

import pytest

from alongside.access.policy import Act, Child, Near, may, may_read_entry, nearness
from alongside.access.rules import Handling, Level, Reader

NONE, KNOWN, TEAM = Level.NONE, Level.KNOWN, Level.TEAM
# A police officer in the east team.
PRIYA = Reader("police", is_statutory=True, sees_police_only=True, key="priya", team="east", sees_children=True)
MAYA = replace(PRIYA, key="maya", agency="council", team="", sees_police_only=False, is_front_door=True)
OMAR = replace(PRIYA, key="omar", agency="highways", team="", sees_children=False)

HER_OWN = Near("police", TEAM, practitioner="priya")
HER_TEAM = Near("police", TEAM, team="east")
HER_AGENCY = Near("police", TEAM)
HER_EMERGENCY = Near("police", TEAM, practitioner="priya", is_quiet=True, is_emergency=True)
ANOTHERS_EMERGENCY = replace(HER_EMERGENCY, practitioner="ros")
CAMHS = Near("camhs", TEAM)


def child(*standings, **more) -> Child:
    return Child(standings, **more)


@pytest.mark.parametrize(
    ("seen", "level"),
    [
        pytest.param(child(), NONE, id="nobody works with the child"),
        pytest.param(child(is_shared=True), KNOWN, id="shared with the whole partnership"),
        pytest.param(child(HER_OWN), TEAM, id="named herself"),
        pytest.param(child(HER_TEAM), TEAM, id="her team"),
        pytest.param(child(HER_AGENCY), TEAM, id="her agency, no team named"),
        pytest.param(child(Near("police", TEAM, team="west")), KNOWN, id="another team of hers"),
        pytest.param(child(Near("police", TEAM, "east", "ros")), KNOWN, id="a colleague by name"),
        pytest.param(child(Near("police", KNOWN)), KNOWN, id="her agency, known only"),
        pytest.param(child(CAMHS), KNOWN, id="another agency is open to the child"),
        pytest.param(child(HER_EMERGENCY), TEAM, id="her own emergency access"),
        pytest.param(child(ANOTHERS_EMERGENCY), NONE, id="another's emergency"),
        pytest.param(child(Near("camhs", KNOWN), HER_OWN), TEAM, id="the nearest counts"),
        pytest.param(child(HER_OWN, is_tied=True), NONE, id="a tie closes"),
        pytest.param(child(HER_OWN, only_for=frozenset()), NONE, id="restricted to others"),
        pytest.param(child(only_for=frozenset({"priya"})), TEAM, id="restricted, and she is named"),
        pytest.param(child(is_tied=True, only_for=frozenset({"priya"})), NONE, id="a tie closes to the named too"),
        pytest.param(child(before_forum=True), TEAM, id="before her meeting"),
        pytest.param(child(before_forum=True, is_tied=True), NONE, id="before her meeting, and tied"),
    ],
)
def test_how_near_a_police_officer_stands(seen, level):
    assert nearness(PRIYA, seen).level is level


@pytest.mark.parametrize(
    ("seen", "level"),
    [
        (child(), TEAM),
        (child(CAMHS), TEAM),
        (child(is_tied=True), NONE),
        (child(only_for=frozenset({"priya"})), NONE),
        (child(only_for=frozenset({"maya"})), TEAM),
    ],
)
def test_the_front_door_is_near_every_child_but_those_closed_to_it(seen, level):
    assert nearness(MAYA, seen).level is level


@pytest.mark.parametrize("standing", [HER_OWN, HER_TEAM, CAMHS])
def test_whoever_may_see_no_child_is_near_none_but_before_their_meeting(standing):
    assert nearness(OMAR, child(standing, is_shared=True)).level is NONE
    assert nearness(OMAR, child(only_for=frozenset({"omar"}))).level is NONE
    assert nearness(OMAR, child(before_forum=True)).level is TEAM


@pytest.mark.parametrize(
    ("seen", "allowed"),
    [
        pytest.param(child(), {Act.OPEN_IN_EMERGENCY}, id="none"),
        pytest.param(child(CAMHS), {Act.KNOW_OF, Act.OPEN_IN_EMERGENCY}, id="known"),
        pytest.param(child(HER_OWN), set(Act), id="team"),
        pytest.param(child(HER_EMERGENCY), set(Act) - {Act.CHANGE}, id="opened in an emergency"),
        pytest.param(child(HER_EMERGENCY, HER_TEAM), set(Act), id="opened so, and in the team by now"),
        pytest.param(child(HER_OWN, is_tied=True), set(), id="tied"),
        pytest.param(child(HER_OWN, only_for=frozenset({"maya"})), set(), id="restricted to others"),
        pytest.param(child(only_for=frozenset({"priya"})), set(Act), id="restricted, and named"),
    ],
)
def test_what_may_be_done_to_a_record(seen, allowed):
    decided = {act: may(act, reader=PRIYA, child=seen) for act in Act}
    assert {act for act, decision in decided.items() if decision.allowed} == allowed
    assert all(decision.reason.endswith(".") for decision in decided.values())


def test_a_restriction_does_not_show_in_the_reason():
    assert nearness(PRIYA, child(only_for=frozenset({"maya"}))) == nearness(PRIYA, child())


@pytest.mark.parametrize(
    ("seen", "handling", "readers", "allowed"),
    [
        pytest.param(child(HER_OWN), Handling.POLICE, (), True, id="police only, in the team"),
        pytest.param(child(), Handling.RESTRICTED, ("priya",), True, id="named, near or not"),
        pytest.param(child(is_tied=True), Handling.RESTRICTED, ("priya",), False, id="named, but tied"),
        pytest.param(
            child(only_for=frozenset({"maya"})),
            Handling.RESTRICTED,
            ("priya",),
            False,
            id="named on one of a closed child",
        ),
        pytest.param(child(CAMHS), Handling.PARTNERSHIP, (), False, id="known is not near enough"),
    ],
)
def test_who_reads_an_entry(seen, handling, readers, allowed):
    assert may_read_entry(reader=PRIYA, child=seen, handling=handling, readers=readers).allowed is allowed
