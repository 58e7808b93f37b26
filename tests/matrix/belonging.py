"""To whom the things of the matrix belong, and about which children they are: none of the cast's."""

from datetime import timedelta
from itertools import count

from conftest import NOW

from alongside.agencies.models import Agency, Practitioner
from alongside.chronology.models import ChronologyEntry
from alongside.chronology.tests.factories import entry, known_as
from alongside.people.models import Person

from .oracle import AGENCY

COUNCIL, POLICE, HIGHWAYS, SCHOOLS = "leeds-city-council", "west-yorkshire-police", "leeds-highways", "leeds-education"
HOUR = timedelta(hours=1)
# When the things of the matrix were made.
AT = NOW - HOUR
# Before any morning meeting that the matrix reads of.
LONG_AGO = NOW - timedelta(days=60)
turn = count(1)


def seat_at(key: str, role: str, agency: str) -> Practitioner:
    """Somebody who is none of the cast."""
    named = {"name": key.title(), "email": f"{key}@alongside.example"}
    return Practitioner.objects.create(key=key, role=role, agency=Agency.objects.get(pk=agency), **named)


def another_child() -> Person:
    return Person.objects.create(
        reference=f"ZH{next(turn):06}", given_name="Kit", family_name="Zheld", date_of_birth="2011-03-04"
    )


def told(person: Person, agency: str, words: str, *, handling: str = "team", **more: object) -> ChronologyEntry:
    """That agency told of the child in these words, long ago."""
    record = known_as(person, agency)
    people = [{"role": "subject", "reference": record.reference, "given_name": "Kit", "family_name": "Zheld"}]
    contribution = {"kind": "general_note", "told": {"narrative": words, "people": people}} | more
    return entry(person, agency, handling=handling, occurred_at=LONG_AGO, told_at=LONG_AGO, contribution=contribution)


# Where there are information officers who are none of the cast.
OFFICERS_AT = (COUNCIL, POLICE)


def of_agency(agency: str, roles: frozenset[str] = frozenset(AGENCY)) -> frozenset[str]:
    """Those of these roles whose holders in the cast work there."""
    return frozenset(role for role in roles if AGENCY[role] == agency)
