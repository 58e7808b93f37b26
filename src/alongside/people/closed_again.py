"""Ties and restrictions that a restored copy is too old to know: put back by what was listed since, keys alone."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import reduce
from operator import or_
from typing import Any

from django.db import transaction
from django.db.models import Q

from alongside.access.permissions import Permission
from alongside.agencies.models import Practitioner
from alongside.agencies.queries import those_who
from alongside.ledger import subjects
from alongside.ledger.models import Operation, record

from .closing import readers_of, restriction_of
from .models import NamedReader, Person, Restriction, Tie

BECAUSE = "Put back after a restore. Why it was made is not in the copy."
RecordKey = tuple[str, str, str]


def closed_people(reference: str, records: Iterable[RecordKey]) -> list[Person]:
    """Whoever it is in the copy: by the person's own reference, and by every record of theirs, since in the copy these
    may still be of several people."""
    whose = [
        Q(records__agency=agency, records__system=system, records__reference=key) for agency, system, key in records
    ]
    found = Person.objects.filter(reduce(or_, whose, Q(reference=reference)))
    return list(found.distinct().order_by("pk"))


@transaction.atomic
def tie_again(*, practitioner: Practitioner, person: Person, since: datetime, by: Any, at: datetime) -> bool:
    """Whether it was not there."""
    _, is_new = Tie.objects.get_or_create(
        practitioner=practitioner,
        person=person,
        ended_at=None,
        defaults={"because": BECAUSE, "declared_at": since},
    )
    if is_new:
        about = subjects.child(person.reference)
        record(Operation.ALTER, "tie put back after a restore", by=by, at=at, about=about, whose=practitioner.key)
    return is_new


@dataclass(frozen=True)
class Listed:
    """One restriction as the list has it: of which child, who is named since when, and who made it, by their keys."""

    child: str
    named: Mapping[str, datetime]
    maker: str
    since: datetime


@transaction.atomic
def restrict_again(*, person: Person, listed: Iterable[Listed], by: Any, at: datetime) -> bool | None:
    """By all that is listed of whoever this person of the copy is: several, where records were taken apart or put
    together since. Then those alone read who are named on each, and where the copy restricts the record, nobody is
    named on it because of another child: as where a record moves (`closing.carry_over`). Whether it was otherwise; None
    where nobody in the copy can stand as having made it."""
    told = sorted(listed, key=lambda one: (one.child != person.reference, one.since, one.child))
    there, named = restriction_of(person), _named_on_each(told)
    is_new = there is None
    if there is None:
        maker = maker_of(told[0].maker, named)
        if maker is None:
            return None
        there = _made_again(person, since=told[0].since, maker=maker)
    readers = readers_of(there)
    known = set(readers.values_list("practitioner", flat=True))
    left_out = readers.exclude(practitioner__in=named).select_related(None).update(until=at)
    may_name = is_new or told[0].child == person.reference
    missing = [(one, named_at) for one, named_at in named.items() if may_name and one.pk not in known]
    for one, named_at in missing:
        NamedReader.objects.create(
            restriction=there, practitioner=one, named_at=named_at, named_by_id=there.restricted_by_id
        )
    changed = bool(is_new or left_out or missing)
    if changed:
        keys = sorted(readers.values_list("practitioner__key", flat=True))
        about = subjects.child(person.reference)
        record(Operation.ALTER, "restriction put back after a restore", by=by, at=at, about=about, named=keys)
    return changed


def _named_on_each(told: list[Listed]) -> dict[Practitioner, datetime]:
    """Who is named on every one, and is in the copy; since the last of them."""
    keys = set.intersection(*(set(one.named) for one in told))
    here = Practitioner.objects.filter(key__in=keys).order_by("pk")
    return {one: max(each.named[one.key] for each in told) for one in here}


def _made_again(person: Person, *, since: datetime, maker: Practitioner) -> Restriction:
    return Restriction.objects.create(person=person, because=BECAUSE, restricted_at=since, restricted_by=maker)


def maker_of(key: str, named: Iterable[Practitioner]) -> Practitioner | None:
    """Who stands as having made a restriction: whoever did; where their seat is younger than the copy, somebody named,
    or whoever may restrict, who is named on nothing by it."""
    made_it = Practitioner.objects.filter(key=key).first()
    return made_it or next(iter(named), None) or next(iter(those_who(Permission.RESTRICT_CHILDREN)), None)
