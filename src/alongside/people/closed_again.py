"""Ties and restrictions that a restored copy is too old to know: put back by what was listed since, keys alone."""

from collections.abc import Iterable, Mapping
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


@transaction.atomic
def restrict_again(
    *,
    person: Person,
    named: Mapping[Practitioner, datetime],
    maker: Practitioner,
    since: datetime,
    by: Any,
    at: datetime,
) -> bool:
    """Restricted to those listed and to nobody else. Whether it was otherwise."""
    there = restriction_of(person)
    is_new = there is None
    there = there or Restriction.objects.create(
        person=person, because=BECAUSE, restricted_at=since, restricted_by=maker
    )
    readers = readers_of(there)
    left_out = readers.exclude(practitioner__in=named).select_related(None).update(until=at)
    known = set(readers.values_list("practitioner", flat=True))
    missing = [(one, named_at) for one, named_at in named.items() if one.pk not in known]
    for one, named_at in missing:
        NamedReader.objects.create(restriction=there, practitioner=one, named_at=named_at, named_by=maker)
    changed = bool(is_new or left_out or missing)
    if changed:
        keys = sorted(one.key for one in named)
        about = subjects.child(person.reference)
        record(Operation.ALTER, "restriction put back after a restore", by=by, at=at, about=about, named=keys)
    return changed


def maker_of(key: str, named: Iterable[Practitioner]) -> Practitioner | None:
    """Who stands as having made a restriction: whoever did; where their seat is younger than the copy, somebody named,
    or whoever may restrict, who is named on nothing by it."""
    made_it = Practitioner.objects.filter(key=key).first()
    return made_it or next(iter(named), None) or next(iter(those_who(Permission.RESTRICT_CHILDREN)), None)
