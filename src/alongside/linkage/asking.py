"""What somebody typed to find a child, taken apart: names, dates of which parts may be missing, numbers."""

import re
from collections.abc import Callable
from dataclasses import dataclass

from .names import tokens

MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
# A month as it is written whole or short: "Mark" and "Maya" are names.
MONTH = (
    "jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|"
    "nov(?:ember)?|dec(?:ember)?"
)
DAY_NUMBER, MONTH_NUMBER = r"(0?[1-9]|[12]\d|3[01])", r"(0?[1-9]|1[0-2])"
YEAR = r"(?:19|20)\d\d"
LONGEST, MOST_WORDS = 200, 8
# Whoever is looked for was born before this year of the century, or in the last.
HALF = 30


@dataclass(frozen=True)
class Asked:
    """Words of names; dates as "2010", "2010-05", "2010-05-01" or, of no known year, "--05-01"; numbers in capitals
    without spaces."""

    words: tuple[str, ...]
    dates: tuple[str, ...]
    numbers: tuple[str, ...]

    def __bool__(self) -> bool:
        return bool(self.words or self.dates or self.numbers)


def _iso(year: str, month: str = "", day: str = "") -> str:
    return "-".join(part.zfill(2) for part in (year, month, day) if part)


def _day(month: str, day: str) -> str:
    return f"--{month.zfill(2)}-{day.zfill(2)}"


def _century(year: str) -> str:
    return f"{'19' if int(year) >= HALF else '20'}{year}"


def _month(word: str) -> str:
    return str(MONTHS.index(word[:3].lower()) + 1)


Reading = tuple[re.Pattern[str], Callable[[re.Match[str]], str]]
# The fullest reading first: what it takes is gone before the next one looks.
DATES: tuple[Reading, ...] = (
    (re.compile(rf"\b({YEAR})-(\d\d?)(?:-(\d\d?))?\b"), lambda m: _iso(m[1], m[2], m[3] or "")),
    (re.compile(rf"\b(\d\d?)[/.-](\d\d?)[/.-]({YEAR})\b"), lambda m: _iso(m[3], m[2], m[1])),
    (re.compile(rf"\b(\d\d?)[/.-]({YEAR})\b"), lambda m: _iso(m[2], m[1])),
    (
        re.compile(rf"\b(\d\d?)(?:st|nd|rd|th)?\s+({MONTH})\s+({YEAR})\b", re.I),
        lambda m: _iso(m[3], _month(m[2]), m[1]),
    ),
    (re.compile(rf"\b({MONTH})\s+({YEAR})\b", re.I), lambda m: _iso(m[2], _month(m[1]))),
    (
        re.compile(rf"(?<!\S){DAY_NUMBER}[/.]{MONTH_NUMBER}[/.](\d\d)(?!\S)"),
        lambda m: _iso(_century(m[3]), m[2], m[1]),
    ),
    (re.compile(rf"(?<!\S){DAY_NUMBER}/{MONTH_NUMBER}(?!\S)"), lambda m: _day(m[2], m[1])),
    (
        re.compile(rf"(?<!\S){DAY_NUMBER}(?:st|nd|rd|th)?\s+({MONTH})(?!\S)", re.I),
        lambda m: _day(_month(m[2]), m[1]),
    ),
    (
        re.compile(rf"(?<!\S)({MONTH})\s+{DAY_NUMBER}(?:st|nd|rd|th)?(?!\S)", re.I),
        lambda m: _day(_month(m[1]), m[2]),
    ),
)
ALONE = re.compile(rf"(?<![\w-])({YEAR})(?![\w-])")
# An NHS number is often written in threes and fours.
SPACED = re.compile(r"\b\d{3}[ -]\d{3}[ -]\d{4}\b")
NUMBER = re.compile(r"(?<!\S)(?=\S*\d)[\w./#-]{2,120}(?!\S)")


def read_asked(text: str) -> Asked:
    """The parts of what was typed; nothing is refused, what cannot be read is a name."""
    rest = text.strip()[:LONGEST]
    numbers = [re.sub(r"\D", "", found) for found in SPACED.findall(rest)]
    rest = SPACED.sub(" ", rest)
    dates: list[str] = []
    for pattern, read in DATES:
        dates += [read(match) for match in pattern.finditer(rest)]
        rest = pattern.sub(" ", rest)
    dates += ALONE.findall(rest)
    rest = ALONE.sub(" ", rest)
    numbers += [found.upper() for found in NUMBER.findall(rest)]
    words = tokens(NUMBER.sub(" ", rest))[:MOST_WORDS]
    # A reference of a person may hold no digit at all.
    numbers += [word.upper() for word in words if len(word) == 8]
    return Asked(tuple(words), tuple(dict.fromkeys(dates)), tuple(dict.fromkeys(numbers)))
