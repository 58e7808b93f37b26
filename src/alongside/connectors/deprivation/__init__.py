"""Deprivation by neighbourhood: the English Indices of 2019 (LSOA 2011) and of 2025 (LSOA 2021).

1 is the most deprived, in ranks and deciles alike.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from alongside.connectors import tables
from alongside.connectors.arrivals import Arrival, Head, Known, Notes
from alongside.connectors.reading import Opened
from alongside.connectors.tables import Row
from alongside.contributions.rules import Problem
from alongside.places.models import Deprivation

AREA = re.compile(r"[EW]01[0-9]{6}")
OVERALL = "overall"


@dataclass(frozen=True)
class Edition:
    """How one edition's file names its columns. `domains`: our word → (rank, decile, score) columns."""

    name: str
    area: str
    domains: dict[str, tuple[str, str, str]]
    left_out: tuple[str, ...] = ()

    @property
    def columns(self) -> tuple[str, ...]:
        named = [column for columns in self.domains.values() for column in columns if column]
        return (self.area, *named, *self.left_out)


def of_2025(word: str) -> tuple[str, str, str]:
    return f"{word}_rank", f"{word}_decile", f"{word}_score"


LONG_2019 = "Index of Multiple Deprivation (IMD)"
DOMAINS_2025 = {
    OVERALL: "IMD",
    "income": "Income",
    "employment": "Employment",
    "education": "Education",
    "health": "Health",
    "crime": "Crime",
    "housing and services": "Housing_and_Services",
    "environment": "Environment",
}
EDITIONS = (
    Edition(
        "2019",
        "LSOA code (2011)",
        {OVERALL: (f"{LONG_2019} Rank", f"{LONG_2019} Decile", "")},
        ("LSOA name (2011)", "Local Authority District name (2019)"),
    ),
    Edition("2025", "lsoa21_code", {ours: of_2025(theirs) for ours, theirs in DOMAINS_2025.items()}),
)


def edition_of(head: Head) -> Edition | None:
    """The edition whose area code and overall decile stand in the header."""
    return next((one for one in EDITIONS if head.has(one.area, one.domains[OVERALL][1])), None)


class DeprivationIndex:
    name = "deprivation"
    called = "English Indices of Deprivation 2019 or 2025 (CSV)"
    rejects = "csv"

    def recognises(self, head: Head) -> bool:
        return head.shape == "table" and edition_of(head) is not None

    def arrivals(self, opened: Opened, head: Head, notes: Notes) -> Iterator[Arrival]:
        edition = edition_of(head)
        assert edition is not None

        def say(number: int, row: Row) -> Arrival | list[Problem]:
            for column in edition.left_out:
                if row.get(column):
                    notes.leave_out(f"{column}, because the boundaries carry names")
            return read(edition, number, row)

        return tables.each(opened, head.columns, say, edition.columns)


def number(text: str) -> float | None:
    """`29,199` → 29199.0; blank → None. Raises ValueError for what is no number."""
    text = text.replace(",", "").strip()
    return float(text) if text else None


def read(edition: Edition, at_row: int, row: Row) -> Arrival | list[Problem]:
    """One area with its ranks and deciles, or everything that is wrong with the row."""
    code = row[edition.area].strip()
    problems = []
    if not AREA.fullmatch(code):
        problems.append(Problem(edition.area, code[:200], "This is no LSOA code.", "Give a code like E01011264."))
    things = []
    for domain, columns in edition.domains.items():
        try:
            rank, decile, score = (number(row.get(column, "")) for column in columns)
        except ValueError:
            rank, decile, score = None, 0.0, None
        if decile is None and rank is None:
            continue
        if decile is None or decile not in range(1, 11) or (rank is not None and rank < 1):
            told = row.get(columns[1], "")[:200]
            problems.append(Problem(columns[1], told, "This is no decile.", "Give 1 (most deprived) to 10."))
            continue
        told_rank = None if rank is None else int(rank)
        facts = {"rank": told_rank, "decile": int(decile), "score": score}
        things.append(Deprivation(area_code=code, edition=edition.name, domain=domain, **facts))
    return problems or Known(at_row, tuple(things))
