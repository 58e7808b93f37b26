"""The morning briefing: what its reader may know of the night, in the order that every briefing has.

What a reader may not see keeps its place and its number, so that everybody at the table speaks of the same
list; nothing else of it is in here, so no page, file or paper made from it can let it slip.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from alongside.chronology.same_incident import Report, reason

from .rules import Window, has_gone

ASK = "Restricted. Ask the chair."


@dataclass(frozen=True)
class Child:
    """One child as the meeting needs to know them; a child whom the reader may not see is `hidden`."""

    reference: str = ""
    called: str = "Restricted"
    full_name: str = ""
    age: str = ""
    open_to: tuple[str, ...] = ()
    # That another record may be of this child, as far as the reader may know, else "".
    another_record: str = ""
    lead: str = ""
    phone: str = ""
    # Earlier meetings that raised an action about the child, and whether it is open still; the latest first.
    before: tuple[tuple[date, bool], ...] = ()
    # Whether the reader may open the child's own page; the briefing alone does not open it.
    may_open: bool = False
    hidden: bool = False


HIDDEN = Child(hidden=True)


@dataclass(frozen=True)
class Incident:
    number: int
    title: str = ASK
    when: datetime | None = None
    precision: str = ""
    where: str = ""
    tellers: tuple[str, ...] = ()
    why_one: str = ""
    children: tuple[Child, ...] = ()
    latitude: float | None = None
    longitude: float | None = None
    hidden: bool = False


@dataclass(frozen=True)
class Missing:
    child: Child
    since: datetime | None = None
    precision: str = ""
    last_seen: str = ""
    told_by: str = ""

    @property
    def hidden(self) -> bool:
        return self.child.hidden


@dataclass(frozen=True)
class InCustody:
    """A child whom police hold now, since when, and who told."""

    child: Child
    since: datetime | None = None
    precision: str = ""
    told_by: str = ""

    @property
    def hidden(self) -> bool:
        return self.child.hidden


@dataclass(frozen=True)
class Intelligence:
    words: str = ASK
    told_by: str = ""
    told_at: datetime | None = None
    # References of the children whom it concerns: no page says them, the ledger keeps who read of them.
    about: tuple[str, ...] = ()
    hidden: bool = False


@dataclass(frozen=True)
class Carried:
    """An action that a meeting raised; `done` says what came of it, once somebody has."""

    key: int = 0
    what: str = ASK
    called: str = ""
    # The reference of the child whom it concerns: the ledger keeps who read of them.
    about: str = ""
    owner: str = ""
    due: date | None = None
    raised_for: date | None = None
    done: str = ""
    may_tick_off: bool = False
    hidden: bool = False


@dataclass(frozen=True)
class Feed:
    """A partner the meeting counts on, when it last told anything, and whether that is too long ago."""

    name: str
    last_heard: datetime | None
    silent: bool


@dataclass(frozen=True)
class Briefing:
    name: str
    on: date
    # What stands where something is not for this reader: whom to ask.
    ask: str
    prepared_at: datetime
    window: Window
    missing: tuple[Missing, ...]
    in_custody: tuple[InCustody, ...]
    incidents: tuple[Incident, ...]
    # Of hours that an earlier meeting heard of, told only now.
    told_late: tuple[Incident, ...]
    children: tuple[Child, ...]
    intelligence: tuple[Intelligence, ...]
    carried: tuple[Carried, ...]
    feeds: tuple[Feed, ...]

    @property
    def is_past(self) -> bool:
        return has_gone(self.on, at=self.prepared_at)

    @property
    def silent_feeds(self) -> tuple[Feed, ...]:
        return tuple(feed for feed in self.feeds if feed.silent)

    @property
    def is_empty(self) -> bool:
        first = self.missing or self.in_custody or self.incidents or self.told_late
        return not (first or self.intelligence or self.carried)

    @property
    def on_the_map(self) -> tuple[Incident, ...]:
        """Incidents whose place the reader may know, whenever they were told."""
        return tuple(one for one in (*self.incidents, *self.told_late) if one.latitude is not None)


@dataclass(frozen=True)
class Heard:
    """One report as it came, with what grouping needs, and whether this reader may see it."""

    report: Report
    title: str
    agency: str
    visible: bool
    people: tuple[int, ...] = field(default=())


def told_incident(
    number: int, told: Sequence[Heard], children: dict[int, Child], *, kinds: tuple[str, ...], away: Iterable[str]
) -> Incident:
    """One incident as this reader may know it: from the reports that they may see, and from no other."""
    seen = [one for one in told if one.visible]
    if not seen:
        return Incident(number, hidden=True)
    # A child whom the reader may see elsewhere may still be in this only by a report that they may not.
    named = set(people_of(seen))
    people = tuple(children.get(person, HIDDEN) if person in named else HIDDEN for person in people_of(told))
    best = min(seen, key=lambda one: surest(one.report, kinds, tuple(away)))
    first = earliest(one.report for one in seen)
    placed = [one.report for one in (best, *seen)]
    point = next((report for report in placed if report.latitude is not None), best.report)
    return Incident(
        number,
        title=best.title,
        when=first.occurred_at,
        precision=first.precision,
        where=next((report.place for report in placed if report.place), ""),
        tellers=tuple(dict.fromkeys(one.agency for one in seen)),
        why_one=reason([one.report for one in seen]),
        children=people,
        latitude=point.latitude,
        longitude=point.longitude,
    )


def people_of(heard: Iterable[Heard]) -> list[int]:
    """The children of some reports, each once, in the order in which they are first told of."""
    return list(dict.fromkeys(person for one in heard for person in one.people))


def earliest(reports: Iterable[Report]) -> Report:
    """The report of the earliest hour, or else day: what follows an incident is told of a later one, never of an
    earlier."""
    return min(reports, key=lambda one: (one.precision != "minute", not one.has_a_day, one.occurred_at))


def surest(report: Report, kinds: tuple[str, ...], away: tuple[str, ...]) -> tuple[object, ...]:
    """Sorts first the report to take title and place from: one from the scene, with an hour."""
    return (report.kind in away, report.precision != "minute", kinds.index(report.kind), report.id)
