"""A date of which some parts may be unknown, as people remember it: "March 2010", "in 2010"."""

from dataclasses import dataclass
from datetime import date

from alongside.web.dates import MONTHS, day_and_year, month

EARLIEST_YEAR = 1900


class DateNotUnderstoodError(ValueError):
    """The parts make no date; the message says, for the reader, how to mend them."""


@dataclass(frozen=True)
class PartialDate:
    """A year, perhaps its month, perhaps its day."""

    year: int
    month: int | None = None
    day: int | None = None

    @property
    def whole(self) -> date | None:
        """The date where every part is known, else nothing."""
        return date(self.year, self.month, self.day) if self.month and self.day else None

    @property
    def iso(self) -> str:
        """ "2010-03-04", "2010-03" or "2010"."""
        return "-".join(f"{part:02}" for part in (self.year, self.month, self.day) if part)

    def __str__(self) -> str:
        """ "4 March 2010", "March 2010" or "2010"."""
        if self.whole:
            return day_and_year(self.whole)
        return month(date(self.year, self.month, 1)) if self.month else str(self.year)


def number_of_month(text: str) -> int:
    """A month from its number or the first letters of its name (three at least)."""
    if text.isdecimal():
        return int(text)
    for number, name in enumerate(MONTHS, start=1):
        if len(text) >= 3 and name.lower().startswith(text.lower()):
            return number
    raise DateNotUnderstoodError("Write the month as a number, like 11, or as a word, like November")


def read_parts(day: str, month: str, year: str) -> PartialDate | None:
    """A date from what was typed in three boxes; nothing where all are empty."""
    day, month, year = day.strip(), month.strip(), year.strip()
    if not (day or month or year):
        return None
    if not (year.isdecimal() and len(year) == 4):
        raise DateNotUnderstoodError("Write the year with four digits, like 2026")
    if int(year) < EARLIEST_YEAR:
        raise DateNotUnderstoodError(f"Look at the year: it is before {EARLIEST_YEAR}")
    if day and not month:
        raise DateNotUnderstoodError("Add the month, like 11, or leave the day empty")
    if day and not day.isdecimal():
        raise DateNotUnderstoodError("Write the day as a number, like 23")
    return checked(int(year), number_of_month(month) if month else None, int(day) if day else None)


def checked(year: int, month: int | None, day: int | None) -> PartialDate:
    """The date, if the calendar has it."""
    if month is not None and not 1 <= month <= len(MONTHS):
        raise DateNotUnderstoodError("Write a month from 1 to 12")
    if month is not None and day is not None:
        try:
            date(year, month, day)
        except ValueError:
            said = f"{day} {MONTHS[month - 1]} {year}"
            raise DateNotUnderstoodError(f"There is no {said}. Check the day and the month") from None
    return PartialDate(year, month, day)
