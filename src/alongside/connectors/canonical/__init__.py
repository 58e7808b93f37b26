"""Our own envelope in files: one JSON object a line (NDJSON), or laid flat in CSV and XLSX."""

import json
import re
from collections.abc import Iterator
from typing import Any

from alongside.connectors import tables
from alongside.connectors.arrivals import Arrival, Head, Notes, Refused, Told
from alongside.connectors.reading import BAD, Opened, lines_of
from alongside.connectors.safety import NotReadable
from alongside.connectors.tables import OURS, PROBLEM, Row
from alongside.contributions.envelope import SOURCE, TOP
from alongside.contributions.envelope_people import PERSON
from alongside.contributions.flat import LISTS, unflatten
from alongside.contributions.kinds import kinds
from alongside.contributions.rules import Problem

NESTED = frozenset({"source", "place", "people", "details"})
PLACE = frozenset({"name", "postcode", "latitude", "longitude"})
# Of these a person may have any number: ethnicity.code, identifiers.passport …
OPEN = frozenset({"ethnicity", "identifiers"})
HALF_A_SIGN = re.compile(r"\\u[dD][89a-fA-F]")
TOP_DATES = frozenset({"occurred_at", "reported_at"})
DAY_FIRST = re.compile(r"(0?[1-9]|[12]\d|3[01])/(0?[1-9]|1[0-2])/(\d{4})(?: (\d\d?:\d\d)(?::\d\d)?)?")
PERSON_COLUMN = re.compile(r"people\.[0-9]{1,3}\.([a-z_]+)(\..+)?")


class CanonicalLines:
    name = "canonical_ndjson"
    called = "contributions, one JSON object a line (NDJSON)"
    rejects = "ndjson"

    def recognises(self, head: Head) -> bool:
        return head.shape == "json" and '"FeatureCollection"' not in head.start

    def arrivals(self, opened: Opened, head: Head, notes: Notes) -> Iterator[Arrival]:
        for number, line in lines_of(opened):
            yield read_line(number, line)


def read_line(number: int, line: str | NotReadable) -> Arrival:
    """One contribution from one line, or what keeps the line from being JSON."""
    if isinstance(line, NotReadable):
        begins = {"line": BAD.sub("\ufffd", line.stood)}
        return Refused(number, (Problem("", "", line.rule, line.mend),), begins)
    if BAD.search(line):
        said = BAD.sub("\ufffd", line)[:200]
        problem = Problem("", said, "This line holds a character we could not read.", "Save it as UTF-8.")
        return Refused(number, (problem,), {"line": BAD.sub("\ufffd", line.strip())})
    try:
        told = json.loads(line)
    except (ValueError, RecursionError) as failure:
        mend = "Write one whole JSON object on the line, like the examples of each kind."
        problem = Problem("", line.strip()[:200], f"This line is not JSON ({str(failure)[:120]}).", mend)
        return Refused(number, (problem,), {"line": line.strip()})
    if not isinstance(told, dict):
        problem = Problem("", line.strip()[:200], "This line is not one JSON object.", "Write { … } on each line.")
        return Refused(number, (problem,), {"line": line.strip()})
    told.pop(PROBLEM, None)
    if HALF_A_SIGN.search(line) and holds_half_a_sign(told):
        problem = Problem("", line.strip()[:200], "This line holds half a character.", "Write each character whole.")
        return Refused(number, (problem,), {"line": line.strip()})
    return Told(number, told, told)


def holds_half_a_sign(told: object) -> bool:
    """Whether JSON spelt one half of a character that takes two: no database keeps it."""
    try:
        json.dumps(told, ensure_ascii=False).encode()
    except UnicodeEncodeError:
        return True
    return False


class CanonicalTable:
    name = "canonical_table"
    called = "contributions laid flat (CSV or XLSX)"
    rejects = "csv"

    def recognises(self, head: Head) -> bool:
        return head.shape == "table" and head.has("kind", "source.reference")

    def arrivals(self, opened: Opened, head: Head, notes: Notes) -> Iterator[Arrival]:
        known = Known()
        named = tuple(column.strip().lower() for column in head.columns)
        unknown = [name for name in named if name and name not in OURS and not known.column(name)]
        of_no_field = frozenset(unknown)

        def say(number: int, row: Row) -> Arrival:
            notes.columns.update(name for name in unknown if row.get(name))
            kept = {name: cell for name, cell in row.items() if cell and name not in of_no_field}
            return Told(number, unflatten(known.divided(kept), known.lists), row, of_people(kept))

        return tables.each(opened, named, say, named)


def of_people(row: Row) -> dict[str, str]:
    """The columns of people who stand elsewhere in what is told: a file may fill people.2 and leave people.1 empty."""
    filled = [name for name, cell in row.items() if name.startswith("people.") and cell.strip()]
    told = [(int(name.split(".")[1]), name) for name in filled]
    turns = {number: turn for turn, number in enumerate(sorted({number for number, _ in told}), start=1)}
    moved = [(number, name) for number, name in told if turns[number] != number]
    return {f"people.{turns[number]}.{name.split('.', 2)[2]}": name for number, name in moved}


class Known:
    """The columns that any kind of contribution may have."""

    def __init__(self) -> None:
        fields = [field for kind in kinds().values() for field in kind.fields]
        self.details = {field.key for field in fields}
        self.choices = {f"details.{field.key}" for field in fields if field.type == "choices"}
        self.dated = {f"details.{field.key}" for field in fields if field.type in {"date", "datetime"}} | TOP_DATES
        self.lists = frozenset({"aliases"} | {field.key for field in fields if field.type == "choices"})

    def column(self, name: str) -> bool:
        """Whether a column of this name says something to us."""
        first, _, rest = name.partition(".")
        if person := PERSON_COLUMN.fullmatch(name):
            return person[1] in (OPEN if person[2] else PERSON - OPEN)
        inside: dict[str, Any] = {"source": SOURCE, "place": PLACE, "details": self.details}
        return rest in inside[first] if first in inside else name in TOP - NESTED

    def divided(self, row: Row) -> Row:
        """People divide several answers with ; as readily as with |, and a sheet writes a date day first."""
        return {name: self.cell(name, text) for name, text in row.items()}

    def cell(self, name: str, text: str) -> str:
        if name in self.choices:
            return text.replace(";", LISTS)
        return year_first(text) if name in self.dated or name.endswith(".date_of_birth") else text


def year_first(text: str) -> str:
    """ "01/05/2010" and "01/05/2010 22:15", as a spreadsheet of this country writes them, as we write them; else the
    same again. It writes a day alone as its midnight too: that is the day, and no more."""
    read = DAY_FIRST.fullmatch(text.strip())
    if read is None:
        return text
    day, month, year, clock = read.groups()
    told = f"T{clock:0>5}" if clock and clock.strip("0:") else ""
    return f"{year}-{month:0>2}-{day:0>2}{told}"
