"""When a child was last seen, and by which agencies: in words, from what the reader may read, never a score."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.utils import timezone

from .models import ChronologyEntry


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


def last_seen(entries: Iterable[ChronologyEntry], *, at: datetime, worth_saying: int) -> LastSeen:
    """From entries that stand; what is restricted is left out, for the page is read over shoulders."""
    latest: dict[str, date] = {}
    for one in entries:
        if one.seen_at is None or one.seen_at > at or one.withdrawn or one.handling == "restricted":
            continue
        day = timezone.localtime(one.seen_at).date()
        latest[one.agency.short_name] = max(day, latest.get(one.agency.short_name, day))
    by = tuple(Seen(agency, day) for agency, day in sorted(latest.items(), key=lambda one: (-one[1].toordinal(), one)))
    days = (timezone.localtime(at).date() - by[0].day).days if by else 0
    return LastSeen(by, days if days >= worth_saying else None)
