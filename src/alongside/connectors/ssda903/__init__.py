"""SSDA903, the return of children whom a council looks after: three tables of it, in any order.

Source: DfE, SSDA903 guide. Days are written 27/03/2008. Each child's record is known by CHILD.
"""

from collections.abc import Callable, Iterator
from typing import Any

from alongside.connectors import tables
from alongside.connectors.arrivals import Arrival, Head, Notes, Told
from alongside.connectors.children import COUNCIL, Turns, child, day_or_text
from alongside.connectors.reading import Opened
from alongside.connectors.tables import Row
from alongside.contributions.rules import Problem

from . import told

SYSTEM = "ssda903"
TABLES = {
    "header": ("CHILD", "SEX", "DOB", "ETHNIC", "UPN", "MOTHER", "MC_DOB"),
    "episodes": (
        *("CHILD", "DECOM", "RNE", "LS", "CIN", "PLACE", "PLACE_PROVIDER", "DEC", "REC"),
        *("REASON_PLACE_CHANGE", "HOME_POST", "PL_POST", "URN"),
    ),
    "missing": ("CHILD", "DOB", "MISSING", "MIS_START", "MIS_END"),
}
NEEDED = {
    "header": ("CHILD", "SEX", "DOB", "ETHNIC"),
    "episodes": ("CHILD", "DECOM", "LS", "PLACE"),
    "missing": ("CHILD", "MISSING", "MIS_START"),
}
CALLED = {
    "header": {"occurred_at": "DOB"},
    "episodes": {"occurred_at": "DECOM", "details.started_on": "DECOM", "details.ended_on": "DEC"},
    "missing": {"occurred_at": "MIS_START", "details.returned_at": "MIS_END"},
}
SAY: dict[str, Callable[[Row], told.Telling]] = {
    "header": told.of_header,
    "episodes": told.of_episode,
    "missing": told.of_missing,
}


class Ssda903:
    rejects = "csv"

    def __init__(self, table: str) -> None:
        self.table = table
        self.name = f"ssda903_{table}"
        self.called = f"children looked after, table {table} (SSDA903 CSV)"

    def recognises(self, head: Head) -> bool:
        return head.shape == "table" and head.has(*NEEDED[self.table])

    def arrivals(self, opened: Opened, head: Head, notes: Notes) -> Iterator[Arrival]:
        turns = Turns()

        def say(number: int, row: Row) -> Arrival | list[Problem]:
            reference = row["CHILD"].strip()
            if not reference:
                mend = "Give the number by which the council knows the child."
                return [Problem("CHILD", "", "This row names no child.", mend)]
            for column, reason in told.LEFT_OUT.items():
                if row.get(column, "").strip():
                    notes.leave_out(reason)
            telling = SAY[self.table](row)
            person = child(reference, notes, today=head.today, told=facts(row, reference))
            key = turns.name(f"{reference}-{self.table}-{day_or_text(telling.on)}".removesuffix("-"))
            return Told(number, in_envelope(key, telling, person), row, CALLED[self.table])

        return tables.each(opened, head.columns, say, TABLES[self.table])


def facts(row: Row, reference: str) -> dict[str, str]:
    """The child as the return names their facts, in the words that `children.child` reads."""
    return {
        "la_child_id": reference,
        "upn": row.get("UPN", "") if row.get("UPN", "").upper() not in told.NO_UPN else "",
        "dob": row.get("DOB", ""),
        "sex": row.get("SEX", ""),
        "ethnicity": row.get("ETHNIC", ""),
        "postcode": row.get("HOME_POST", ""),
    }


def in_envelope(key: str, telling: told.Telling, person: dict[str, Any]) -> dict[str, Any]:
    return {
        "kind": telling.kind,
        "source": {"agency": COUNCIL, "system": SYSTEM, "reference": key},
        "occurred_at": day_or_text(telling.on),
        "narrative": telling.narrative,
        "people": [person],
        "details": telling.details,
    }
