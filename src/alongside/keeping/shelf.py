"""Which backups stay: the newest of each of the last days and weeks that have one. Plain, and reads no clock."""

from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path

NAMED = "alongside-%Y-%m-%dT%H%M%SZ.backup"


def name_at(at: datetime) -> str:
    """What a backup made at that time is called: names in order are times in order."""
    return at.astimezone(UTC).strftime(NAMED)


def made_at(path: Path) -> datetime | None:
    """When a backup was made, by its name; nothing for a file that is none of ours."""
    try:
        return datetime.strptime(path.name, NAMED).replace(tzinfo=UTC)
    except ValueError:
        return None


def newest_in(folder: Path) -> datetime | None:
    """When the newest backup of a folder was made; nothing where there is none."""
    return max((at for path in folder.glob("*") if (at := made_at(path))), default=None)


def to_keep(times: Iterable[datetime], *, daily: int, weekly: int) -> set[datetime]:
    """The newest of each of the last `daily` days and `weekly` weeks that have a backup; the newest of all always.

    Counted by days that have one, not by today: a clock gone wrong, or a month without a backup, empties no shelf.
    """
    days: dict[str, datetime] = {}
    weeks: dict[str, datetime] = {}
    ordered = sorted(times, reverse=True)
    for at in ordered:
        days.setdefault(f"{at:%Y-%m-%d}", at)
        weeks.setdefault(f"{at:%G-%V}", at)
    return {*ordered[:1], *list(days.values())[:daily], *list(weeks.values())[:weekly]}


def clear(folder: Path, *, daily: int, weekly: int) -> list[Path]:
    """Takes away the backups that the rule does not keep. Returns them, oldest first."""
    times = {path: at for path in folder.iterdir() if (at := made_at(path))}
    stay = to_keep(times.values(), daily=daily, weekly=weekly)
    gone = sorted(path for path, at in times.items() if at not in stay)
    for path in gone:
        path.unlink()
    return gone
