"""What this database holds, and one hash of its meaning.

The hash looks at what was told and concluded, never at row numbers or times of arrival: the same files,
in any order, on either database, end in the same hash.
"""

import hashlib
import json
from collections.abc import Iterable, Iterator
from itertools import groupby
from operator import itemgetter
from typing import Any

from django.db.models import Model, QuerySet

from alongside.chronology.models import ChronologyEntry
from alongside.contributions.models import Contribution, Pending, Tombstone
from alongside.contributions.numbers import whole_hash
from alongside.linkage.models import LinkQuestion, RecordLink
from alongside.people.models import AgencyRecord, Person, Standing
from alongside.places.models import AnonymousIncident, Area, Deprivation, Establishment

COUNTED: dict[str, type[Model]] = {
    "contributions": Contribution,
    "agency_records": AgencyRecord,
    "people": Person,
    "anonymous_incidents": AnonymousIncident,
    "areas": Area,
    "establishments": Establishment,
    "deprivation": Deprivation,
    "links": RecordLink,
    "questions": LinkQuestion,
    "entries": ChronologyEntry,
    "pending": Pending,
    "tombstones": Tombstone,
}
STANDING = {"people": {"stands": True}, "links": {"undone_at": None}}

RECORD_KEY = ("agency_id", "system", "reference")
RECORD_FACTS = (
    *RECORD_KEY,
    *("given_name", "family_name", "aliases", "date_of_birth", "sex", "postcode", "nhs_number", "upn"),
    *("la_child_id", "school_urn", "ethnicity", "more", "closed", "is_told"),
)
INCIDENT_FACTS = (
    "key",
    "force",
    "month",
    "category",
    "street",
    "latitude",
    "longitude",
    "lsoa_code",
    "outcome",
)
ESTABLISHMENT_FACTS = (
    *("urn", "name", "phase", "kind", "status", "la_code", "establishment_number", "postcode", "town"),
    *("lsoa_code", "easting", "northing", "low_age", "high_age"),
)


class Sum:
    """A hash of many things in any order: each one's hash, added up. Equal things told twice count twice."""

    MODULUS = 2**256

    def __init__(self) -> None:
        self.total = 0

    def add(self, *thing: Any) -> None:
        """Adds one thing: words, numbers, truths, lists and objects of them."""
        spelt = json.dumps(thing, sort_keys=True, ensure_ascii=False, separators=(",", ":")).encode()
        self.total = (self.total + int.from_bytes(hashlib.sha256(spelt).digest())) % self.MODULUS

    def add_rows(self, name: str, rows: Iterable[tuple[Any, ...]]) -> None:
        """Adds every row under one name."""
        for row in rows:
            self.add(name, *row)

    def digest(self) -> str:
        """64 hexadecimal digits."""
        return f"{self.total:064x}"


def rows(things: type[Model] | QuerySet[Any], fields: tuple[str, ...]) -> Iterator[tuple[Any, ...]]:
    """Rows of the fields, read a few thousand at a time, in no particular order."""
    found = things if isinstance(things, QuerySet) else things._default_manager.order_by()
    yield from found.values_list(*fields).iterator(chunk_size=5000)


def told() -> Iterator[tuple[Any, ...]]:
    """Each version of each contribution by what it says, and whether it was withdrawn."""
    fields = ("agency_id", "system", "reference", "version", "content_hash", "sealed", "receipt", "withdrawn_at")
    for *key, kept, sealed, receipt, withdrawn_at in rows(Contribution, fields):
        yield (*key, whole_hash(kept, sealed, receipt), withdrawn_at is not None)


def standings() -> Iterator[tuple[Any, ...]]:
    """Who works with whom, and whether the work has an end."""
    for *facts, until in rows(Standing, (*STANDING_FACTS, "until")):
        yield (*facts, until is not None)


def grouped() -> Iterator[tuple[list[list[str]]]]:
    """Which records are one person, by the records' keys alone; a person's own number plays no part."""
    held = AgencyRecord.objects.exclude(person=None).order_by("person_id")
    for _, records in groupby(rows(held, ("person_id", *RECORD_KEY)), key=itemgetter(0)):
        yield (sorted(list(key) for _, *key in records),)


TIMELINE_FACTS = (
    *("contribution__receipt", "record__agency_id", "record__system", "record__reference", "role", "title"),
    *("summary", "handling", "readers", "place", "withdrawn"),
)
STANDING_FACTS = ("source", "team_id", "agency_id", "level", "role", "is_quiet")


def hash_of_meaning() -> str:
    """One hash of everything told, everyone known, who is one with whom, who works with them, every timeline and
    every place."""
    total = Sum()
    total.add_rows("told", told())
    total.add_rows("disposed", rows(Tombstone, ("receipt_hash", "version", "kind", "controller")))
    total.add_rows("record", rows(AgencyRecord, RECORD_FACTS))
    total.add_rows("person", grouped())
    total.add_rows("entry", rows(ChronologyEntry, TIMELINE_FACTS))
    total.add_rows("standing", standings())
    total.add_rows("area", rows(Area, ("code", "kind", "edition", "name", "outline")))
    total.add_rows("school", rows(Establishment, ESTABLISHMENT_FACTS))
    ranks = ("area_code", "edition", "domain", "rank", "decile", "score")
    total.add_rows("deprivation", rows(Deprivation, ranks))
    total.add_rows("incident", rows(AnonymousIncident, INCIDENT_FACTS))
    return total.digest()


def state() -> dict[str, int | str]:
    """How many there are of each thing, and the hash of what they mean."""
    counts = {name: model._default_manager.filter(**STANDING.get(name, {})).count() for name, model in COUNTED.items()}
    return {**counts, "hash": hash_of_meaning()}
