"""The envelope laid flat for CSV and XLSX: `people.1.given_name`, `details.reason`."""

from collections.abc import Iterator
from typing import Any

LISTS = "|"


def flatten(envelope: dict[str, Any]) -> dict[str, str]:
    """Nested → columns. A list of texts becomes one cell, its parts divided by `|`."""
    return dict(_laid("", envelope))


def _laid(prefix: str, value: Any) -> Iterator[tuple[str, str]]:
    dot = f"{prefix}." if prefix else ""
    if isinstance(value, dict):
        for name, inner in value.items():
            yield from _laid(f"{dot}{name}", inner)
    elif isinstance(value, list) and value and isinstance(value[0], dict):
        for n, inner in enumerate(value, start=1):
            yield from _laid(f"{dot}{n}", inner)
    elif value is not None:
        yield prefix, _cell(value)


def _cell(value: Any) -> str:
    if isinstance(value, list):
        return LISTS.join(str(part) for part in value)
    return str(value).lower() if isinstance(value, bool) else str(value)


def unflatten(row: dict[str, str], lists: frozenset[str] = frozenset({"aliases"})) -> dict[str, Any]:
    """Columns → nested; empty cells are left out. `lists`: last names of columns that hold a list."""
    envelope: dict[str, Any] = {}
    people: dict[int, dict[str, Any]] = {}
    for column, cell in row.items():
        if cell is None or not str(cell).strip():
            continue
        parts = column.split(".")
        value: Any = str(cell).split(LISTS) if parts[-1] in lists else cell
        if parts[0] == "people" and len(parts) > 2 and parts[1].isdigit():
            _put(people.setdefault(int(parts[1]), {}), parts[2:], value)
        else:
            _put(envelope, parts, value)
    if people:
        envelope["people"] = [people[n] for n in sorted(people)]
    return envelope


def _put(into: dict[str, Any], parts: list[str], value: Any) -> None:
    for name in parts[:-1]:
        inner = into.setdefault(name, {})
        if not isinstance(inner, dict):
            inner = into[name] = {}
        into = inner
    into[parts[-1]] = value
