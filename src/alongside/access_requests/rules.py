"""The clock of a request, cutting words out of a text, and where other people's names stand in it."""

import calendar
import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

# What stands in the place of what was cut: the same whatever it was and however long.
TAKEN_OUT = "[taken out]"
SENTENCE = re.compile(r"\S.*?(?:[.!?]+(?=\s|$)|$|(?=\n))", re.DOTALL)
SHORTEST_NAME = 2


def months_later(day: date, months: int) -> date:
    """The same day of a later month, or its last where it has no such day."""
    years, month = divmod(day.month - 1 + months, 12)
    year, month = day.year + years, month + 1
    return date(year, month, min(day.day, calendar.monthrange(year, month)[1]))


def due_on(*, received_on: date, identity_on: date, months: int) -> date:
    """The clock begins when the request is here and whoever asks is known to be who they say."""
    return months_later(max(received_on, identity_on), months)


def extended_to(*, received_on: date, identity_on: date, months: int, extended_months: int) -> date:
    """Counted anew from the beginning, so that two months more are three in all."""
    return months_later(max(received_on, identity_on), months + extended_months)


@dataclass(frozen=True, order=True)
class Span:
    """A stretch of a text, from its first sign up to, not with, `end`."""

    start: int
    end: int


def cut(text: str, spans: Iterable[Span]) -> str:
    """The text without these stretches; those that touch or lie over each other leave one mark."""
    left, at = [], 0
    for span in joined(spans, longest=len(text)):
        left += [text[at : span.start], TAKEN_OUT]
        at = span.end
    return "".join([*left, text[at:]])


def joined(spans: Iterable[Span], *, longest: int) -> list[Span]:
    """In order, within the text, with no two that touch."""
    whole: list[Span] = []
    for span in sorted(spans):
        start, end = max(0, span.start), min(span.end, longest)
        if start >= end:
            continue
        if whole and start <= whole[-1].end:
            whole[-1] = Span(whole[-1].start, max(end, whole[-1].end))
        else:
            whole.append(Span(start, end))
    return whole


def sentences(text: str) -> list[Span]:
    """Where each sentence stands."""
    return [Span(found.start(), found.end()) for found in SENTENCE.finditer(text) if found.group().strip()]


def places_of(words: str, text: str) -> list[Span]:
    """Each place where these words stand whole, however they are written large or small."""
    wanted = words.strip()
    if len(wanted) < SHORTEST_NAME:
        return []
    pattern = r"(?<!\w)" + r"\s+".join(map(re.escape, wanted.split())) + r"(?!\w)"
    return [Span(found.start(), found.end()) for found in re.finditer(pattern, text, re.IGNORECASE)]


def others_named(text: str, *, others: Iterable[str], own: Iterable[str]) -> list[Span]:
    """Where somebody else's name or number stands. A name that is also the person's own is not offered: a brother
    has the same family name."""
    theirs = {name.casefold() for name in own}
    wanted = {name for name in others if name.casefold() not in theirs}
    return sorted({span for name in wanted for span in places_of(name, text)})


@dataclass(frozen=True)
class HeldBack:
    """How often something was held back, and why, as the letter says it."""

    says: str
    law: str
    count: int


UNNAMED = "For reasons that the law lets us not name."


def counted(reasons: Iterable[tuple[str, str, bool]]) -> list[HeldBack]:
    """(how it is said, the law, whether it may be named) of each thing held back → by reason, the unnamed together."""
    counts = Counter((says, law) if named else (UNNAMED, "") for says, law, named in reasons)
    return [
        HeldBack(says, law, count) for (says, law), count in sorted(counts.items(), key=lambda one: one[0][1] == "")
    ]
