"""Boundaries as GeoJSON: LSOA, MSOA, wards and districts, by the names ONS gives their codes."""

import math
import re
from collections.abc import Iterator
from typing import Any

from alongside.connectors.arrivals import Arrival, Head, Known, Notes, Refused
from alongside.connectors.reading import Opened
from alongside.contributions.rules import Problem
from alongside.places.models import Area, AreaKind

from .features import features

KINDS = {"LSOA": AreaKind.LSOA, "MSOA": AreaKind.MSOA, "WD": AreaKind.WARD, "LAD": AreaKind.DISTRICT}
CODE = re.compile(r"(LSOA|MSOA|WD|LAD)([0-9]{2})CD", re.IGNORECASE)
CODE_NAME = re.compile(r'"(LSOA|MSOA|WD|LAD)[0-9]{2}CD"', re.IGNORECASE)
GSS = re.compile(r"[EWSN][0-9]{8}")
SHAPES = {"Polygon": 1, "MultiPolygon": 2}
MEND_SHAPE = "Export the outline as Polygon or MultiPolygon in longitude and latitude (WGS84)."


class Boundaries:
    name = "boundaries"
    called = "boundaries of areas (GeoJSON)"
    rejects = "geojson"

    def recognises(self, head: Head) -> bool:
        is_collection = '"FeatureCollection"' in head.start and '"properties"' in head.start
        return head.shape == "json" and is_collection and bool(CODE_NAME.search(head.start))

    def arrivals(self, opened: Opened, head: Head, notes: Notes) -> Iterator[Arrival]:
        with opened.text() as text:
            for number, feature in enumerate(features(text), start=1):
                yield read(number, feature, notes)


def read(number: int, feature: Any, notes: Notes) -> Arrival:
    """One area, or everything that is wrong with the feature. Features are counted from 1."""
    original = feature if isinstance(feature, dict) else {}
    properties = original.get("properties") or {}
    named = next((name for name in properties if CODE.fullmatch(name)), None)
    problems = []
    if named is None or not GSS.fullmatch(str(properties[named])):
        told = str(properties.get(named, ""))[:200]
        mend = "Keep the column that ONS gives it, like LSOA21CD with E01011264."
        problems.append(Problem(f"properties.{named or 'code'}", told, "This area has no code.", mend))
    problems += problems_in_outline(original.get("geometry"))
    if problems or named is None:
        return Refused(number, tuple(problems), original)
    for name in properties.keys() - {named, title_of(named)}:
        if properties[name] is not None:
            notes.leave_out(f"property “{name}”, because only an area's code, name and outline are kept")
    return Known(number, (area(named, properties, original["geometry"]),))


def title_of(named: str) -> str:
    """LSOA21CD → LSOA21NM."""
    return named[:-2] + ("NM" if named.isupper() else "nm")


def area(named: str, properties: dict[str, Any], outline: dict[str, Any]) -> Area:
    prefix, year = CODE.fullmatch(named).groups()  # type: ignore[union-attr]
    name = str(properties.get(title_of(named)) or "")[:120]
    kind = KINDS[prefix.upper()]
    return Area(code=str(properties[named]), kind=kind, edition=f"20{year}", name=name, outline=outline).bounded()


def problems_in_outline(outline: Any) -> list[Problem]:
    """An outline has a shape that encloses, and its points are on Earth in degrees."""
    told = outline.get("type") if isinstance(outline, dict) else outline
    if told not in SHAPES:
        return [Problem("geometry", str(told)[:200], "This is no outline of an area.", MEND_SHAPE)]
    points = outline.get("coordinates")
    try:
        for _ in range(SHAPES[told]):
            points = [point for ring in points for point in ring]
        wrong = next((point for point in points if not on_earth(point)), None)
    except TypeError:
        wrong = points
    if wrong is not None or not points:
        return [Problem("geometry.coordinates", str(wrong)[:200], "This is no point on Earth.", MEND_SHAPE)]
    return []


def on_earth(point: Any) -> bool:
    """Longitude, then latitude."""
    numbers = isinstance(point, list) and len(point) >= 2 and all(isinstance(one, int | float) for one in point)
    return numbers and math.isfinite(sum(point)) and abs(point[0]) <= 180 and abs(point[1]) <= 90
