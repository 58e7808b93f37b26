"""What tells of somebody who is closed to its reader, before it is filed.

Once something is filed, timelines say of whom it tells. Until then it is asked here, as filing would: of the reference
under which each person is told, their numbers, their names and birthday. Nobody reads of a closed child in the moment,
or the night, for which something waits; who might be that child waits with it.
"""

from collections.abc import Iterable
from typing import Any

from alongside.agencies.models import Practitioner
from alongside.linkage.names import tokens
from alongside.linkage.record import as_compared
from alongside.linkage.sounds import name_keys
from alongside.people.models import AgencyRecord
from alongside.people.queries import doors_of
from alongside.people.told import RecordKey, record_key

from .models import Contribution
from .queries import may_read
from .reading import NUMBERS

OF_ONE = [name for name in NUMBERS if name != "postcode"]


def open_among(viewer: Practitioner, told: Iterable[Contribution]) -> list[Contribution]:
    """Those of these that their handling lets the viewer read, but for what tells of a closed child, unfiled."""
    may = [one for one in told if may_read(viewer, one)]
    closed = closed_unfiled(viewer, may)
    return [one for one in may if one.pk not in closed]


def is_open(viewer: Practitioner, one: Contribution) -> bool:
    return bool(open_among(viewer, [one]))


def closed_unfiled(viewer: Practitioner, told: Iterable[Contribution]) -> set[int]:
    """Keys of those of these that are not filed yet and tell of somebody whom a tie or a restriction closes to the
    viewer. Costs nothing where all are filed and were fetched with `pending`."""
    waiting = [one for one in told if hasattr(one, "pending")]
    if not waiting:
        return set()
    records = list(AgencyRecord.objects.filter(person__in=doors_of(viewer).closed))
    keys = {(one.agency_id, one.system, one.reference) for one in records}
    closed = [as_compared(one) for one in records]
    return {one.pk for one in waiting if any(_is_of(closed, keys, *person) for person in _people(one))}


def closed_since(viewer: Practitioner, sent: Iterable[Contribution]) -> set[int]:
    """Keys of those of these, which come `with_open`, that are closed to the viewer, filed or not. Whoever sent them
    reads their own words still, and none of what colleagues say of them."""
    sent = list(sent)
    return {one.pk for one in sent if not one.is_open} | closed_unfiled(viewer, [one for one in sent if one.is_open])


def _people(one: Contribution) -> list[tuple[RecordKey, dict[str, Any]]]:
    people = enumerate(one.told.get("people", []), start=1)
    return [(record_key(one, number, person), person) for number, person in people]


def _is_of(closed: list[dict[str, Any]], keys: set[RecordKey], key: RecordKey, person: dict[str, Any]) -> bool:
    return key in keys or any(_is_like(person, one) for one in closed)


def _is_like(person: dict[str, Any], record: dict[str, Any]) -> bool:
    if any(person.get(name) and person[name] == record[name] for name in OF_ONE):
        return True
    words = tokens(f"{person.get('given_name', '')} {person.get('family_name', '')}")
    if not words or not person.get("date_of_birth") or person["date_of_birth"] != record["date_of_birth"]:
        return False
    names = [record["given_name"], record["family_name"], *record["aliases"]]
    known = {key for name in names for key in name_keys(name)}
    return all(name_keys(word) & known for word in words)
