"""The event strip: when things happened and which agency told of them, as one picture in black and white.

Pure: equal entries make equal bytes. Wide for desks and paper; tall, newest on top, for phones. Meaning is
shape and fill, never colour.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from html import escape

from alongside.web.dates import counted

from .strip_marks import BESIDE, NO_EVENT, Mark, bar, crowded, drawn, shape_of, symbol

__all__ = ["Mark", "Strip", "shape_of", "strip_of"]

MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
WIDTH, LABELS, LANE, TOP = 700, 118, 32, 14
TALL_WIDTH, GUTTER, COLUMN, MONTH, HEAD = 289, 44, 49, 56, 24
MOST_COLUMNS = 5
TALLEST = 24 * MONTH


@dataclass(frozen=True)
class Strip:
    """The picture in its two forms, and the sentence that both are named by. A sixth agency and beyond
    make a second tall picture."""

    wide: str
    tall: tuple[str, ...]
    sentence: str
    shapes: frozenset[str]


def sentence_of(marks: list[Mark]) -> str:
    """ "8 events, told by 5 agencies; 5 of them hurt or in danger; 1 thing owed has not come". What several
    agencies told of one incident is one event."""
    told = [mark for mark in marks if mark.shape not in NO_EVENT]
    waits, owed = (sum(mark.shape == shape for mark in marks) for shape in ("wait", "owed"))
    tellers = agencies_in_words(len({mark.lane for mark in told}))
    said = f"{counted(events_in(told), 'event')}, told by {tellers}" if told else ""
    danger = events_in([mark for mark in told if mark.shape == "danger"])
    in_danger = f"{danger} of them hurt or in danger" if danger else ""
    parts = [said, in_danger, f"{counted(waits, 'wait')} for a service" if waits else "", owed_in_words(owed)]
    return "; ".join(part for part in parts if part)


def events_in(marks: list[Mark]) -> int:
    alone = sum(not mark.incident for mark in marks)
    return alone + len({mark.incident for mark in marks if mark.incident})


def owed_in_words(number: int) -> str:
    if not number:
        return ""
    return f"{counted(number, 'thing')} owed {'has' if number == 1 else 'have'} not come"


def agencies_in_words(number: int) -> str:
    return "1 agency" if number == 1 else f"{number} agencies"


def strip_of(marks: Iterable[Mark], *, first: date, today: date) -> Strip | None:
    """The strip from `first` to today; nothing where nothing happened in that time."""
    shown = sorted(mark for mark in marks if first <= mark.day <= today)
    if not shown:
        return None
    lanes = sorted({(mark.lane, mark.short) for mark in shown})
    sentence = sentence_of(shown)
    columns = [lanes[at : at + MOST_COLUMNS] for at in range(0, len(lanes), MOST_COLUMNS)]
    tall = tuple(tall_of(shown, some, first=first, today=today, named=sentence) for some in columns)
    more = {
        "span": any(mark.days for mark in shown if mark.shape != "wait"),
        "day unknown": not all(mark.is_dated for mark in shown),
    }
    shapes = frozenset({mark.shape for mark in shown} | {shape for shape, drawn in more.items() if drawn})
    return Strip(wide_of(shown, lanes, first=first, today=today, named=sentence), tall, sentence, shapes)


def beginnings(first: date, today: date) -> list[date]:
    """The first days of the months that begin within the strip, thinned to at most twelve."""
    months, at = [], (first.year, first.month)
    while at <= (today.year, today.month):
        day = date(*at, 1)
        if day >= first:
            months.append(day)
        at = (at[0] + 1, 1) if at[1] == 12 else (at[0], at[1] + 1)
    every = -(-len(months) // 12) or 1
    return months[::every]


def framed(width: int, height: int, named: str, parts: list[str]) -> str:
    """An SVG of those parts, named by the sentence."""
    said = escape(named)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" role="img" '
        f'aria-label="{said}" fill="none" stroke="currentColor" '
        f'font-family="Arial, Helvetica, sans-serif"><title>{said}</title>'
        f"<desc>The list below the picture has the same events.</desc>{''.join(parts)}</svg>"
    )


def words(x: float, y: float, text: str, size: int, more: str = "") -> str:
    return f'<text x="{x:g}" y="{y:g}" font-size="{size}" fill="currentColor" stroke="none"{more}>{text}</text>'


def line(x1: float, y1: float, x2: float, y2: float, opacity: str = "0.25") -> str:
    return f'<path d="M{x1:g} {y1:g}L{x2:g} {y2:g}" stroke-opacity="{opacity}"/>'


def along(day: date, first: date, today: date, start: float, length: float) -> float:
    """How far along the strip a day lies, to a tenth of a unit."""
    return round(start + length * (day - first).days / max(1, (today - first).days), 1)


def wide_of(marks: list[Mark], lanes: list[tuple[str, str]], *, first: date, today: date, named: str) -> str:
    """Time runs to the right, one lane an agency; the right edge is today."""
    start, length = LABELS + 14, WIDTH - LABELS - 34
    bottom = TOP + LANE * len(lanes)

    def across(day: date) -> float:
        return along(day, first, today, start, length)

    parts = [line(across(day), TOP - 6, across(day), bottom + 2) for day in beginnings(first, today)]
    parts += [
        words(across(day), bottom + 18, month_word(day, first), 14, ' text-anchor="middle"')
        for day in beginnings(first, today)
    ]
    middles = {lane: TOP + LANE * turn + LANE // 2 for turn, (lane, _) in enumerate(lanes)}
    for lane, short in lanes:
        parts.append(words(0, middles[lane] + 5, escape(short), 16))
        parts.append(line(LABELS, middles[lane], WIDTH, middles[lane], "0.5"))
    spots = [(mark, across(mark.day), float(middles[mark.lane])) for mark in marks]
    bars = [bar(mark, x, y, across(min(mark.until, today)), y) for mark, x, y in spots if mark.days]
    return framed(WIDTH, bottom + 26, named, parts + bars + joins(spots) + symbols(spots, by_x=True))


def tall_of(marks: list[Mark], lanes: list[tuple[str, str]], *, first: date, today: date, named: str) -> str:
    """Time runs down from today, one column an agency."""
    length = min(TALLEST, max(2 * MONTH, MONTH * (today - first).days // 30))

    def down(day: date) -> float:
        return round(2 * (HEAD + 14) + length - along(day, first, today, HEAD + 14, length), 1)

    parts = [line(GUTTER, down(day), TALL_WIDTH, down(day)) for day in beginnings(first, today)]
    parts += [words(0, down(day) + 5, month_word(day, first), 14) for day in beginnings(first, today)]
    middles = {lane: GUTTER + COLUMN * turn + COLUMN / 2 for turn, (lane, _) in enumerate(lanes)}
    for turn, (lane, short) in enumerate(lanes):
        # Five short words side by side touch; every other one stands a line lower.
        head = 11 + 12 * (turn % 2) if len(short) > 6 else 11
        parts.append(words(middles[lane], head, escape(short), 12, ' text-anchor="middle"'))
        parts.append(line(middles[lane], HEAD + 4, middles[lane], HEAD + 28 + length, "0.5"))
    spots = [(mark, middles[mark.lane], down(mark.day)) for mark in marks if mark.lane in middles]
    height = HEAD + 32 + length
    bars = [bar(mark, x, y, x, down(min(mark.until, today))) for mark, x, y in spots if mark.days]
    return framed(TALL_WIDTH, height, named, parts + bars + joins(spots) + symbols(spots, by_x=False))


def month_word(day: date, first: date) -> str:
    """ "May"; January, and the months of strips beyond a year, carry the year."""
    long = (day - first).days > 400
    return f"{MONTHS[day.month - 1]} {day.year % 100:02}" if day.month == 1 or long else MONTHS[day.month - 1]


def joins(spots: list[tuple[Mark, float, float]]) -> list[str]:
    """A line between the accounts that several agencies gave of one incident."""
    accounts: dict[str, list[tuple[float, float]]] = {}
    for mark, x, y in spots:
        if mark.incident:
            accounts.setdefault(mark.incident, []).append((x, y))
    return [line(*min(of), *max(of), "1") for _, of in sorted(accounts.items()) if len(set(of)) > 1]


def symbols(spots: list[tuple[Mark, float, float]], *, by_x: bool) -> list[str]:
    """Each mark; where more than three would lie on one another, one with their count. What is owed lies beside
    its lane and under what happened."""
    owed = [one for one in spots if one[0].shape == "owed"]
    lanes: dict[str, list[tuple[Mark, float, float]]] = {}
    for spot in spots:
        if spot[0].shape not in NO_EVENT:
            lanes.setdefault(spot[0].lane, []).append(spot)
    parts = [symbol("owed", x if by_x else x + BESIDE, y - BESIDE if by_x else y) for _, x, y in owed]
    for lane in sorted(lanes):
        where = sorted(lanes[lane], key=lambda spot: (spot[1], spot[2]))
        for group in crowded(where, by_x=by_x):
            parts.extend(drawn(group))
    return parts
