"""A list beside the backups as a restore needs it: all of it read and understood before anything is unpacked.

Plain, and needs no database.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from . import sealed_list
from .sealed import CannotBeOpenedError, Head
from .unpacking import head_of

# What a list holds, by its head.
CLOSED, GONE = "which doors are closed", "what was disposed of"
# What is told of a tombstone, and of each door.
FACTS = ("receipt_hash", "version", "is_newest", "kind", "controller", "rule", "proposed_by", "approved_by")
DOORS = {
    "seat": {"seat", "is_ended"},
    "link": {"seat", "at"},
    "key": {"hashed"},
    "tie": {"seat", "at", "child", "records"},
    "restriction": {"named", "at", "maker", "child", "records"},
}


@dataclass(frozen=True)
class Listed:
    """A list that lies at a path: no head, and nothing on it, where there is none."""

    path: Path
    head: Head | None
    lines: list[sealed_list.Line]


def listed_at(path: Path, keys: Mapping[str, bytes], *, holds: str) -> Listed:
    """Raises CannotBeOpenedError, naming the list, where it is not whole, is another one, or tells what this version
    does not understand."""
    if not path.exists():
        return Listed(path, None, [])
    try:
        head = head_of(path)
        if head.get("holds") != holds:
            raise CannotBeOpenedError(f"It does not list {holds}, but {head.get('holds', 'is a backup')}.")
        lines = list(sealed_list.read(path, keys))
        for line in lines:
            _understand(line, {*FACTS, "at"} if holds == GONE else DOORS.get(line.get("door", "")))
    except (CannotBeOpenedError, OSError) as failure:
        raise CannotBeOpenedError(f"Nothing was restored: the list {path} cannot be used. {failure}") from failure
    return Listed(path, head, lines)


def _understand(line: sealed_list.Line, needed: set[str] | None) -> None:
    if needed is None:
        raise CannotBeOpenedError(f"It tells of a door that this version does not know: {line.get('door')}.")
    if lacking := sorted(needed - line.keys()):
        raise CannotBeOpenedError(f"A line of it does not tell what this version needs: {', '.join(lacking)}.")
