"""How much one seat looks at: judged by numbers of the partnership's own."""

import pytest
from pydantic import ValidationError

from alongside.access.limits import Limits, Measure, Use, Verdict, judge, limits_for

LIMITS = {"hour": (40, 120), "day": (150, 400)}


@pytest.mark.parametrize(
    ("hour", "day", "more", "verdict"),
    [
        (0, 0, {}, Verdict.GO_ON),
        (39, 149, {}, Verdict.GO_ON),
        (40, 40, {}, Verdict.SAY_WHY),
        (0, 150, {}, Verdict.SAY_WHY),
        (40, 40, {"explained": True}, Verdict.GO_ON),
        (120, 120, {"explained": True}, Verdict.STOP),
        (0, 400, {}, Verdict.STOP),
        (120, 400, {"again": True}, Verdict.GO_ON),
    ],
)
def test_one_more_is_judged_by_what_there_was(hour, day, more, verdict):
    assert judge(Use({"hour": hour, "day": day}, **more), LIMITS) is verdict


def test_the_front_door_has_more_room():
    usual = limits_for(Measure.CHILD, is_front_door=False)
    front_door = limits_for(Measure.CHILD, is_front_door=True)
    assert all(front_door[window] > usual[window] for window in usual)
    assert limits_for(Measure.EXPORT, is_front_door=True) == limits_for(Measure.EXPORT, is_front_door=False)


@pytest.mark.parametrize("pair", [(0, 10), (20, 20), (30, 20)])
def test_a_limit_that_stops_before_it_asks_is_a_mistake(pair):
    with pytest.raises(ValidationError, match="write first from how many"):
        Limits(usual={"child": {"hour": pair}})
