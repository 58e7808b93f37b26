"""Which hours a morning meeting hears of, and how old a child is on that day."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from alongside.web.dates import age, years_old

GROWN_UP = 18
LONDON = ZoneInfo("Europe/London")
MONDAY = 0
EIGHT = time(8)
# No meeting is outside them, and no sum of days from them leaves the calendar.
FIRST_DAY, LAST_DAY = date(2000, 1, 1), date(2099, 12, 31)


@dataclass(frozen=True)
class Window:
    """The hours a meeting hears of: from `start`, up to but not with `end`."""

    start: datetime
    end: datetime

    @property
    def hours(self) -> int:
        """Hours that truly passed: 71 or 73 over a weekend on which the clocks change."""
        return round((self.end.astimezone(UTC) - self.start.astimezone(UTC)).total_seconds() / 3600)

    def holds(self, first: datetime, last: datetime) -> bool:
        """Whether something that happened between these moments may have happened in these hours."""
        return first < self.end and last >= self.start


def window(on: date, *, hours: int = 24, monday_hours: int = 72, starts: time = EIGHT) -> Window:
    """The hours before the meeting of that day, by the clock on the wall in London, so that no hour falls
    between two meetings when the clocks change."""
    end = datetime.combine(on, starts)
    back = timedelta(hours=monday_hours if on.weekday() == MONDAY else hours)
    return Window((end - back).replace(tzinfo=LONDON), end.replace(tzinfo=LONDON))


def has_briefing(on: date) -> bool:
    """Whether there can be a briefing for that day at all."""
    return FIRST_DAY <= on <= LAST_DAY


def has_gone(on: date, *, at: datetime) -> bool:
    """Whether that morning is of a day before: then what stood when its meeting began is told, not what stands now."""
    return at.astimezone(LONDON).date() > on


def is_long_past(on: date, *, today: date, back: int) -> bool:
    """Whether that morning is more than `back` days ago: the meeting's work on it is done."""
    return on < today - timedelta(days=back)


def born_between(text: str) -> tuple[date, date] | None:
    """The first and last day that a date of birth may mean, whole ("2010-05-01") or in part ("2010-05")."""
    parts = [int(part) for part in text.split("-") if part.isdigit()]
    if not parts:
        return None
    year, month, day = (*parts, None, None)[:3]
    if day and month:
        return date(year, month, day), date(year, month, day)
    last = date(year + (month or 12) // 12, (month or 12) % 12 + 1, 1) - timedelta(days=1)
    return date(year, month or 1, 1), last


def may_be_a_child(date_of_birth: str, on: date) -> bool:
    """Whether somebody may be under 18 on that day. A date that nobody told leaves a child on the list."""
    between = born_between(date_of_birth)
    return between is None or years_old(between[1], on) < GROWN_UP


def age_in_words(date_of_birth: str, on: date) -> str:
    """ "15, turns 16 on 4 March", "14 or 15" where only a part is known, "Age not known" without any."""
    between = born_between(date_of_birth)
    if between is None:
        return "Age not known"
    first, last = between
    if first == last:
        return age(first, on)
    youngest, oldest = years_old(last, on), years_old(first, on)
    return str(oldest) if youngest == oldest else f"{youngest} or {oldest}"
