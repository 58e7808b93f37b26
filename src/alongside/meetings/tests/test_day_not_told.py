"""What nobody told the day of is heard when it is told, and says so; it is never given a day or an hour."""

from datetime import date, timedelta

import pytest

from alongside.chronology.models import ChronologyEntry
from alongside.meetings.queries import briefing
from alongside.meetings.rendering import as_text

from .conftest import FRIDAY_NIGHT, MONDAY

ON = date(2026, 11, 23)
POLICE, CARE = "west-yorkshire-police", "leeds-city-council"
NOT_TOLD = "the day was not told; told to us on 22 November 2026"


def tells(night, kind, child, *, told_at, occurred_to="untold", agency=POLICE, at=None, **more):
    told = night.tells(agency, kind, child, at=at or told_at, occurred_to=occurred_to, **more)
    ChronologyEntry.objects.filter(contribution=told).update(told_at=told_at)
    return told


def text(viewer, on=ON):
    made = briefing(viewer=viewer, on=on, at=MONDAY)
    return made, as_text(made, printed_by="x", at=MONDAY)


@pytest.mark.parametrize(("hours_before", "heard"), [(10, 1), (100, 0), (-2, 0)], ids=["told", "before", "after"])
def test_it_is_heard_in_the_hours_in_which_it_was_told(chair, night, hours_before, heard):
    tells(night, "police_incident", night.child("Kai"), told_at=MONDAY - timedelta(hours=hours_before))
    made, said = text(chair)
    assert (len(made.incidents), len(made.told_late)) == (heard, 0)
    assert (NOT_TOLD[4:] in said) is bool(heard)
    assert "midnight" not in said


def test_a_month_alone_is_heard_once_it_is_told_and_stays_a_month(chair, night):
    first = MONDAY.replace(day=1, hour=0, minute=0)
    tells(night, "police_incident", night.child("Kai"), at=first, told_at=FRIDAY_NIGHT, occurred_to="month")
    made, said = text(chair)
    assert (len(made.incidents), len(made.told_late)) == (0, 1)
    assert "November 2026, day not told" in said


def test_an_interview_of_no_day_brings_nobody_home(chair, night):
    kai, since = night.child("Kai"), MONDAY - timedelta(hours=12)
    night.tells(POLICE, "missing_episode", kai, at=since, role="missing")
    tells(night, "return_home_interview", kai, agency=CARE, told_at=MONDAY - timedelta(hours=2))
    made, _ = text(chair)
    assert [row.child.called for row in made.missing] == ["Kai"]


@pytest.mark.parametrize(
    ("kind", "begins"), [("missing_episode", "missing since when"), ("custody_episode", "since when")]
)
def test_who_is_away_since_a_day_not_told_is_said_so(chair, night, kind, begins):
    tells(night, kind, night.child("Kai"), told_at=MONDAY - timedelta(hours=12))
    assert f"{begins} was not told; told to us on 22 November 2026" in text(chair)[1]


def test_beside_an_account_with_an_hour_the_hour_leads(chair, night):
    kai, same = night.child("Kai"), {"details": {"crime_reference": "13/1"}}
    night.tells(POLICE, "police_incident", kai, at=FRIDAY_NIGHT, **same)
    told_at = FRIDAY_NIGHT + timedelta(hours=2)
    tells(night, "ambulance_call", kai, agency="yorkshire-ambulance", told_at=told_at, **same)
    (incident,) = text(chair)[0].incidents
    assert (incident.when, incident.why_one) == (FRIDAY_NIGHT, "the same reference")
