"""When something happened, kept as exactly as it was told and no more."""

import re
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

LONDON = ZoneInfo("Europe/London")
DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
MONTH = re.compile(r"\d{4}-\d{2}")
YEAR = re.compile(r"\d{4}")
EARLIEST = datetime(1990, 1, 1, tzinfo=UTC)
# How an envelope says that nobody told the day, and how exactly it is then known when it happened.
NOT_TOLD, UNTOLD = "not_told", "untold"


def moment(text: str) -> tuple[datetime, str]:
    """`2026-03-04T22:15` → (that moment in UTC, "minute"); a bare day or month keeps its precision.

    Times without an offset are Europe/London. Raises ValueError for what is no date.
    """
    text = text.strip()
    if DAY.fullmatch(text):
        return datetime.fromisoformat(text).replace(tzinfo=LONDON).astimezone(UTC), "day"
    if MONTH.fullmatch(text):
        return datetime.fromisoformat(f"{text}-01").replace(tzinfo=LONDON).astimezone(UTC), "month"
    told = datetime.fromisoformat(text)
    if told.tzinfo is None:
        told = told.replace(tzinfo=LONDON)
    return told.astimezone(UTC), "minute"


class NotAliveError(ValueError):
    """A date, but of nobody who is alive on that day."""


def birth_date(text: str, *, today: date) -> str:
    """A whole or partial date of birth, as ISO. Raises ValueError when it is none, NotAliveError when nobody alive
    was born then."""
    text = text.strip()
    if YEAR.fullmatch(text):
        first = date(int(text), 1, 1)
    elif MONTH.fullmatch(text):
        first = date.fromisoformat(f"{text}-01")
    elif DAY.fullmatch(text):
        first = date.fromisoformat(text)
    else:
        raise ValueError(text)
    if first > today or first.year < 1900:
        raise NotAliveError(text)
    return text
