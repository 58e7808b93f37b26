"""The reports that a meeting hears of, as its reader may see them.

Of a weekend in a whole city these are thousands: each is read once, in the few columns that the meeting needs.
"""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, timedelta
from functools import cache
from typing import Any

from django.db.models import F, QuerySet
from django.db.models.functions import Coalesce

from alongside.access.rules import Handling, Level, may_see_entry
from alongside.agencies.models import Practitioner
from alongside.chronology.models import ChronologyEntry
from alongside.chronology.same_incident import SPANS, Report
from alongside.chronology.timeline_facts import timeline_facts

from .briefing import Heard
from .project_shield import ProjectShield
from .rules import Window, may_be_a_child

# Being on the agenda puts the child before the forum: its readers stand as near as the child's own team.
NEAR = Level.TEAM
COLUMNS = (
    *("person_id", "contribution_id", "agency_id", "kind", "title", "handling", "readers"),
    *("occurred_at", "occurred_to", "place", "latitude", "longitude", "person__date_of_birth", "agency__short_name"),
)


def heard_in(hours: Window, *, viewer: Practitioner, meeting: ProjectShield, on: date) -> list[Heard]:
    """The reports of those hours that concern a child, as this reader may see them. What was told after them is the
    next meeting's."""
    span = {"occurred_at__lt": hours.end, "occurred_at__gt": hours.start - SPANS["day"], "told_at__lt": hours.end}
    found = concerning(meeting).filter(**span)
    held = (one for one in found if hours.holds(one.occurred_at, one.occurred_at + SPANS[one.occurred_to]))
    return _reports(held, viewer, on)


def told_late(hours: Window, *, viewer: Practitioner, meeting: ProjectShield, on: date) -> list[Heard]:
    """The reports told in those hours of what happened before them, which no meeting has heard yet."""
    since = hours.start - timedelta(days=meeting.told_late_days)
    told = {"told_at__gte": hours.start, "told_at__lt": hours.end}
    # When it happened is asked by an expression: of the two, the hours in which it was told are far fewer, and a
    # database that may choose takes the weeks.
    earlier = concerning(meeting).alias(happened=Coalesce("occurred_at", "told_at")).filter(**told)
    found = earlier.filter(happened__gte=since, happened__lt=hours.start)
    late = (one for one in found if not hours.holds(one.occurred_at, one.occurred_at + SPANS[one.occurred_to]))
    return _reports(late, viewer, on)


def concerning(meeting: ProjectShield) -> QuerySet[ChronologyEntry, Any]:
    """Entries of the kinds that the meeting hears of, of people who are part of what happened: the columns that it
    needs, with each reference (`ref_…`) that may prove two reports one."""
    proof = timeline_facts().same_incident.references
    return (
        ChronologyEntry.objects.filter(kind__in=[*meeting.incidents, *meeting.joins], withdrawn=False)
        .filter(occurred_to__in=["minute", "day"])
        .exclude(role__in=meeting.not_involved)
        .annotate(**{f"ref_{name}": F(f"contribution__told__details__{name}") for name in proof})
        .order_by("occurred_at", "contribution_id", "person__reference")
        .values_list(*COLUMNS, *(f"ref_{name}" for name in proof), named=True)
    )


def _reports(entries: Iterable[Any], viewer: Practitioner, on: date) -> list[Heard]:
    told: dict[int, list[Any]] = defaultdict(list)
    for entry in entries:
        if may_be_a_child(entry.person__date_of_birth, on):
            told[entry.contribution_id].append(entry)
    may_see = _seen_by(viewer)
    return [
        Heard(
            _report(several),
            several[0].title,
            several[0].agency__short_name,
            may_see(several[0].handling, several[0].readers),
            tuple(dict.fromkeys(entry.person_id for entry in several)),
        )
        for several in told.values()
    ]


def _seen_by(viewer: Practitioner) -> Any:
    """Whether this reader may see what has that handling and those readers; asked once of each."""

    @cache
    def may_see(handling: str, readers: str) -> bool:
        named = tuple(name for name in readers.split(",") if name)
        return may_see_entry(reader=viewer.reader, level=NEAR, handling=Handling(handling), readers=named).allowed

    return may_see


def may_see(entry: ChronologyEntry, viewer: Practitioner) -> bool:
    """What the teller said about handling holds in the meeting too, entry by entry."""
    return bool(_seen_by(viewer)(entry.handling, entry.readers))


def _report(entries: list[Any]) -> Report:
    first = entries[0]
    proof = timeline_facts().same_incident.references
    said = (getattr(first, f"ref_{name}") for name in proof)
    return Report(
        id=first.contribution_id,
        agency=first.agency_id,
        kind=first.kind,
        occurred_at=first.occurred_at,
        precision=first.occurred_to,
        latitude=first.latitude,
        longitude=first.longitude,
        place=first.place,
        people=frozenset(entry.person_id for entry in entries),
        references=frozenset(str(one).strip().casefold() for one in said if one),
    )
