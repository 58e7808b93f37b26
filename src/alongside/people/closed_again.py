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

from .closing import keepers_of, readers_of, restriction_of
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


@dataclass(frozen=True)
class PutBack:
    """Whether the copy had it otherwise; who is to be named and is not in the copy; whether nobody keeps it now."""

    was_open: bool
    absent: list[str]
    is_unkept: bool


@transaction.atomic
def restrict_again(*, person: Person, listed: Iterable[Listed], by: Any, at: datetime) -> PutBack | None:
    """By all that is listed of whoever this person of the copy is: several, where records were taken apart or put
    together since. Then those alone read who are named on each, and where the copy restricts the record, nobody is
    named on it because of another child: as where a record moves (`closing.carry_over`). None where nobody in the copy
    can stand as having made it."""
    told = sorted(listed, key=lambda one: (one.child != person.reference, one.since, one.child))
    keys = set.intersection(*(set(one.named) for one in told))
    here = Practitioner.objects.filter(key__in=keys).order_by("pk")
    named = {one: max(each.named[one.key] for each in told) for one in here}
    there = restriction_of(person)
    may_name, is_new = there is None or told[0].child == person.reference, there is None
    there = there or _made_again(person, since=told[0].since, maker=maker_of(told[0].maker, named))
    if there is None:
        return None
    changed = _hold_to(there, named, may_name=may_name, at=at)
    if is_new or changed:
        now = sorted(readers_of(there).values_list("practitioner__key", flat=True))
        about = subjects.child(person.reference)
        record(Operation.ALTER, "restriction put back after a restore", by=by, at=at, about=about, named=now)
    absent = sorted(keys - {one.key for one in named}) if may_name else []
    return PutBack(is_new or changed, absent, not keepers_of(there))


def _hold_to(there: Restriction, named: Mapping[Practitioner, datetime], *, may_name: bool, at: datetime) -> bool:
    """Whoever else is named on it is left out, and whoever is missing is named where they may be. Whether anybody."""
    readers = readers_of(there)
    known = set(readers.values_list("practitioner", flat=True))
    left_out = readers.exclude(practitioner__in=named).select_related(None).update(until=at)
    missing = [(one, named_at) for one, named_at in named.items() if may_name and one.pk not in known]
    for one, named_at in missing:
        NamedReader.objects.create(
            restriction=there, practitioner=one, named_at=named_at, named_by_id=there.restricted_by_id
        )
    return bool(left_out or missing)


def _made_again(person: Person, *, since: datetime, maker: Practitioner | None) -> Restriction | None:
    if maker is None:
        return None
    return Restriction.objects.create(person=person, because=BECAUSE, restricted_at=since, restricted_by=maker)


def maker_of(key: str, named: Iterable[Practitioner]) -> Practitioner | None:
    """Who stands as having made a restriction: whoever did; where their seat is younger than the copy, somebody named,
    or whoever may restrict, who is named on nothing by it."""
    made_it = Practitioner.objects.filter(key=key).first()
    return made_it or next(iter(named), None) or next(iter(those_who(Permission.RESTRICT_CHILDREN)), None)
