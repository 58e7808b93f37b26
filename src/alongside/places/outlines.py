"""Outlines of areas as plain geometry (GeoJSON, longitude and latitude): their bounds, and fewer points. Pure."""

import math
from collections.abc import Iterator, Sequence
from typing import Any

Position = Sequence[float]
Bounds = tuple[float, float, float, float]
Geometry = dict[str, Any]
# A line that comes back to where it began needs as many.
LEAST = 4
# Five decimals of a degree are about a metre.
DECIMALS = 5


def rings_of(geometry: Geometry) -> Iterator[Sequence[Position]]:
    """Every closed line of a Polygon or a MultiPolygon; none of anything else."""
    polygons = {"Polygon": lambda: [geometry["coordinates"]], "MultiPolygon": lambda: geometry["coordinates"]}
    for polygon in polygons.get(geometry.get("type", ""), list)():
        yield from polygon


def bounds(geometry: Geometry) -> Bounds | None:
    """(west, south, east, north); nothing where no point is."""
    points = [point for ring in rings_of(geometry) for point in ring]
    if not points:
        return None
    across, up = [point[0] for point in points], [point[1] for point in points]
    return min(across), min(up), max(across), max(up)


def simplified(geometry: Geometry, tolerance: float) -> Geometry | None:
    """The same outline in one MultiPolygon with fewer points, none farther than `tolerance` degrees from where
    the line was; a part smaller than that is left out, and nothing is returned where nothing is left."""
    rings = [simpler_ring(list(ring), tolerance) for ring in rings_of(geometry)]
    kept = [[ring] for ring in rings if len(ring) >= LEAST]
    return {"type": "MultiPolygon", "coordinates": kept} if kept else None


def simpler_ring(ring: list[Position], tolerance: float) -> list[list[float]]:
    """A closed line parted at its farthest point, so that both halves have ends that stay."""
    if len(ring) < LEAST:
        return []
    far = max(range(len(ring)), key=lambda n: math.dist(ring[0][:2], ring[n][:2]))
    line = [*simpler(ring[: far + 1], tolerance)[:-1], *simpler(ring[far:], tolerance)]
    return [[round(point[0], DECIMALS), round(point[1], DECIMALS)] for point in line]


def simpler(line: list[Position], tolerance: float) -> list[Position]:
    """Douglas and Peucker's way of leaving points out: the ends stay, and each point that is too far from the
    straight line between two that stay."""
    kept = {0, len(line) - 1}
    parts = [(0, len(line) - 1)]
    while parts:
        first, last = parts.pop()
        between = range(first + 1, last)
        if not between:
            continue
        far = max(between, key=lambda n: apart(line[n], line[first], line[last]))
        if apart(line[far], line[first], line[last]) > tolerance:
            kept.add(far)
            parts += [(first, far), (far, last)]
    return [line[n] for n in sorted(kept)]


def apart(point: Position, start: Position, end: Position) -> float:
    """How far a point is from the straight line between two others, in the units they are in."""
    (px, py), (sx, sy), (ex, ey) = point[:2], start[:2], end[:2]
    long = math.hypot(ex - sx, ey - sy)
    if not long:
        return math.hypot(px - sx, py - sy)
    east, north = (ex - sx) / long, (ey - sy) / long
    along = max(0.0, min(long, (px - sx) * east + (py - sy) * north))
    return math.hypot(px - sx - along * east, py - sy - along * north)
