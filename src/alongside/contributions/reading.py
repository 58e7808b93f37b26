"""Reading one envelope: the values as meant, and everything that is wrong with them."""

from collections.abc import Iterator
from datetime import datetime

from alongside.shared import identifiers

from .rules import Problem

TOO_LONG = 20_000
# How each is checked, what is wrong where the check fails, and how to mend it.
NUMBERS = {
    "nhs_number": (
        identifiers.nhs_number,
        "This is no NHS number: its digits do not check.",
        "Give the ten digits of the NHS number, or leave it empty.",
    ),
    "upn": (
        identifiers.upn,
        "This is no pupil number: its letter and digits do not check.",
        "Give the pupil number as the school holds it, 13 characters, or leave it empty.",
    ),
    "la_child_id": (
        identifiers.la_child_id,
        "This is no council’s id of a child.",
        "Give letters and digits only, 20 at most, or leave it empty.",
    ),
    "postcode": (
        identifiers.postcode,
        "This is not written as a postcode is.",
        "Give a whole postcode, like LS2 7HU, or leave it empty.",
    ),
}
PLACEHOLDER = "This is a placeholder, not a number: one digit, ten times."


class Told:
    """Gathers what is wrong while one envelope is read."""

    def __init__(self, at: datetime) -> None:
        self.at = at
        self.problems: list[Problem] = []

    def wrong(self, field: str, value: object, rule: str, mend: str) -> None:
        self.problems.append(Problem(field, str(value)[:200], rule, mend))

    def text(self, field: str, value: object, *, most: int = TOO_LONG) -> str:
        if value is None:
            return ""
        if not isinstance(value, str):
            self.wrong(field, value, "This must be text.", "Put the value in quotation marks.")
            return ""
        if len(value) > most:
            self.wrong(field, value, f"This is longer than {most} characters.", "Shorten it.")
        if "\x00" in value:
            self.wrong(field, value, "This holds a character no database can keep (NUL).", "Take it out.")
        return value.strip()

    def unknown(self, prefix: str, given: Iterator[str], known: frozenset[str]) -> None:
        for name in given:
            if name not in known:
                self.wrong(f"{prefix}{name}", name, "No field has this name.", "Take it out, or mend its name.")


def number(told: Told, field: str, raw: object, name: str) -> str:
    """The number of that name with its digits checked, or "" with what is wrong."""
    text = told.text(field, raw, most=40)
    if not text:
        return ""
    check, rule, mend = NUMBERS[name]
    number = check(text)
    if number is None:
        # It passes the check of its digits, and systems put it where they need ten and know none.
        is_placeholder = name == "nhs_number" and identifiers.is_one_digit_repeated(text)
        told.wrong(field, text, PLACEHOLDER if is_placeholder else rule, mend)
    return number or ""
