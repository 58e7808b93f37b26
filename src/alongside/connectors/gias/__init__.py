"""GIAS, the government's register of schools: what each is and where. No name of staff is kept."""

from collections.abc import Iterator

from alongside.connectors import tables
from alongside.connectors.arrivals import Arrival, Head, Known, Notes
from alongside.connectors.reading import Opened
from alongside.connectors.tables import Row
from alongside.contributions.rules import Problem
from alongside.places.models import Establishment
from alongside.shared.identifiers import postcode

STAFF = "names of head teachers, because we keep no names of staff"
LEFT_OUT = {
    "HeadTitle (name)": "",
    "HeadFirstName": "",
    "HeadLastName": STAFF,
    "HeadPreferredJobTitle": "job titles of head teachers, because we keep nothing of staff",
    "TelephoneNum": "telephone numbers of schools, because the partnership keeps its own",
    "PropsName": "names of proprietors, because they may be people",
    "SchoolWebsite": "websites of schools, because the partnership keeps its own",
    "Street": "street addresses, because the postcode and grid reference say where it is",
}
NUMBERS = {
    "Easting": ("easting", 999_999),
    "Northing": ("northing", 1_999_999),
    "StatutoryLowAge": ("low_age", 99),
    "StatutoryHighAge": ("high_age", 99),
}
TEXTS = {
    "EstablishmentName": ("name", 200),
    "PhaseOfEducation (name)": ("phase", 60),
    "TypeOfEstablishment (name)": ("kind", 100),
    "EstablishmentStatus (name)": ("status", 60),
    "LA (code)": ("la_code", 3),
    "EstablishmentNumber": ("establishment_number", 4),
    "Town": ("town", 100),
    "LSOA (code)": ("lsoa_code", 9),
}
COLUMNS = ("URN", "Postcode", *TEXTS, *NUMBERS, *LEFT_OUT)


class Gias:
    name = "gias"
    called = "Get Information about Schools (CSV)"
    rejects = "csv"

    def recognises(self, head: Head) -> bool:
        return head.shape == "table" and head.has("URN", "EstablishmentName", "LA (code)")

    def arrivals(self, opened: Opened, head: Head, notes: Notes) -> Iterator[Arrival]:
        def say(number: int, row: Row) -> Arrival | list[Problem]:
            problems = problems_in(row)
            if problems:
                return problems
            for column, reason in LEFT_OUT.items():
                if reason and row.get(column, "").strip():
                    notes.leave_out(reason)
            return Known(number, (establishment(row, notes),))

        return tables.each(opened, head.columns, say, COLUMNS)


def problems_in(row: Row) -> list[Problem]:
    problems = []
    urn = row["URN"].strip()
    if not (urn.isascii() and urn.isdigit() and len(urn) == 6):
        problems.append(Problem("URN", urn[:200], "This is no URN.", "Give the school's six digits."))
    if not row["EstablishmentName"].strip():
        problems.append(Problem("EstablishmentName", "", "This is missing.", "Give the school's name."))
    for column, (_, most) in NUMBERS.items():
        text = row.get(column, "").strip()
        if text and not (text.isascii() and text.isdigit() and int(text[:9]) <= most):
            mend = f"Give a whole number up to {most}, or leave it empty."
            problems.append(Problem(column, text[:200], "This is not a number that can be.", mend))
    return problems


def establishment(row: Row, notes: Notes) -> Establishment:
    told = {name: row.get(column, "").strip()[:most] for column, (name, most) in TEXTS.items()}
    given_numbers = {name: row.get(column, "").strip() for column, (name, _) in NUMBERS.items()}
    given_numbers = {name: row.get(column, "").strip() for column, (name, _) in NUMBERS.items()}
    numbers = {name: int(text) if text else None for name, text in given_numbers.items()}
    given = row.get("Postcode", "").strip()
    if given and postcode(given) is None:
        notes.leave_out("postcodes that are none")
    return Establishment(urn=row["URN"].strip(), postcode=postcode(given) or "", **told, **numbers)
