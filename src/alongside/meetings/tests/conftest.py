"""A night to be briefed about: what agencies told between Friday and Monday, written as the flow writes it."""

from datetime import UTC, datetime, timedelta
from itertools import count

import pytest

from alongside.chronology.models import ChronologyEntry
from alongside.contributions.models import Contribution
from alongside.people.models import AgencyRecord, Person, Standing

MONDAY = datetime(2026, 11, 23, 8, 2, tzinfo=UTC)
FRIDAY_NIGHT = datetime(2026, 11, 20, 22, 15, tzinfo=UTC)
STATION = {"place": "Bus station", "latitude": 53.7970, "longitude": -1.5350}


@pytest.fixture
def chair(seat):
    """Leads the morning meeting."""
    return seat("hall", "leeds-city-council", "meeting_chair", name="Rowan Hall")


class Night:
    """Tells what happened, one report at a time, as the flow would have written it."""

    def __init__(self):
        self.numbers = count(1)

    def child(self, called, born="2011-05-01"):
        reference = f"CHILD{next(self.numbers):03}"
        return Person.objects.create(reference=reference, given_name=called, date_of_birth=born)

    def contribution(self, agency, kind, at, handling="team", details=None):
        number = next(self.numbers)
        return Contribution.objects.create(
            agency_id=agency,
            system="test",
            reference=str(number),
            kind=kind,
            handling=handling,
            occurred_at=at,
            reported_at=at + timedelta(hours=1),
            received_at=at + timedelta(hours=1),
            told={"details": details or {}},
            content_hash="",
            receipt=str(number),
        )

    def tells(self, agency, kind, *children, at=FRIDAY_NIGHT, handling="team", details=None, **entry):
        told = self.contribution(agency, kind, at, handling, details)
        word, _, readers = handling.partition(":")
        for child in children:
            record = AgencyRecord.objects.create(
                agency_id=agency, system="test", reference=f"{told.pk}-{child.pk}", told_at=at, person=child
            )
            told_as = {"role": "victim", "title": "Violence with injury", "version": 1, **entry}
            readers_kept = f",{readers}," if readers else ""
            ChronologyEntry.objects.create(
                **{"person": child, "record": record, "contribution": told, "agency_id": agency, "kind": kind},
                **{"occurred_at": at, "told_at": told.reported_at, "handling": word, "readers": readers_kept},
                **told_as,
            )
        return told

    def works_with(self, child, agency, role, worker, phone=""):
        named = {"role": role, "worker": worker, "phone": phone, "level": "team", "because": "Open"}
        since = MONDAY - timedelta(days=30)
        Standing.objects.create(person=child, agency_id=agency, source=f"{agency}/{role}", since=since, **named)


@pytest.fixture
def night(agencies):
    return Night()


@pytest.fixture
def fight(night):
    """Friday 10:15pm at the bus station: police and A&E tell of Kai, and police, for few eyes, of Amira."""
    kai, amira = night.child("Kai"), night.child("Amira", "2012-02-29")
    night.tells("west-yorkshire-police", "police_incident", kai, **STATION, details={"crime_reference": "13/1"})
    later = FRIDAY_NIGHT + timedelta(hours=1)
    night.tells("leeds-teaching-hospitals", "emergency_department_attendance", kai, at=later, title="Seen in A&E")
    night.tells(
        *("west-yorkshire-police", "police_protection_notification", amira),
        **{"handling": "restricted:priya", "details": {"crime_reference": "13/1"}, **STATION},
    )
    night.works_with(kai, "leeds-education", "Attendance", "Jo Field")
    night.works_with(kai, "leeds-city-council", "Child in need", "Leah Brandt", "0113 496 0123")
    return kai, amira
