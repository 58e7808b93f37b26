"""A map as a picture: our own polygons and numbered points, drawn the same way every time.

For paper, PDF and browsers without JavaScript. It holds no style attribute, so a strict policy lets it draw.
"""

import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from html import escape
from itertools import islice

from .labels import Box, middles, overlap

Position = Sequence[float]
WIDTH = 700
MARGIN = 24
TALLEST, SHORTEST = 700, 320
PIN = 13
# The letters of a name: how large, how wide on average, how far from the edge; and how much of a name's length must be
# seen of its area.
NAME, LETTER, EDGE, LEAST_SEEN = 15, 0.56, 6, 0.6
# A picture of one street corner would pretend to know more than we do: never less than about a mile.
SMALLEST_SPAN_DEGREES = 0.015


@dataclass(frozen=True)
class Pin:
    """A numbered place: longitude, latitude and the number it has in the list beside the map."""

    longitude: float
    latitude: float
    number: int


def rings(geometry: dict) -> list[Sequence[Position]]:
    """The closed lines of a GeoJSON Polygon or MultiPolygon; none for any other kind."""
    coordinates = geometry.get("coordinates", [])
    if geometry.get("type") == "Polygon":
        return list(coordinates)
    if geometry.get("type") == "MultiPolygon":
        return [ring for polygon in coordinates for ring in polygon]
    return []


class Sheet:
    """Places longitudes and latitudes on the paper, with north up in a degree's true shape there."""

    def __init__(self, positions: Iterable[Position]) -> None:
        places = list(positions) or [(0.0, 0.0)]
        west, east = widened([place[0] for place in places])
        south, north = widened([place[1] for place in places])
        self.middle = ((west + east) / 2, (south + north) / 2)
        self.narrowing = max(0.1, math.cos(math.radians(self.middle[1])))
        wide, high = (east - west) * self.narrowing, north - south
        self.scale = min((WIDTH - 2 * MARGIN) / wide, (TALLEST - 2 * MARGIN) / high)
        self.height = max(SHORTEST, math.ceil(high * self.scale) + 2 * MARGIN)

    def at(self, longitude: float, latitude: float) -> tuple[float, float]:
        """Where a place is on the paper, to a tenth of a unit."""
        x = WIDTH / 2 + (longitude - self.middle[0]) * self.narrowing * self.scale
        y = self.height / 2 + (self.middle[1] - latitude) * self.scale
        return round(x, 1), round(y, 1)

    def shows(self, spots: list[tuple[float, float]]) -> bool:
        """Whether any part of what lies between these spots can be on the paper."""
        across, down = [x for x, _ in spots], [y for _, y in spots]
        return max(across) > 0 and min(across) < WIDTH and max(down) > 0 and min(down) < self.height


def widened(values: list[float]) -> tuple[float, float]:
    """The least and greatest, with some land around, at least the smallest span apart."""
    low, high = min(values), max(values)
    more = max((high - low) * 0.1, (SMALLEST_SPAN_DEGREES - (high - low)) / 2)
    return low - more, high + more


def outline(ring: Sequence[Position], sheet: Sheet) -> str:
    """One closed line as path data, "" off the paper; points that fall on the one before are left out."""
    spots: list[tuple[float, float]] = []
    for place in ring:
        spot = sheet.at(place[0], place[1])
        if not spots or spot != spots[-1]:
            spots.append(spot)
    if not spots or not sheet.shows(spots):
        return ""
    return "M" + "L".join(f"{x:g} {y:g}" for x, y in spots) + "Z"


def area(geometry: dict, sheet: Sheet) -> str:
    """One polygon as a path; nothing where none of it is on the paper."""
    data = "".join(outline(ring, sheet) for ring in rings(geometry))
    return f'<path fill="#e4efed" stroke="#5f8988" fill-rule="evenodd" d="{data}"/>' if data else ""


def mark(pin: Pin, sheet: Sheet, size: float) -> str:
    """One numbered pin."""
    x, y = sheet.at(pin.longitude, pin.latitude)
    return (
        f'<circle cx="{x:g}" cy="{y:g}" r="{PIN * size:g}" fill="#0f4c4f" stroke="#ffffff" stroke-width="2"/>'
        f'<text x="{x:g}" y="{y + 5 * size:g}" fill="#ffffff" font-family="Arial, Helvetica, sans-serif" '
        f'font-size="{14 * size:g}" font-weight="bold" text-anchor="middle">{pin.number}</text>'
    )


def name_spots(name: str, geometry: dict, sheet: Sheet, size: float) -> Iterator[tuple[float, float, Box]]:
    """Where a name can stand inside its area, the best first: its middle, and the box that it fills."""
    spots = [[sheet.at(place[0], place[1]) for place in ring] for ring in rings(geometry)]
    wide, high = LETTER * NAME * size * len(name), NAME * size
    for middle in middles(spots, (0, 0, WIDTH, sheet.height)):
        x, y = (
            min(max(at, half + EDGE), most - half - EDGE)
            for at, half, most in ((middle.x, wide / 2, WIDTH), (middle.y, high / 2, sheet.height))
        )
        if middle.width >= LEAST_SEEN * wide:
            yield x, y, (x - wide / 2, y - high / 2, x + wide / 2, y + high / 2)


def names_on(named: Iterable[tuple[str, dict]], pins: Iterable[Pin], sheet: Sheet, size: float) -> list[str]:
    """The names of areas that find a place over no pin and no other name."""
    taken = [
        (x - PIN * size, y - PIN * size, x + PIN * size, y + PIN * size)
        for x, y in (sheet.at(pin.longitude, pin.latitude) for pin in pins)
    ]
    drawn = []
    for name, geometry in named:
        free = (s for s in name_spots(name, geometry, sheet, size) if not any(overlap(s[2], box) for box in taken))
        for x, y, box in islice(free, 1):
            taken.append(box)
            drawn.append(
                f'<text x="{x:.1f}" y="{y + NAME * size / 3:.1f}" fill="#2f4a4b" stroke="#ffffff" stroke-width="3" '
                f'paint-order="stroke" font-family="Arial, Helvetica, sans-serif" font-size="{NAME * size:g}" '
                f'text-anchor="middle">{escape(name)}</text>'
            )
    return drawn


def picture_map(
    polygons: Iterable[dict],
    pins: Iterable[Pin],
    *,
    title: str,
    description: str,
    size: float = 1,
    named: Iterable[tuple[str, dict]] = (),
) -> str:
    """An SVG of GeoJSON geometries with numbered pins over them, and the names of those `named` that find a place;
    equal bytes for equal input.

    `title` is the answer in words, `description` says where the list is. The picture frames the pins, or,
    without any, the polygons. `size` makes pins larger, for a picture that is shown smaller than it is drawn.
    """
    land, places = list(polygons), sorted(pins, key=lambda pin: (pin.number, pin.longitude, pin.latitude))
    corners = [place for geometry in land for ring in rings(geometry) for place in ring]
    sheet = Sheet([(pin.longitude, pin.latitude) for pin in places] or corners)
    drawn = [area(geometry, sheet) for geometry in land] + names_on(named, places, sheet, size)
    drawn += [mark(pin, sheet, size) for pin in places]
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {sheet.height}" role="img" '
        f'aria-label="{escape(title)}"><title>{escape(title)}</title>'
        f'<desc>{escape(description)}</desc><rect width="{WIDTH}" height="{sheet.height}" fill="#ffffff"/>'
        f"{''.join(drawn)}"
        f'<rect width="{WIDTH}" height="{sheet.height}" fill="none" stroke="#5f8988" stroke-width="2"/></svg>'
    )
