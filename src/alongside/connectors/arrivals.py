"""What a connector makes of a file, row by row: something told, something known of places, or a refusal."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Protocol

from django.db import models

from alongside.contributions.rules import Problem

from .reading import Opened


@dataclass(frozen=True)
class Told:
    """One contribution, not yet checked. `original`: the row it came from, to be mended if refused.

    `columns`: what the file itself calls a field of the envelope, so that a refusal names what its sender knows.
    """

    row: int
    envelope: dict[str, Any]
    original: dict[str, Any]
    columns: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Known:
    """What one row says of places: rows of one model, by their keys."""

    row: int
    things: tuple[models.Model, ...]


@dataclass(frozen=True)
class Refused:
    """One row that says nothing we can keep, and why."""

    row: int
    problems: tuple[Problem, ...]
    original: dict[str, Any]


Arrival = Told | Known | Refused


@dataclass
class Head:
    """What a file shows of itself at its beginning: its columns, its root element, or its JSON.

    `today`: the day on which it is read, for connectors that ask whether a date can be.
    """

    shape: str
    columns: tuple[str, ...] = ()
    root: str = ""
    start: str = ""
    today: date = date.max

    def has(self, *names: str) -> bool:
        """Whether every one of these columns is there, in any case."""
        given = {column.casefold() for column in self.columns}
        return all(name.casefold() in given for name in names)


@dataclass
class Notes:
    """What a connector leaves out on purpose, counted by reason. `columns`: the cells that stood in each column that
    no field has."""

    left_out: Counter[str] = field(default_factory=Counter)
    columns: Counter[str] = field(default_factory=Counter)

    def leave_out(self, reason: str, count: int = 1) -> None:
        self.left_out[reason] += count


class Connector(Protocol):
    """One outside format. Recognised by what a file holds, never by its name."""

    name: str
    called: str
    rejects: str

    def recognises(self, head: Head) -> bool: ...

    def arrivals(self, opened: Opened, head: Head, notes: Notes) -> Iterator[Arrival]: ...
