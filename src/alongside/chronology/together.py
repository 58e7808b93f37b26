"""What we see together: the event strip of one child, what its marks mean, and the same in a list."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import mark_safe

from alongside.agencies.models import Agency, Practitioner
from alongside.web.dates import counted, day_and_year, short_day

from .latest import Latest
from .models import ChronologyEntry
from .owed import Debt
from .same_incident import DAY_KNOWN
from .strip import Mark, Strip, shape_of, strip_of
from .strip_marks import LEGEND, picture_of
from .telling import Item, group_of, items_of, kind_in_words, until_in_words
from .timeline_facts import timeline_facts
from .waits import Wait, in_words

# As long as somebody who is asked for what has not come can still tell it well.
ASKED_FOR = timedelta(days=90)
PERIODS = {"6": ("6 months", 183), "12": ("1 year", 366), "all": ("all", 0)}
Agencies = Mapping[str, Agency]


@dataclass(frozen=True)
class Line:
    """One line of the list under the strip; `receipt` leads to the entry."""

    at: datetime
    when: str
    words: str
    receipt: str


def drawable(entries: Sequence[ChronologyEntry]) -> list[ChronologyEntry]:
    """What stands and happened to this child; being named in an account about somebody else is on the timeline."""
    only_named = timeline_facts().same_incident.not_involved
    stand = [one for one in entries if not one.withdrawn and one.handling != "restricted"]
    return [one for one in stand if one.role not in only_named]


def day_of(moment: datetime) -> date:
    return timezone.localtime(moment).date()


def marks_of(entries: Sequence[ChronologyEntry]) -> list[Mark]:
    """The marks of entries that stand, one for each account."""
    found = {
        (one.contribution_id, one.agency_id): Mark(
            day_of(one.occurred_at),
            one.agency.name,
            one.agency.short_name,
            shape_of(group_of(one)),
            one.incident,
            (day_of(one.until) - day_of(one.occurred_at)).days if one.until else 0,
            one.occurred_to in DAY_KNOWN,
        )
        for one in drawable(entries)
    }
    return list(found.values())


def marks_owed(debts: Sequence[Debt], agencies: Agencies) -> list[Mark]:
    """A dashed mark on the lane of the agency that owed it, on the day on which it was due."""
    return [
        Mark(day_of(one.due), agencies[one.by].name, agencies[one.by].short_name, "owed")
        for one in debts
        if one.by in agencies
    ]


def marks_waiting(waits: Sequence[Wait], *, first: date, today: date) -> list[Mark]:
    """A hollow bar on the lane of the agency whose service is waited for, as far as the strip reaches back."""
    ends = [(one, one.until or (None if one.ended else today)) for one in waits]
    return [
        Mark(max(one.since, first), one.agency, one.agency_short, "wait", days=(end - max(one.since, first)).days)
        for one, end in ends
        if end and end >= first
    ]


def line_waiting(wait: Wait, *, today: date) -> Line:
    begins = datetime.combine(wait.since, time(), timezone.get_current_timezone())
    more = "" if wait.ended else ". No first meeting that you may see has come"
    return Line(begins, day_and_year(wait.since), in_words(wait, today=today) + more, wait.receipts[0])


def line_of(item: Item) -> Line:
    first = item.first
    lasted = f", until {until_in_words(first)}" if first.until else ""
    words = f"{first.title}{lasted}, told by {item.tellers}"
    return Line(first.occurred_at, item.happened, words, first.contribution.receipt)


def line_owed(debt: Debt, agencies: Agencies) -> Line:
    by = agencies[debt.by].short_name if debt.by in agencies else debt.by
    what = kind_in_words(debt.kind)
    words = f"{what} was owed by {by} after {debt.after.title}. None that you may see has come."
    return Line(debt.due, short_day(day_of(debt.due)), words, debt.after.contribution.receipt)


def with_owed(items: Sequence[Item], debts: Sequence[Debt], agencies: Agencies) -> list[Item]:
    """The items, each with what was owed after it and has not come."""
    owed: dict[int, list[tuple[str, str]]] = {}
    for one in debts:
        line = line_owed(one, agencies)
        owed.setdefault(one.after.pk, []).append((f"Was due {line.when}", line.words))
    return [replace(item, owed=tuple(line for one in item.accounts for line in owed.get(one.pk, ()))) for item in items]


def next_of(debts: Sequence[Debt], agencies: Agencies, *, viewer: Practitioner, at: datetime) -> dict[str, str]:
    """The one thing to do about what is owed: the newest of it, and whom to ask. What was due long ago stands on the
    strip and beside what it follows; asked for first, it would hide what matters today."""
    if not debts or debts[0].due < at - ASKED_FOR:
        return {}
    one = debts[0]
    by = agencies.get(one.by)
    more = f" {len(debts) - 1} more owed." if len(debts) > 1 else ""
    call = f" ({by.phone})" if by and by.phone else ""
    asked = f"Ask {by.short_name if by else one.by}{call} for" if one.by != viewer.agency_id else "Your agency owes"
    address = reverse("child_entry", args=[one.after.person.reference, one.after.contribution.receipt])
    do = f"{asked} what has not come: {kind_in_words(one.kind)}, due {short_day(day_of(one.due))}.{more}"
    return {"do": do, "url": address, "button": "See what it follows"}


def holds(events: int, waits: int, owed: int) -> str:
    """ "10 events, 1 wait and 1 thing owed"."""
    counts = ((events, "event", ""), (waits, "wait", ""), (owed, "thing", " owed"))
    parts = [f"{counted(number, word)}{more}" for number, word, more in counts if number]
    return " and ".join(part for part in (", ".join(parts[:-1]), parts[-1] if parts else "") if part)


def _begins(latest: Latest, first: date, *, whole: bool) -> date:
    """The first day of the picture: where older entries are left out it begins with those that are here, for an empty
    lane tells of quiet."""
    return latest.since if latest.since is not None and (whole or latest.since > first) else first


def strip_context(
    latest: Latest,
    debts: Sequence[Debt],
    agencies: Agencies,
    *,
    period: str,
    today: date,
    waits: Sequence[Wait] = (),
) -> dict[str, Any]:
    """The event strip of a period, the words for its marks, the same as a list, and the other periods."""
    entries, period = latest.entries, period if period in PERIODS else "6"
    days, marks = PERIODS[period][1], marks_of(entries)
    oldest = min([*(mark.day for mark in marks), *(one.since for one in waits)], default=today)
    first = today - timedelta(days=days) if days else min(oldest, today - timedelta(days=60))
    begins = _begins(latest, first, whole=not days)
    more = [*marks_waiting(waits, first=begins, today=today), *marks_owed(debts, agencies)]
    strip = strip_of([*marks, *more], first=begins, today=today)
    lines = [line_of(item) for item in items_of(one for one in drawable(entries) if day_of(one.occurred_at) >= first)]
    owing = [line_owed(one, agencies) for one in debts if day_of(one.due) >= first]
    waited = [line_waiting(one, today=today) for one in waits if (one.until or today) >= first]
    return {
        "strip": safe_strip(strip) if strip else None,
        "strip_is_cut": begins == latest.since,
        "strip_holds": holds(len(lines), len(waited), len(owing)),
        "strip_lines": sorted([*lines, *waited, *owing], key=lambda line: line.at, reverse=True),
        "legend": legend_of(strip) if strip else [],
        "period": PERIODS[period][0],
        "periods": [(key, words) for key, (words, _) in PERIODS.items() if key != period],
    }


def legend_of(strip: Strip) -> list[tuple[str, str]]:
    """Each mark that is drawn, and what it means."""
    drawn = [(shape, words) for shape, words in LEGEND if shape in strip.shapes]
    return [(mark_safe(picture_of(shape)), words) for shape, words in drawn]  # noqa: S308 - ours


def safe_strip(strip: Strip) -> dict[str, Any]:
    """Our own drawing, in which every word of others is escaped."""
    return {
        "wide": mark_safe(strip.wide),  # noqa: S308
        "tall": [mark_safe(one) for one in strip.tall],  # noqa: S308
        "sentence": strip.sentence,
    }
