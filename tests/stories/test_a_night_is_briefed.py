"""From what three agencies send to what the chair reads in the morning, through the front door and nothing else."""

from datetime import UTC, date, datetime

import pytest

from alongside.contributions.actions import accept
from alongside.contributions.kinds import kinds
from alongside.flow import follow_pending
from alongside.meetings.queries import briefing

KAI = {"given_name": "Kai", "family_name": "Adeyemi", "date_of_birth": "2010-05-01", "nhs_number": "9434765919"}
BEFORE, EIGHT = datetime(2026, 11, 24, 7, 30, tzinfo=UTC), datetime(2026, 11, 24, 8, 2, tzinfo=UTC)
SQUARE = {"name": "Station square", "latitude": 53.797, "longitude": -1.535}


def told(kind, agency, at, role, **more):
    source = {"agency": agency, "system": "test", "reference": f"{kind}-1"}
    person = KAI | {"role": role, "reference": "1"}
    return {"kind": kind, "source": source, "occurred_at": at, "handling": "team", "people": [person], **more}


@pytest.fixture
def chair(seat):
    return seat("hall", "leeds-city-council", "meeting_chair", name="Rowan Hall")


def test_a_night_is_briefed(chair):
    police, hospital = "west-yorkshire-police", "leeds-teaching-hospitals"
    sent = [
        told("police_incident", police, "2026-11-23T21:40:00Z", "victim", place=SQUARE),
        told("emergency_department_attendance", hospital, "2026-11-23T22:55:00Z", "subject"),
        told("missing_episode", police, "2026-11-22T19:00:00Z", "missing", place=SQUARE),
    ]
    verdicts = accept(sent, by="tests", at=BEFORE)
    assert [verdict.problems for verdict in verdicts] == [(), (), ()]
    while follow_pending(at=BEFORE):
        pass
    made = briefing(viewer=chair, on=date(2026, 11, 24), at=EIGHT)
    (incident,), (missing,), (kai,) = made.incidents, made.missing, made.children
    assert incident.tellers == ("Police", "A&E")
    assert incident.title == kinds()["police_incident"].title_for(sent[0])
    assert (missing.child.called, kai.called, kai.hidden) == ("Kai", "Kai", False)
