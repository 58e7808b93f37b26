"""The marks of the event strip: which shape stands for which kind, and how each is drawn."""

from dataclasses import dataclass
from datetime import date, timedelta

NEAR, MOST = 10, 3
# What is owed stands this far beside its lane, so that it hides nothing that happened.
BESIDE = 9
# What is drawn, but did not happen.
NO_EVENT = frozenset({"owed", "wait"})
LEGEND = (
    ("danger", "hurt or in danger"),
    ("missing", "missing"),
    ("school", "school or college"),
    ("custody", "in police custody"),
    ("other", "other contact"),
    ("span", "how long it lasted"),
    ("wait", "waiting for a service"),
    ("owed", "owed, and not come"),
    ("day unknown", "nobody told the day: it stands in its month, or where it was told"),
)


@dataclass(frozen=True, order=True)
class Mark:
    """One event on the strip, or what was owed and has not come. `lane` is the agency's full name, `short`
    what fits on a phone."""

    day: date
    lane: str
    short: str
    shape: str
    incident: str = ""
    # How many days it lasted beyond the first.
    days: int = 0
    # Whether somebody told the day.
    is_dated: bool = True

    @property
    def until(self) -> date:
        return self.day + timedelta(days=self.days)


Spot = tuple[Mark, float, float]


def shape_of(group: str) -> str:
    """The shape for a group of kinds, as the playbook groups them."""
    return group if group in {"danger", "missing", "school", "custody"} else "other"


def crowded(spots: list[Spot], *, by_x: bool) -> list[list[Spot]]:
    """Spots of one lane in order, parted into what may be drawn one by one and what needs one count."""
    place = 1 if by_x else 2
    groups: list[list[Spot]] = []
    for spot in sorted(spots, key=lambda one: one[place]):
        if groups and spot[place] - groups[-1][0][place] <= NEAR:
            groups[-1].append(spot)
        else:
            groups.append([spot])
    return groups


def drawn(group: list[Spot]) -> list[str]:
    """The marks of spots that lie close together."""
    if len(group) <= MOST:
        asked = [symbol("day unknown", x, y) for mark, x, y in group if not mark.is_dated]
        return [symbol(mark.shape, x, y) for mark, x, y in group] + asked
    x, y = group[len(group) // 2][1:]
    return [
        f'<circle cx="{x:g}" cy="{y:g}" r="10" fill="#ffffff" stroke-width="2"/>'
        f'<text x="{x:g}" y="{y + 5:g}" font-size="14" font-weight="bold" text-anchor="middle" '
        f'fill="currentColor" stroke="none">{len(group)}</text>'
    ]


def symbol(shape: str, x: float, y: float) -> str:
    """One mark, twelve to sixteen units wide; outlines hold paper, so that no lane crosses them."""
    if shape == "danger":
        return f'<path d="M{x:g} {y - 8:g}l8 8l-8 8l-8 -8z" fill="currentColor"/>'
    if shape == "missing":
        return f'<path d="M{x:g} {y - 8:g}l8 14h-16z" fill="#ffffff" stroke-width="2"/>'
    if shape in {"school", "custody"}:
        return square(x, y, has_bars=shape == "custody")
    if shape == "owed":
        return f'<path d="M{x:g} {y - 8:g}l8 8l-8 8l-8 -8z" fill="#ffffff" stroke-width="2" stroke-dasharray="3 2"/>'
    if shape == "day unknown":
        return (
            f'<text x="{x + 7:g}" y="{y - 4:g}" font-size="14" font-weight="bold" fill="currentColor" '
            f'stroke="#ffffff" stroke-width="3" paint-order="stroke">?</text>'
        )
    if shape == "span":
        return span(x - 8, y, x + 8, y)
    if shape == "wait":
        return waiting(x - 8, y, x + 8, y)
    return f'<circle cx="{x:g}" cy="{y:g}" r="6" fill="#ffffff" stroke-width="2"/>'


def square(x: float, y: float, *, has_bars: bool) -> str:
    bars = f'<path d="M{x - 2:g} {y - 6:g}v12M{x + 2:g} {y - 6:g}v12" stroke-width="2"/>' if has_bars else ""
    return f'<rect x="{x - 6:g}" y="{y - 6:g}" width="12" height="12" fill="#ffffff" stroke-width="2"/>{bars}'


def span(x1: float, y1: float, x2: float, y2: float) -> str:
    """A bar from when it began to when it ended."""
    return f'<path d="M{x1:g} {y1:g}L{x2:g} {y2:g}" stroke-width="6"/>'


def bar(mark: Mark, x1: float, y1: float, x2: float, y2: float) -> str:
    """How long it lasted, or was waited for."""
    return (waiting if mark.shape == "wait" else span)(x1, y1, x2, y2)


def waiting(x1: float, y1: float, x2: float, y2: float) -> str:
    """A hollow bar, open while the wait goes on: nothing happened in it."""
    hollow = f'<path d="M{x1:g} {y1:g}L{x2:g} {y2:g}" stroke-width="8"/>'
    return hollow + f'<path d="M{x1:g} {y1:g}L{x2:g} {y2:g}" stroke="#ffffff" stroke-width="4" stroke-dasharray="6 2"/>'


def picture_of(shape: str) -> str:
    """The mark alone, for the words that explain it."""
    return (
        '<svg class="app-icon" viewBox="0 0 20 20" width="20" height="20" fill="none" stroke="currentColor" '
        f'aria-hidden="true" focusable="false">{symbol(shape, 10, 10)}</svg>'
    )
