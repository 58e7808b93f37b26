"""How the agencies of the invented city tell what they know: envelopes, each with its reference."""

import random
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from .city import City, Spot
from .families import Family, Person
from .records import HABITS, Registers

LONDON = ZoneInfo("Europe/London")
PREFIXES = {
    "police_protection_notification": "PPN",
    "police_incident": "LOG",
    "partnership_intelligence": "INT",
    "custody_episode": "CUS",
    "emergency_department_attendance": "ED",
    "ambulance_call": "CAD",
    "missing_episode": "MIS",
    "return_home_interview": "RHI",
    "school_exclusion": "EXC",
    "school_absence": "ABS",
    "front_door_referral": "REF",
    "social_care_involvement": "SCI",
    "youth_justice_involvement": "YJI",
    "camhs_contact": "CAM",
    "service_attendance": "ATT",
    "general_note": "NOTE",
}
Involved = list[tuple[str, Person]]
Told = dict[str, Any]
A_WHILE = timedelta(hours=2)
# When a night's events are over.
ENDS = time(6, 30)


@dataclass(frozen=True, slots=True)
class Period:
    """The year the city tells of: the last thing in it happens in the small hours of `until`."""

    until: date
    days: int

    @property
    def first(self) -> date:
        return self.until - timedelta(days=self.days)

    @property
    def last_evening(self) -> date:
        return self.until - timedelta(days=1)

    @property
    def ends(self) -> datetime:
        return at_clock(self.until, ENDS.hour, ENDS.minute)

    def some_day(self, draw: random.Random) -> date:
        """Any day of the period, the last evening included."""
        return self.first + timedelta(days=draw.randrange(self.days))


def last_morning(here: datetime) -> date:
    """The newest day whose small hours are over: what the city tells has happened. `here`: the time in Leeds."""
    return here.date() if here.time() >= ENDS else here.date() - timedelta(days=1)


def at_clock(day: date, hour: int, minute: int = 0) -> datetime:
    """An hour of that day in Leeds; 24 to 29 are the small hours of the day after."""
    return datetime.combine(day + timedelta(days=hour // 24), time(hour % 24, minute), LONDON)


def working_day(day: date) -> date:
    """The day itself, or the Friday before a weekend."""
    return day - timedelta(days=max(0, day.weekday() - 4))


def school_day(day: date) -> date:
    """The day itself, or the last school day before a weekend or a holiday."""
    day = working_day(day)
    while _is_holiday(day):
        day = working_day(day - timedelta(days=1))
    return day


def _is_holiday(day: date) -> bool:
    in_summer = (7, 22) <= (day.month, day.day) <= (9, 2)
    at_new_year = (day.month, day.day) >= (12, 21) or (day.month, day.day) <= (1, 4)
    return in_summer or at_new_year


def as_told(when: datetime) -> str:
    return when.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


@dataclass
class Batch:
    """Some streets' families and all that is told of them; written to the files and then forgotten."""

    number: int
    city: City
    period: Period
    registers: Registers
    families: list[Family]
    draw: random.Random
    told: list[tuple[datetime, dict[str, Any]]] = field(default_factory=list)
    incidents: list[tuple[str, str, str, str]] = field(default_factory=list)
    planted: list[dict[str, Any]] = field(default_factory=list)
    # Households whose year is told on purpose, in which no chance meeting has a part.
    told_apart: frozenset[str] = frozenset()
    count: int = 0
    families_by_household: dict[str, Family] = field(default_factory=dict)

    @property
    def children(self) -> list[Person]:
        return [child for family in self.families for child in family.children]

    def siblings(self, child: Person) -> list[Person]:
        if not self.families_by_household:
            self.families_by_household = {family.key: family for family in self.families}
        return [one for one in self.families_by_household[child.household].children if one.key != child.key]

    def new_incident(self) -> str:
        self.count += 1
        return f"I{self.number:04d}{self.count:04d}"

    def tell(
        self,
        kind: str,
        agency: str,
        when: datetime,
        people: Involved,
        details: dict[str, Any],
        *,
        place: Spot | None = None,
        narrative: str = "",
        handling: str = "",
        after: timedelta = A_WHILE,
        incident: str = "",
    ) -> dict[str, Any]:
        """Add one envelope; it is reported `after` it happened, and never later than the period ends."""
        reported_at = max(when, min(when + after, self.period.ends))
        where = place.as_told(self.draw) if place else None
        known = [self._person(role, one, agency, when) for role, one in people]
        said = {"handling": handling, "place": where, "narrative": narrative, "people": known}
        envelope: Told = {
            "kind": kind,
            "source": self._source(kind, agency, when),
            "occurred_at": as_told(when),
            "reported_at": as_told(reported_at),
            "details": details,
        } | {name: value for name, value in said.items() if value}
        if incident:
            self.incidents.append((*envelope["source"].values(), incident))
        self.told.append((reported_at, envelope))
        return envelope

    def tell_again(self, envelope: dict[str, Any], when: datetime, **changed: object) -> None:
        """A newer version of the same telling, with some of its answers changed."""
        told = envelope | {"reported_at": as_told(when), "details": envelope["details"] | changed}
        self.told.append((when, told))

    def _source(self, kind: str, agency: str, when: datetime) -> dict[str, str]:
        system = HABITS[agency].system if agency in HABITS else "portal"
        number = self.registers.next_number(f"{agency} {kind}")
        return {
            "agency": agency,
            "system": system,
            "reference": f"{PREFIXES[kind]}-{when.year}-{number:06d}",
        }

    def _person(self, role: str, person: Person, agency: str, when: datetime) -> dict[str, Any]:
        return {"role": role} | self.registers.known_as(person, agency, when=when.date())
