"""Areas near some points, for a map: public outlines, few enough and simple enough for a bad line."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Max, QuerySet

from alongside.web.labels import middles

from .models import Area, AreaKind, Establishment
from .outlines import Bounds, Geometry, Position, rings_of, simplified

# Smallest first: the areas that people know, unless there would be too many to draw.
KINDS = (AreaKind.LSOA, AreaKind.MSOA, AreaKind.WARD, AreaKind.DISTRICT)
# Whose names people know best, first; and the letter by which a small area is told from its neighbours.
NAMES_OF = (AreaKind.WARD, AreaKind.MSOA, AreaKind.LSOA, AreaKind.DISTRICT)
PART = re.compile(r"(?<=\w)\s*\b[A-Z]$|(?<=\d)[A-Z]$")
MOST = 500
# Land around the points, in degrees (about a kilometre), and how fine a line of the whole picture is drawn.
AROUND, WIDER, FINE = 0.012, 0.15, 400


@dataclass(frozen=True)
class Land:
    """What lies around some points: outlines of small areas, and the neighbourhoods that people know by name, each with
    its outline; all simplified."""

    outlines: tuple[Geometry, ...] = ()
    named: tuple[tuple[str, Geometry], ...] = ()
    box: Bounds = (0.0, 0.0, 0.0, 0.0)


def land_near(points: Iterable[Position]) -> Land:
    """The outlines of one kind and edition of area around these points (longitude, latitude), of the smallest kind of
    which there are not too many, and never more than `MOST`; and the names of wards, or else of what is known."""
    found = list(points)
    if not found:
        return Land()
    (west, east), (south, north) = (around([point[axis] for point in found]) for axis in (0, 1))
    here = Area.objects.filter(west__lte=east, east__gte=west, south__lte=north, north__gte=south)
    newest = here.filter(kind__in=KINDS).order_by().values_list("kind").annotate(newest=Max("edition"))
    read = Kinds(here, dict(newest), max(east - west, north - south) / FINE)
    outlines = (one for _, one in read.drawn())
    return Land(tuple(outlines), tuple(read.named()), (west, south, east, north))


def outlines_near(points: Iterable[Position]) -> list[Geometry]:
    """The outlines alone."""
    return list(land_near(points).outlines)


class Kinds:
    """The areas of each kind that lie here, asked for once."""

    def __init__(self, here: QuerySet[Area], editions: dict[str, str], fine: float) -> None:
        self.here, self.editions, self.fine = here, editions, fine
        self.areas: dict[str, list[tuple[str, Geometry]]] = {}

    def of(self, kind: str) -> list[tuple[str, Geometry]]:
        """(name, outline) of each; one more than `MOST` where there are too many."""
        if kind not in self.areas:
            of_kind = self.here.filter(kind=kind, edition=self.editions[kind]).order_by("code")
            self.areas[kind] = list(of_kind.values_list("name", "outline")[: MOST + 1])
        return self.areas[kind]

    def drawn(self) -> list[tuple[str, Geometry]]:
        areas: list[tuple[str, Geometry]] = []
        for kind in (one for one in KINDS if one in self.editions):
            areas = self.of(kind)
            if len(areas) <= MOST:
                break
        return self.simple(areas[:MOST])

    def named(self) -> list[tuple[str, Geometry]]:
        """The neighbourhoods by name, in the order of their names; "Larkfield A" to "D" are one, Larkfield."""
        kind = next((one for one in NAMES_OF if one in self.editions), None)
        together: dict[str, list[Any]] = {}
        for name, outline in self.simple(self.of(kind)[:MOST]) if kind else []:
            if name:
                together.setdefault(PART.sub("", name), []).extend(outline["coordinates"])
        return [(name, {"type": "MultiPolygon", "coordinates": parts}) for name, parts in sorted(together.items())]

    def simple(self, areas: list[tuple[str, Geometry]]) -> list[tuple[str, Geometry]]:
        simpler = ((name, simplified(outline, self.fine)) for name, outline in areas)
        return [(name, outline) for name, outline in simpler if outline]


def around(values: list[float]) -> tuple[float, float]:
    low, high = min(values), max(values)
    more = max(AROUND, (high - low) * WIDER)
    return low - more, high + more


def map_as_geojson(numbered: Iterable[tuple[int, float, float]]) -> dict[str, Any]:
    """For the map that opens on a press: points (number, longitude, latitude), each with the number that it has in
    the list beside the map, the outlines of the areas around them, and where the name of each neighbourhood stands."""
    points = list(numbered)
    land = land_near((west, north) for _, west, north in points)
    areas = [feature(one) for one in land.outlines]
    for name, outline in land.named:
        for middle in middles(rings_of(outline), land.box)[:1]:
            areas.append(feature({"type": "Point", "coordinates": [middle.x, middle.y]}, name=name))
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
