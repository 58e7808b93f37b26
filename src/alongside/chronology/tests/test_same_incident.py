from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alongside.chronology.same_incident import Nearness, Report, contradict, same_incident

NEAR = Nearness(afterwards={"attendance": 6})
TEN = datetime(2026, 11, 20, 22, tzinfo=UTC)
KAI, AMIRA = 1, 2
STATION = {"latitude": 53.7970, "longitude": -1.5350}
PARK = {"latitude": 53.8400, "longitude": -1.4900}
POLICE = Report(1, "police", "incident", TEN, people=frozenset({KAI}), place="Bus station", **STATION)
OTHER = {"id": 2, "agency": "safe-team", "kind": "seen"}


def other(minutes=0, **changed):
    return replace(POLICE, **(OTHER | changed), occurred_at=TEN + timedelta(minutes=minutes))


@pytest.mark.parametrize(
    ("second", "one"),
    [
        (other(), True),
        (other(90), True),
        (other(91), False),
        (other(people=frozenset({AMIRA})), False),
        (other(people=frozenset()), False),
        (other(people=frozenset({AMIRA, KAI})), True),
        (other(people=frozenset(), references=frozenset({"13/1"})), False),
        (other(**PARK), False),
        (other(latitude=None, longitude=None, place=""), True),
        (other(latitude=None, longitude=None, place="outside the bus station"), True),
        (other(latitude=None, longitude=None, place="Park"), False),
        (other(240, kind="attendance", **PARK), True),
        (other(-120, kind="attendance", **PARK), False),
        (other(420, kind="attendance", **PARK), False),
        (other(-22 * 60, precision="day"), True),
        (other(26 * 60, precision="day"), False),
        (other(agency="police"), True),
        (other(agency="police", kind="incident"), False),
    ],
    ids=[
        *(
            "same child, hour and place",
            "later the same evening",
            "too much later",
            "another child",
            "no child",
        ),
        *(
            "one child of two",
            "a reference nobody shares",
            "another place",
            "place not told",
            "place in words",
        ),
        *(
            "another place in words",
            "seen at the hospital after",
            "seen there before",
            "seen there far too late",
        ),
        *("only the day told", "another day", "one agency, two kinds", "one agency tells of two"),
    ],
)
def test_whether_two_reports_tell_of_one_incident(second, one):
    assert (len(same_incident([POLICE, second], NEAR)) == 1) is one


def test_one_reference_is_enough_whoever_and_wherever():
    police = replace(POLICE, references=frozenset({"13/1"}))
    school = other(900, people=frozenset({AMIRA}), references=frozenset({"13/1"}), **PARK)
    (incident,) = same_incident([police, school], NEAR)
    assert incident.reason.startswith("the same reference")


def test_two_references_of_one_agency_are_two_incidents():
    police = replace(POLICE, references=frozenset({"13/1"}))
    again = other(10, agency="police", references=frozenset({"13/2"}))
    assert len(same_incident([police, again], NEAR)) == 2


def test_two_fights_of_one_evening_are_not_chained_by_a_report_of_the_day():
    fight = other(180, **PARK)
    day = other(-22 * 60, id=3, agency="school", precision="day", latitude=None, longitude=None, place="")
    assert len(same_incident([POLICE, fight, day], NEAR)) == 3


def test_a_hospital_visit_joins_the_nearer_of_two_fights():
    fight = other(180, **PARK)
    visit = other(200, id=3, agency="hospital", kind="attendance", latitude=None, longitude=None, place="")
    found = [{report.id for report in incident.reports} for incident in same_incident([visit, fight, POLICE], NEAR)]
    assert found == [{1}, {2, 3}]


def test_the_reason_is_in_words():
    (incident,) = same_incident([POLICE, other(40, latitude=53.7975)], NEAR)
    assert incident.reason == "the same child, 40 minutes apart, within 60 metres"


def test_a_report_alone_needs_no_reason():
    assert same_incident([POLICE], NEAR)[0].reason == ""


POINTS = st.sampled_from([STATION, PARK, {"latitude": None, "longitude": None}])


@st.composite
def evenings(draw):
    """Some reports of one or two evenings, in any order."""
    told = []
    for number in range(draw(st.integers(0, 9))):
        told.append(
            Report(
                number,
                draw(st.sampled_from(["police", "hospital", "school"])),
                draw(st.sampled_from(["incident", "attendance", "seen"])),
                TEN + timedelta(minutes=draw(st.integers(-1500, 1500))),
                draw(st.sampled_from(["minute", "minute", "day"])),
                place=draw(st.sampled_from(["", "Bus station", "Park gate"])),
                people=draw(st.frozensets(st.integers(1, 3), max_size=2)),
                references=draw(st.frozensets(st.sampled_from(["13/1", "13/2"]), max_size=1)),
                **draw(POINTS),
            )
        )
    return told


@given(evenings(), st.randoms(use_true_random=False))
def test_the_order_in_which_reports_came_changes_nothing(told, chance):
    again = list(told)
    chance.shuffle(again)
    assert same_incident(told, NEAR) == same_incident(again, NEAR)


@given(evenings())
def test_every_report_is_in_one_incident_and_none_contradicts_itself(told):
    found = same_incident(told, NEAR)
    assert sorted(report.id for incident in found for report in incident.reports) == [r.id for r in told]
    for incident in found:
        assert not any(contradict(a, b, NEAR) for a, b in combinations(incident.reports, 2))


@pytest.mark.parametrize("precision", ["month", "untold"])
def test_what_has_no_day_is_one_with_another_by_its_reference_alone(precision):
    alone = other(5, precision=precision)
    assert len(same_incident([POLICE, alone], NEAR)) == 2
    same = {"references": frozenset({"13/1"})}
    (one,) = same_incident([replace(POLICE, **same), replace(alone, **same)], NEAR)
    assert one.reason == "the same reference, within 10 metres"
