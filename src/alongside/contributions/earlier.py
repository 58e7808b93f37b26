"""What was told before of a child who is being told of, as far as whoever tells may know it: incidents read one by
one hide a pattern."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet

from alongside.agencies.models import Practitioner
from alongside.ledger.models import Operation, record_each
from alongside.linkage.names import tokens
from alongside.linkage.sounds import name_keys
from alongside.people.models import NameKey, Person
from alongside.people.queries import children_near

from .models import Contribution
from .quality import NOT_THE_CHILD
from .queries import may_read, sent_by

BACK = timedelta(days=365)
MOST = 50
NAMES = ("given_name", "family_name", "date_of_birth")


@dataclass(frozen=True)
class Earlier:
    """One child, and what was told of them in the last 12 months, newest first."""

    called: str
    told: list[Contribution]

    @property
    def own(self) -> int:
        """How many of these came from the reader's own agency."""
        return sum(one.is_own for one in self.told)


def earlier_told(people: list[dict[str, Any]], *, viewer: Practitioner, at: datetime, but: str = "") -> list[Earlier]:
    """Of each child with a whole name and date of birth: what the viewer sent, and what they may read of a child
    they are near. `but`: the reference being written. Each child whose record was read has a line in the ledger."""
    children = [person for person in people if _is_named(person) and person.get("role") not in NOT_THE_CHILD]
    found = [(child, _told_of(child, viewer, at, but)) for child in children]
    read = sorted({f"person:{person.reference}" for _, (person, told) in found if person and told})
    if read:
        record_each(Operation.VIEW, "earlier, before sending", by=viewer, at=at, about=read)
    return [Earlier(_called(child), told) for child, (_, told) in found if told]


def _is_named(person: dict[str, Any]) -> bool:
    return all(person.get(name) for name in NAMES) and len(person["date_of_birth"]) == len("2011-03-04")


def _called(child: dict[str, Any]) -> str:
    return str(child.get("likes_to_be_called") or child["given_name"])


def _told_of(
    child: dict[str, Any], viewer: Practitioner, at: datetime, but: str
) -> tuple[Person | None, list[Contribution]]:
    standing = Contribution.objects.filter(is_newest=True, withdrawn_at=None, occurred_at__gt=at - BACK)
    standing = standing.exclude(reference=but).select_related("agency").order_by("-occurred_at", "-pk")
    person = _near(child, viewer, at)
    told = {one.pk: one for one in _read_of(person, standing, viewer)} if person else {}
    told |= {one.pk: one for one in standing.filter(pk__in=sent_by(viewer).values("pk"))[:MOST] if _names(one, child)}
    for one in told.values():
        one.is_own = one.agency_id == viewer.agency_id
    return person, sorted(told.values(), key=lambda one: (one.occurred_at, one.pk), reverse=True)


def _read_of(person: Person, standing: QuerySet[Contribution], viewer: Practitioner) -> list[Contribution]:
    of_person = Contribution.objects.filter(entries__person=person)
    told = standing.filter(pk__in=of_person.values("pk"))[:MOST]
    return [one for one in told if may_read(viewer, one)]


def _near(child: dict[str, Any], viewer: Practitioner, at: datetime) -> Person | None:
    """The child this must be, in whose team the viewer is: every name is like theirs, and the birthday the same."""
    records = NameKey.objects.filter(key=f"born:{child['date_of_birth']}")
    for word in tokens(f"{child['given_name']} {child['family_name']}"):
        records = records.filter(Exists(NameKey.objects.filter(record=OuterRef("record"), key__in=name_keys(word))))
    same = list(children_near(viewer, at=at).filter(pk__in=records.values("record__person")).order_by("pk")[:2])
    return same[0] if len(same) == 1 else None


def _names(one: Contribution, child: dict[str, Any]) -> bool:
    """Whether this told of somebody of the same name and birthday."""
    asked = [child[name].casefold() for name in NAMES]
    return any([person.get(name, "").casefold() for name in NAMES] == asked for person in one.told.get("people", []))
