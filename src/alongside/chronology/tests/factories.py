"""Entries of a test, each with the contribution it came from."""

from datetime import datetime, timedelta
from itertools import count

from alongside.chronology.models import ChronologyEntry
from alongside.contributions.models import Contribution
from alongside.linkage.models import RecordLink
from alongside.people.models import AgencyRecord, Person
from alongside.people.tests.factories import NOW, POLICE, agency, record

turn = count(1)


def contribution(of: str = POLICE, **more) -> Contribution:
    number = next(turn)
    plain = {"system": "niche", "reference": f"PPN-{number}", "kind": "police_protection_notification"}
    plain |= {"handling": "team", "occurred_at": NOW, "received_at": NOW, "content_hash": "x"}
    plain |= {"told": {"narrative": "What was told."}, "receipt": f"{number:026}"}
    plain |= {"team": more["author"].team} if more.get("author") else {}
    return Contribution.objects.create(agency=agency(of), **(plain | more))


def known_as(person: Person, of: str) -> AgencyRecord:
    """How that agency knows the child: the record it has, else a new one, linked."""
    found = AgencyRecord.objects.filter(person=person, agency=of).first()
    if found:
        return found
    made = record(person, of)
    RecordLink.objects.create(
        record=made, person=person, rule="nhs_number", reason="The NHS number is the same", linked_at=NOW
    )
    return made


def entry(person: Person, of: str = POLICE, *, handling: str = "team", readers: str = "", **more) -> ChronologyEntry:
    when: datetime = more.pop("occurred_at", NOW - timedelta(days=1))
    named = f"{handling}:{readers.strip(',')}" if readers else handling
    told = contribution(of, handling=named, occurred_at=when, **more.pop("contribution", {}))
    plain = {"kind": told.kind, "role": "subject", "title": "Police told us of a worry", "told_at": NOW}
    return ChronologyEntry.objects.create(
        person=person,
        record=known_as(person, of),
        contribution=told,
        agency=agency(of),
        handling=handling,
        readers=readers,
        occurred_at=when,
        **(plain | more),
    )


def entries(person: Person, number: int, **more) -> list[ChronologyEntry]:
    return [entry(person, occurred_at=NOW - timedelta(days=day), **more) for day in range(1, number + 1)]
