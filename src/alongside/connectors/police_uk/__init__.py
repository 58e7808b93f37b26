"""police.uk street-level crime: anonymous incidents, a month and a street point; no person.

Source: https://data.police.uk/about/ (columns, and how points are snapped to a street).
"""

import re
from collections import Counter
from collections.abc import Iterator
from hashlib import blake2b

from alongside.connectors import tables
from alongside.connectors.arrivals import Arrival, Head, Known, Notes
from alongside.connectors.reading import Opened
from alongside.connectors.tables import Row
from alongside.contributions.rules import Problem
from alongside.places.models import AnonymousIncident

MONTH = re.compile(r"[12][0-9]{3}-(0[1-9]|1[0-2])")
CONTENT = ("Month", "Falls within", "Longitude", "Latitude", "Location", "LSOA code", "Crime type")
COLUMNS = ("Crime ID", *CONTENT, "Last outcome category", "LSOA name", "Reported by", "Context")
LEFT_OUT = {
    "LSOA name": "names of neighbourhoods (LSOA), because their codes and the boundaries carry them",
    "Reported by": "the force that reported, because the force in whose area it fell is kept",
    "Context": "context, which police.uk no longer fills",
}


class Turns:
    """Which turn this is of a crime in one file.

    A Crime ID may repeat, and anti-social behaviour has none: its content stands for it. The second and later
    turns get a key of their own, so that every row counts, and the same file again is the same rows.
    """

    def __init__(self) -> None:
        self.seen: Counter[bytes] = Counter()

    def key(self, row: Row) -> str:
        name = row.get("Crime ID", "").strip()
        if not name:
            told = "\x1f".join(row.get(column, "") for column in CONTENT)
            name = "none-" + blake2b(told.encode(), digest_size=16).hexdigest()
        short = blake2b(name.encode(), digest_size=8).digest()
        self.seen[short] += 1
        turn = self.seen[short]
        return name if turn == 1 else f"{name}-{turn}"


class PoliceUk:
    name = "police_uk"
    called = "police.uk street-level crime (CSV)"
    rejects = "csv"

    def recognises(self, head: Head) -> bool:
        return head.shape == "table" and head.has("Crime ID", "Month", "Falls within", "LSOA code", "Crime type")

    def arrivals(self, opened: Opened, head: Head, notes: Notes) -> Iterator[Arrival]:
        turns = Turns()

        def say(number: int, row: Row) -> Arrival | list[Problem]:
            for column, reason in LEFT_OUT.items():
                if row.get(column):
                    notes.leave_out(reason)
            problems = problems_in(row)
            return problems or Known(number, (incident(row, turns.key(row)),))

        return tables.each(opened, head.columns, say, COLUMNS)


def degrees(row: Row, column: str) -> float | None:
    """Blank is None: police.uk leaves the point out where there is none. Raises ValueError for no number."""
    text = row.get(column, "").strip()
    return float(text) if text else None


def problems_in(row: Row) -> list[Problem]:
    """Everything that keeps this row from being one incident."""
    problems = []
    if not MONTH.fullmatch(row["Month"]):
        mend = "Give the month like 2016-07."
        problems.append(Problem("Month", row["Month"][:200], "This is no month.", mend))
    if not row["Crime type"].strip():
        problems.append(Problem("Crime type", "", "This is missing.", "Say which type of crime it is."))
    if len(row["Crime ID"]) > 70:
        problems.append(Problem("Crime ID", row["Crime ID"][:200], "This is too long.", "Give the 64 signs."))
    for column, most in (("Longitude", 180), ("Latitude", 90)):
        try:
            value = degrees(row, column) or 0
        except ValueError:
            value = most + 1
        if not -most <= value <= most:
            mend = "Give decimal degrees, like 53.797 and -1.535, or leave both empty."
            problems.append(Problem(column, row[column][:200], "This is no place on Earth.", mend))
    return problems


def incident(row: Row, key: str) -> AnonymousIncident:
    street = row.get("Location", "").removeprefix("On or near ").strip()
    return AnonymousIncident(
        key=key,
        force=row["Falls within"][:80],
        month=row["Month"],
        category=row["Crime type"].strip()[:60],
        street="" if street == "No Location" else street[:160],
        latitude=degrees(row, "Latitude"),
        longitude=degrees(row, "Longitude"),
        lsoa_code=row["LSOA code"].strip()[:9],
        outcome=row.get("Last outcome category", "").strip()[:120],
    )
