import pytest

from alongside.access.rules import Level
from alongside.people.rules import Near, Seeker, level_near

NONE, KNOWN, TEAM = Level.NONE, Level.KNOWN, Level.TEAM


def priya(**changes) -> Seeker:
    """A police officer in the east team."""
    of_police = {"practitioner": 7, "team": "police-east", "agency": "police"}
    return Seeker(**{**of_police, "sees_children": True, "is_front_door": False, **changes})


HER_OWN = Near("police", TEAM, practitioner=7)
HER_TEAM = Near("police", TEAM, team="police-east")
HER_AGENCY = Near("police", TEAM)
HER_OWN_EMERGENCY = Near("police", TEAM, practitioner=7, is_quiet=True)


@pytest.mark.parametrize(
    ("standings", "is_shared", "level"),
    [
        pytest.param([], False, NONE, id="nobody works with the child"),
        pytest.param([], True, KNOWN, id="shared with the whole partnership"),
        pytest.param([HER_OWN], False, TEAM, id="named herself"),
        pytest.param([HER_TEAM], False, TEAM, id="her team"),
        pytest.param([HER_AGENCY], False, TEAM, id="her agency, no team named"),
        pytest.param([Near("police", TEAM, team="police-west")], False, KNOWN, id="another team of hers"),
        pytest.param([Near("police", TEAM, "police-east", 8)], False, KNOWN, id="a colleague by name"),
        pytest.param([Near("police", KNOWN)], False, KNOWN, id="her agency, known only"),
        pytest.param([Near("camhs", TEAM)], False, KNOWN, id="another agency is open to the child"),
        pytest.param([HER_OWN_EMERGENCY], False, TEAM, id="her own emergency access"),
        pytest.param(
            [Near("police", TEAM, practitioner=8, is_quiet=True)],
            False,
            NONE,
            id="another's emergency",
        ),
        pytest.param([Near("camhs", KNOWN), HER_OWN], False, TEAM, id="the nearest counts"),
    ],
)
def test_how_near_a_police_officer_stands(standings, is_shared, level):
    assert level_near(seeker=priya(), standings=standings, is_shared=is_shared) is level


@pytest.mark.parametrize("standings", [[], [HER_OWN], [Near("camhs", TEAM)]])
def test_the_front_door_is_near_every_child(standings):
    assert level_near(seeker=priya(is_front_door=True), standings=standings, is_shared=False) is TEAM


@pytest.mark.parametrize("standings", [[], [HER_OWN], [HER_TEAM], [HER_AGENCY]])
def test_whoever_may_see_no_child_is_near_none(standings):
    assert level_near(seeker=priya(sees_children=False), standings=standings, is_shared=True) is NONE
