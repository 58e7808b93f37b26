"""The envelope laid flat for CSV and XLSX: `people.1.given_name`, `details.reason`."""

from typing import Any

LISTS = "|"


def flatten(envelope: dict[str, Any]) -> dict[str, str]:
    """Nested → columns. A list of texts becomes one cell, its parts divided by `|`."""
    row: dict[str, str] = {}

    def lay(prefix: str, value: Any) -> None:
        if isinstance(value, dict):
            for name, inner in value.items():
                lay(f"{prefix}.{name}" if prefix else name, inner)
        elif isinstance(value, list) and value and isinstance(value[0], dict):
            for n, inner in enumerate(value, start=1):
                lay(f"{prefix}.{n}", inner)
        elif isinstance(value, list):
            row[prefix] = LISTS.join(str(part) for part in value)
        elif isinstance(value, bool):
            row[prefix] = "true" if value else "false"
        elif value is not None:
            row[prefix] = str(value)

    lay("", envelope)
    return row


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
