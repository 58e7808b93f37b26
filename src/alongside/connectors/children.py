"""What councils’ returns say of a child, as a person of an envelope; what cannot be is left out and counted."""

from datetime import date, datetime
from typing import Any

from alongside.contributions.moments import birth_date
from alongside.shared import identifiers
from alongside.web.dates import day_and_year

from .arrivals import Notes

COUNCIL = "leeds-city-council"
SEXES = {"1": "M", "2": "F", "0": "U", "9": "U", "M": "M", "F": "F", "U": "U"}
CHECKS = {"upn": identifiers.upn, "la_child_id": identifiers.la_child_id, "postcode": identifiers.postcode}
WORDS = {
    "upn": "pupil numbers (UPN) whose check letter does not fit, left empty",
    "la_child_id": "child ids that are not 1 to 20 letters and digits, left empty",
    "postcode": "postcodes that are none, left empty",
}


def iso(text: str) -> str:
    """`27/03/2008` → `2008-03-27`; a day already written year first stays. Raises ValueError for no day."""
    text = text.strip()
    if "/" in text:
        return datetime.strptime(text, "%d/%m/%Y").date().isoformat()  # noqa: DTZ007 - a day has no zone
    return date.fromisoformat(text[:10]).isoformat()


def day_or_text(text: str) -> str:
    """The day as ISO; what is no day stays as it stands, for the envelope's own check to refuse in words."""
    try:
        return iso(text)
    except ValueError:
        return text.strip()


def in_words(text: str) -> str:
    """27 March 2008; what is no day stays as it stands."""
    try:
        return day_and_year(date.fromisoformat(iso(text)))
    except ValueError:
        return text.strip()


def sentences(*parts: tuple[str, str]) -> str:
    """("Main need", "Abuse or neglect") → "Main need: Abuse or neglect." Parts without words are left out."""
    return " ".join(f"{label}: {words}." for label, words in parts if words)


def born(text: str, notes: Notes, *, today: date) -> str:
    """The date of birth as ISO, or "" counted where it is none."""
    if not text.strip():
        return ""
    try:
        return birth_date(iso(text), today=today)
    except ValueError:
        notes.leave_out("dates of birth that cannot be, left empty")
        return ""


def child(reference: str, notes: Notes, *, today: date, told: dict[str, str]) -> dict[str, Any]:
    """The person of an envelope. `told`: upn, la_child_id, postcode, dob, sex, ethnicity as returned."""
    person: dict[str, Any] = {"role": "subject", "reference": reference}
    for name, check in CHECKS.items():
        if given := told.get(name, "").strip():
            number = check(given)
            if number is None:
                notes.leave_out(WORDS[name])
            else:
                person[name] = number
    person["date_of_birth"] = born(told.get("dob", ""), notes, today=today)
    person["sex"] = SEXES.get(told.get("sex", "").strip().upper(), "")
    if code := told.get("ethnicity", "").strip().upper():
        person["ethnicity"] = {"scheme": "dfe", "code": code}
    return {name: value for name, value in person.items() if value}


class Turns:
    """Gives the second and later thing of one name in a file a name of its own."""

    def __init__(self) -> None:
        self.seen: dict[str, int] = {}

    def name(self, text: str) -> str:
        turn = self.seen[text] = self.seen.get(text, 0) + 1
        return text if turn == 1 else f"{text}-{turn}"
