"""Which reports tell of one incident: a careful, pure rule that never joins what contradicts itself.

Two reports belong together when they name the same child or carry the same reference, and nothing in them
says that they are two events. A group grows only while every pair in it could be one event, so two fights
of one evening are never chained by a third report that fits both. Wrongly apart is a longer list; wrongly
together hides an incident.
"""

import math
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import combinations

METRES_A_DEGREE = 111_320
MINUTE = timedelta(minutes=1)
SPANS = {
    "minute": timedelta(0),
    "day": timedelta(days=1),
    "month": timedelta(days=31),
    # It stands at the moment it was told: nothing is known of the day.
    "untold": timedelta(0),
}
DAY_KNOWN = ("minute", "day")


@dataclass(frozen=True)
class Report:
    """What grouping needs to know of one report."""

    id: int
    agency: str
    kind: str
    occurred_at: datetime
    precision: str = "minute"
    latitude: float | None = None
    longitude: float | None = None
    place: str = ""
    people: frozenset[int] = frozenset()
    references: frozenset[str] = frozenset()

    @property
    def until(self) -> datetime:
        """The last moment that "on that day" or "in that month" may mean."""
        return self.occurred_at + SPANS[self.precision]

    @property
    def has_a_day(self) -> bool:
        """Whether more is known of when it happened than the month, or when it was told."""
        return self.precision in DAY_KNOWN


@dataclass(frozen=True)
class Nearness:
    """How near is near. `afterwards`: kinds told from elsewhere (a hospital), and how many hours after."""

    minutes: int = 90
    metres: int = 400
    afterwards: Mapping[str, int] = field(default_factory=dict)

    def could_have_been(self, report: Report) -> tuple[datetime, datetime]:
        """Between which moments the incident that this report tells of could have happened."""
        slack = self.minutes / 2 * MINUTE
        before = timedelta(hours=self.afterwards.get(report.kind, 0)) or slack
        return report.occurred_at - before, report.until + slack

    def knows_where(self, report: Report) -> bool:
        """Whether the place in the report is where it happened, not where the child was seen later."""
        return report.kind not in self.afterwards


@dataclass(frozen=True)
class Incident:
    """Reports that tell of one event, and why we think so; a report alone needs no reason."""

    reports: tuple[Report, ...]
    reason: str


def metres_apart(a: Report, b: Report) -> float | None:
    """Metres between two reports, None where either has no point on the map."""
    if None in (a.latitude, a.longitude, b.latitude, b.longitude):
        return None
    north = (a.latitude - b.latitude) * METRES_A_DEGREE
    east = (a.longitude - b.longitude) * METRES_A_DEGREE * math.cos(math.radians(a.latitude))
    return math.hypot(north, east)


def minutes_apart(a: Report, b: Report) -> float:
    """Minutes between two reports; 0 where one only names a day that holds the other."""
    gap = max(a.occurred_at, b.occurred_at) - min(a.until, b.until)
    return max(0.0, gap / MINUTE)


def words_of(place: str) -> frozenset[str]:
    """The words of a place's name, whatever their case and punctuation."""
    kept = "".join(sign if sign.isalnum() else " " for sign in place.casefold())
    return frozenset(kept.split()) - {"the", "near", "outside", "at", "by", "of"}


def elsewhere(a: Report, b: Report, near: Nearness) -> bool:
    """Whether the two happened at different places. A place nobody told is no contradiction."""
    if not (near.knows_where(a) and near.knows_where(b)):
        return False
    metres = metres_apart(a, b)
    if metres is not None:
        return metres > near.metres
    left, right = words_of(a.place), words_of(b.place)
    return bool(left and right) and not (left <= right or right <= left)


def told_apart(a: Report, b: Report) -> bool:
    """Whether one agency itself told of them as two: by two references, or one child twice in one kind."""
    if a.agency != b.agency:
        return False
    return bool(a.references and b.references) or (a.kind == b.kind and bool(a.people & b.people))


def contradict(a: Report, b: Report, near: Nearness) -> bool:
    """Whether something in the two says that they are two events, or nothing says when one of them was."""
    if a.references & b.references:
        return False
    if not (a.has_a_day and b.has_a_day):
        return True
    (first, last), (start, end) = near.could_have_been(a), near.could_have_been(b)
    return first > end or start > last or elsewhere(a, b, near) or told_apart(a, b)


def candidates(reports: Iterable[Report]) -> set[tuple[Report, Report]]:
    """Pairs that name the same child or carry the same reference, lower id first."""
    sharing: dict[object, list[Report]] = defaultdict(list)
    for report in reports:
        for key in [("child", person) for person in report.people] + [("ref", r) for r in report.references]:
            sharing[key].append(report)
    return {
        tuple(sorted(pair, key=lambda r: r.id)) for together in sharing.values() for pair in combinations(together, 2)
    }


def vague_between_two(pairs: list[tuple[Report, Report]], near: Nearness) -> set[int]:
    """Reports without an hour that fit two events of which each excludes the other: we cannot say which."""
    fits: dict[Report, list[Report]] = defaultdict(list)
    for a, b in pairs:
        if not a.references & b.references:
            fits[a].append(b)
            fits[b].append(a)
    return {
        report.id
        for report, others in fits.items()
        if report.precision != "minute" and any(contradict(one, two, near) for one, two in combinations(others, 2))
    }


def strength(a: Report, b: Report) -> tuple[float, ...]:
    """Nearest first: the same reference, then minutes, then metres, then the order of their ids."""
    metres = metres_apart(a, b)
    return (not a.references & b.references, minutes_apart(a, b), metres or 0.0, a.id, b.id)


def links(reports: list[Report], near: Nearness) -> list[tuple[Report, Report]]:
    """Pairs that belong together, the surest first."""
    pairs = [pair for pair in candidates(reports) if not contradict(*pair, near)]
    vague = vague_between_two(pairs, near)
    sure = [(a, b) for a, b in pairs if a.references & b.references or not {a.id, b.id} & vague]
    return sorted(sure, key=lambda pair: strength(*pair))


def same_incident(reports: Iterable[Report], near: Nearness) -> list[Incident]:
    """Every report in exactly one incident, whatever the order they came in; incidents by time, then id."""
    told = sorted(reports, key=lambda r: r.id)
    group = {report.id: [report] for report in told}
    for a, b in links(told, near):
        left, right = group[a.id], group[b.id]
        if left is not right and not any(contradict(x, y, near) for x in left for y in right):
            left.extend(right)
            group.update((report.id, left) for report in right)
    whole = {id(members): sorted(members, key=by_time) for members in group.values()}
    return [Incident(tuple(m), reason(m)) for m in sorted(whole.values(), key=lambda m: by_time(m[0]))]


def by_time(report: Report) -> tuple[datetime, int]:
    return report.occurred_at, report.id


def reason(reports: Iterable[Report]) -> str:
    """Why these are one, in words that name nobody."""
    pairs = list(combinations(reports, 2))
    if not pairs:
        return ""
    same = "the same reference" if any(a.references & b.references for a, b in pairs) else "the same child"
    apart_by = [minutes_apart(a, b) for a, b in pairs if a.has_a_day and b.has_a_day]
    longest = max(apart_by, default=0)
    when = f"{in_time(longest)} apart" if longest else "the times agree" if apart_by else ""
    metres = [apart for a, b in pairs if (apart := metres_apart(a, b)) is not None]
    where = f"within {max(10, math.ceil(max(metres) / 10) * 10)} metres" if metres else ""
    return ", ".join(part for part in (same, when, where) if part)


def in_time(minutes: float) -> str:
    """ "40 minutes", "2 hours": to the nearest that people would say."""
    if minutes < 90:
        return f"{math.ceil(minutes)} minute{'' if math.ceil(minutes) == 1 else 's'}"
    return f"{round(minutes / 60)} hours"
