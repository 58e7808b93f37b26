"""What was told of a child that a page makes more of than an entry: where the child is, and what they wait for."""

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db.models import BooleanField, Exists, F, OuterRef, QuerySet, Value

from .models import ChronologyEntry
from .moments import moment


@dataclass(frozen=True)
class Telling:
    """One entry with the answers that were given. `is_read`: whether the reader whom it is for may read it."""

    entry: int
    person: int
    receipt: str
    agency: str
    agency_short: str
    kind: str
    role: str
    at: datetime
    known_to: str = "minute"
    is_read: bool = True
    details: dict[str, Any] = field(default_factory=dict, compare=False)

    def moment(self, name: str) -> datetime | None:
        """The moment that an answer tells, if it tells one."""
        return moment(self.details.get(name))


COLUMNS = (
    *("pk", "person_id", "contribution__receipt", "agency__name", "agency__short_name", "kind", "role"),
    *("occurred_at", "occurred_to", "is_read", "details"),
)


def tellings_in(
    entries: QuerySet[ChronologyEntry],
    *,
    leaving_out: Collection[str] = (),
    read: QuerySet[ChronologyEntry] | None = None,
) -> list[Telling]:
    """These entries oldest first, with one query. `leaving_out`: roles of whoever was only named; `read`: the entries
    that the reader may read, where it matters which."""
    may = Value(True, BooleanField()) if read is None else Exists(read.filter(pk=OuterRef("pk")))
    stand = entries.filter(withdrawn=False).exclude(role__in=leaving_out)
    told = stand.annotate(is_read=may, details=F("contribution__told__details")).order_by("occurred_at", "pk")
    return [Telling(*row, details or {}) for *row, details in told.values_list(*COLUMNS)]
