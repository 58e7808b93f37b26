"""When a child was last seen, and by which agencies: in words, from what the reader may read, never a score."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.utils import timezone


@dataclass(frozen=True)
class Seen:
    """One agency's last sight of the child."""

    agency: str
    day: date


@dataclass(frozen=True)
class LastSeen:
    """Each agency's last sight, newest first. `days`: how long nobody told that they saw the child, where
    that is so long that the page says so."""

    by: tuple[Seen, ...]
    days: int | None


def last_seen(sights: Iterable[tuple[str, datetime | None]], *, at: datetime, worth_saying: int) -> LastSeen:
    """From each agency's latest sight, where it told of one."""
    days = {agency: timezone.localtime(moment).date() for agency, moment in sights if moment}
    by = tuple(Seen(agency, day) for agency, day in sorted(days.items(), key=lambda one: (-one[1].toordinal(), one)))
    passed = (timezone.localtime(at).date() - by[0].day).days if by else 0
    return LastSeen(by, passed if passed >= worth_saying else None)
