"""Areas near some points, for a map: public outlines, few enough and simple enough for a bad line."""

from collections.abc import Iterable
from typing import Any

from django.db.models import Max, QuerySet

from .models import Area, AreaKind, Establishment
from .outlines import Geometry, Position, simplified

# Smallest first: the areas that people know, unless there would be too many to draw.
KINDS = (AreaKind.LSOA, AreaKind.MSOA, AreaKind.WARD, AreaKind.DISTRICT)
MOST = 500
# Land around the points, in degrees (about a kilometre), and how fine a line of the whole picture is drawn.
AROUND, WIDER, FINE = 0.012, 0.15, 400


def outlines_near(points: Iterable[Position]) -> list[Geometry]:
    """The outlines of one kind and edition of area around these points (longitude, latitude), simplified; of the
    smallest kind of which there are not too many, and never more than `MOST`."""
    found = list(points)
    if not found:
        return []
    west, east = around([point[0] for point in found])
    south, north = around([point[1] for point in found])
    here = Area.objects.filter(west__lte=east, east__gte=west, south__lte=north, north__gte=south)
    drawn = [simplified(one, max(east - west, north - south) / FINE) for one in _of_one_kind(here)]
    return [one for one in drawn if one]


def _of_one_kind(here: QuerySet[Area]) -> list[Geometry]:
    areas: list[Geometry] = []
    newest = here.filter(kind__in=KINDS).order_by().values_list("kind").annotate(newest=Max("edition"))
    editions = dict(newest)
    for kind in (one for one in KINDS if one in editions):
        of_kind = here.filter(kind=kind, edition=editions[kind]).order_by("code")
        areas = list(of_kind.values_list("outline", flat=True)[: MOST + 1])
        if len(areas) <= MOST:
            break
    return areas[:MOST]


def around(values: list[float]) -> tuple[float, float]:
    low, high = min(values), max(values)
    more = max(AROUND, (high - low) * WIDER)
    return low - more, high + more


def map_as_geojson(numbered: Iterable[tuple[int, float, float]]) -> dict[str, Any]:
    """For the map that opens on a press: points (number, longitude, latitude), each with the number that it has in
    the list beside the map, and the outlines of the areas around them."""
    points = list(numbered)
    areas = [feature(one) for one in outlines_near((west, north) for _, west, north in points)]
    pins = [feature({"type": "Point", "coordinates": [x, y]}, number=number) for number, x, y in points]
    return {"type": "FeatureCollection", "features": areas + pins}


def feature(geometry: Geometry, **properties: Any) -> dict[str, Any]:
    return {"type": "Feature", "properties": properties, "geometry": geometry}


def schools_called(words: str) -> QuerySet[Establishment]:
    """Those of this name, whatever its capitals; where none has it whole, those with these words in theirs."""
    whole = Establishment.objects.filter(name__iexact=words)
    return whole if whole.exists() else Establishment.objects.filter(name__icontains=words)


def school_name(urn: str) -> str:
    """What the school of this number is called; empty where it is not listed."""
    return Establishment.objects.filter(pk=urn).values_list("name", flat=True).first() or ""
