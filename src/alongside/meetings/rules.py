"""Which hours a morning meeting hears of, and which children are missing still."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

LONDON = ZoneInfo("Europe/London")
MONDAY = 0
EIGHT = time(8)


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


@dataclass(frozen=True)
class MissingEpisode:
    """One agency's word that a child went missing, and when they came back, if it knows."""

    person: int
    since: datetime
    returned_at: datetime | None = None


def missing_now(
    episodes: Iterable[MissingEpisode], seen_since: Iterable[tuple[int, datetime]], *, at: datetime
) -> dict[int, MissingEpisode]:
    """The open episode of each child whom nobody says is back: the latest begun, by person.

    A return that any agency told, or anything that follows a return (`seen_since`), closes every episode
    begun before it, whoever told of that one.
    """
    told = [episode for episode in episodes if episode.since <= at]
    back = [(e.person, e.returned_at) for e in told if e.returned_at] + list(seen_since)
    latest_back: dict[int, datetime] = {}
    for person, when in back:
        if when <= at:
            latest_back[person] = max(when, latest_back.get(person, when))
    still: dict[int, MissingEpisode] = {}
    for episode in sorted(told, key=lambda e: e.since):
        is_open = episode.returned_at is None or episode.returned_at > at
        if is_open and not (episode.person in latest_back and latest_back[episode.person] >= episode.since):
            still[episode.person] = episode
    return still
