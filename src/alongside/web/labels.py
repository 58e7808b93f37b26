"""Where a name stands on a map: in the middle of what is seen of its area, and over nothing else. Pure geometry, in
whatever units the points are in."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

Position = Sequence[float]
Ring = Sequence[Position]
Box = tuple[float, float, float, float]
# Two stretches of one area this near, in parts of their length, are one: the areas beside each other share a line.
TOUCHING = 0.01
# In which parts of its height an area is looked at for the widest place.
HEIGHTS = (0.5, 0.4, 0.6, 0.3, 0.7)


@dataclass(frozen=True)
class Middle:
    """A point inside an area, with how much room is there from side to side."""

    x: float
    y: float
    width: float


def middles(rings: Iterable[Ring], box: Box) -> list[Middle]:
    """Places for a name inside the area of these closed lines, as much of it as the box (west, south, east, north)
    shows; the best first, none where nothing of it is in the box."""
    seen = list(rings)
    heights = [min(max(point[1], box[1]), box[3]) for ring in seen for point in ring]
    if not heights or min(heights) == max(heights):
        return []
    low, high = min(heights), max(heights)
    found = [_widest(seen, low + (high - low) * part, box) for part in HEIGHTS]
    return sorted((one for one in found if one), key=lambda one: -one.width)


def _widest(rings: Iterable[Ring], y: float, box: Box) -> Middle | None:
    """The middle of the widest stretch of the area at this height."""
    inside = [(max(first, box[0]), min(last, box[2])) for first, last in _joined(_stretches(rings, y))]
    first, last = max(inside, key=lambda one: one[1] - one[0], default=(0.0, 0.0))
    return Middle((first + last) / 2, y, last - first) if last > first else None


def _stretches(rings: Iterable[Ring], y: float) -> Iterator[tuple[float, float]]:
    """From where to where each closed line is crossed at this height."""
    for ring in rings:
        crossed = sorted(
            a[0] + (y - a[1]) * (b[0] - a[0]) / (b[1] - a[1]) for a, b in pairwise(ring) if (a[1] > y) != (b[1] > y)
        )
        yield from zip(crossed[::2], crossed[1::2], strict=True)


def _joined(stretches: Iterable[tuple[float, float]]) -> list[tuple[float, float]]:
    joined: list[tuple[float, float]] = []
    for first, last in sorted(stretches):
        if joined and first - joined[-1][1] <= TOUCHING * (last - joined[-1][0]):
            joined[-1] = (joined[-1][0], max(last, joined[-1][1]))
        else:
            joined.append((first, last))
    return joined


def overlap(one: Box, other: Box) -> bool:
    """Whether two boxes (left, top, right, bottom) lie over each other."""
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]
