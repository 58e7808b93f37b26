"""Finding a child by what is known of them, or by the reference of something told about them."""

import re
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Exists, OuterRef, Q

from alongside.agencies.models import Practitioner
from alongside.contributions.models import Contribution
from alongside.linkage.search import EXACT, MOST, Found, find
from alongside.people.queries import Doors

from .models import ChronologyEntry
from .queries import entries_seen_by

# A receipt, or as much of it as is said over the phone: "AB3C-D5EF".
RECEIPT = re.compile(r"([A-Z2-7]{4})-?([A-Z2-7]{4,22})")
LONG = 26


@dataclass(frozen=True)
class FoundChild(Found):
    """With what was told under the reference that was typed, where that is why they match."""

    entry: ChronologyEntry | None = None


def find_children(
    text: str, *, viewer: Practitioner, at: datetime, limit: int = MOST, doors: Doors | None = None
) -> list[FoundChild]:
    """Children the viewer may know of who match what was typed, and before them those of whom something was told
    under it that the viewer may read. `doors`: the viewer's, where they were looked up."""
    told = {entry.person_id: entry for entry in _told_under(text.strip(), viewer=viewer, at=at, limit=limit)}
    named = [_as_found(entry) for entry in told.values()]

    def readable() -> Q:
        return Q(Exists(entries_seen_by(viewer, at=at).filter(record=OuterRef("record"))))

    found = find(text, viewer=viewer, at=at, limit=limit, doors=doors, readable=readable)
    alike = [FoundChild(one.person, one.why, one.likeness) for one in found if one.person.pk not in told]
    return [*named, *alike][:limit]


def _as_found(entry: ChronologyEntry) -> FoundChild:
    return FoundChild(entry.person, ("something was told under this reference",), EXACT + 3, entry)


def _told_under(text: str, *, viewer: Practitioner, at: datetime, limit: int) -> list[ChronologyEntry]:
    """The newest entry of each child that was told under this reference or receipt, of those the viewer may read."""
    if not any(sign.isdigit() or sign == "-" for sign in text):
        return []
    of_it = Q(reference__in={text, text.upper(), text.lower()})
    if receipt := RECEIPT.fullmatch(text.upper()):
        begins = "".join(receipt.groups())
        # The last letter stands after every sign of a receipt, however a database orders text.
        of_it |= Q(receipt__gte=begins, receipt__lte=begins.ljust(LONG, "Z"))
    # Most of what is typed is no reference: who may read it is asked of what there is.
    told = list(Contribution.objects.filter(of_it).order_by("-pk").values_list("pk", flat=True)[:limit])
    if not told:
        return []
    entries = entries_seen_by(viewer, at=at).select_related("person", "contribution").order_by("told_at", "pk")
    return list(entries.filter(contribution__in=told)[:limit])
