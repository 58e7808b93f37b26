"""The newest of a child's timeline, read lightly: what the first page draws, counts and finds owed.

However long the timeline is, no more than this is read of it, and a page says so where there is more.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import QuerySet
from django.db.models.functions import Coalesce
from django.utils import timezone

from alongside.agencies.models import Agency

from . import queries
from .guard import Look
from .models import ChronologyEntry
from .owed import EARLY, Debt, owed_of
from .timeline_facts import timeline_facts

# Enough for months of a child in the middle of much; the timeline has the rest.
MOST = 200
PLACES = 12
# Of what was told, what a list of entries says. The rest, and all that was told, is read when it is opened.
OF_WHAT_WAS_TOLD = ("receipt", "reference", "withdrawn_at", "withdrawn_because", "withdrawn_by")


@dataclass(frozen=True)
class Latest:
    """The newest entries, newest first; `since`: the day back to which they reach, where older ones are left out."""

    entries: list[ChronologyEntry]
    since: date | None


def latest_of(look: Look, agencies: Mapping[str, Agency]) -> Latest:
    """What this reader may see of the child, as much as the first page speaks of."""
    newest = queries.entries_of(**look.asks)
    found = lightly(newest, look, agencies, most=MOST + 1)
    shown = found[:MOST]
    return Latest(shown, timezone.localdate(shown[-1].occurred_at) if len(found) > MOST else None)


def lightly(
    entries: QuerySet[ChronologyEntry], look: Look, agencies: Mapping[str, Agency], *, most: int | None = None
) -> list[ChronologyEntry]:
    """These entries of the child, with no more than a list says; person and agencies are known already."""
    own = [field.name for field in ChronologyEntry._meta.concrete_fields]
    around = [f"contribution__{name}" for name in OF_WHAT_WAS_TOLD] + ["contribution__withdrawn_by__name"]
    light = entries.select_related(None).defer(None).select_related("contribution__withdrawn_by").only(*own, *around)
    found = list(light[:most])
    for one in found:
        one.person, one.agency = look.person, agencies[one.agency_id]
    return found


def owed_to(look: Look, agencies: Mapping[str, Agency]) -> list[Debt]:
    """What is owed after anything that this reader may see of the child, and has not come."""
    return _owed_after(queries.entries_of(**look.asks), look, agencies)


def owed_on(page: Sequence[ChronologyEntry], look: Look, agencies: Mapping[str, Agency]) -> list[Debt]:
    """The same, after the entries of one page of the timeline."""
    if not page:
        return []
    rules = timeline_facts().owed
    longest = timedelta(hours=max((rule.answered_within for rule in rules), default=0))
    last = max(one.until or one.occurred_at for one in page) + longest
    entries = queries.entries_of(**look.asks)
    near = entries.filter(occurred_at__range=(page[-1].occurred_at - EARLY, last))
    return _owed_after(near, look, agencies)


def _owed_after(entries: QuerySet[ChronologyEntry], look: Look, agencies: Mapping[str, Agency]) -> list[Debt]:
    """Of the kinds that owe or are owed, which are few of all that is told, the newest."""
    rules = timeline_facts().owed
    kinds = {kind for rule in rules for kind in (rule.after, rule.kind)}
    # Newest first by an expression: by the column alone, a database reads the timeline in its order, and passes by
    # the index in which the few kinds stand together.
    newest = entries.filter(kind__in=kinds).order_by(Coalesce("occurred_at", "told_at").desc(), "-pk")
    return owed_of(lightly(newest, look, agencies, most=MOST), rules, at=look.at)


@dataclass(frozen=True)
class Where:
    """A place with its number in the list and, where it is known, on the map."""

    number: int
    label: str
    latitude: float | None
    longitude: float | None


def places_of(entries: Sequence[ChronologyEntry]) -> list[Where]:
    """Where things happened, numbered from the most recent, with how often. What several told of one incident
    happened once."""
    at: dict[str, list[ChronologyEntry]] = {}
    for one in entries:
        if one.place and not one.withdrawn:
            at.setdefault(one.place, []).append(one)
    return [
        Where(
            number,
            place_label(place, len({one.incident or one.contribution_id for one in happened})),
            max((one.latitude for one in happened if one.latitude is not None), default=None),
            max((one.longitude for one in happened if one.longitude is not None), default=None),
        )
        for number, (place, happened) in enumerate(list(at.items())[:PLACES], start=1)
    ]


def place_label(place: str, times: int) -> str:
    return place if times == 1 else f"{place} ({times} times)"
