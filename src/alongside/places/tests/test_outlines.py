"""Areas for a map: near the points, of one kind, with few enough points for a bad line."""

import json
import math
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alongside.places.models import Area, AreaKind
from alongside.places.outlines import apart, bounds, simpler, simpler_ring, simplified
from alongside.places.queries import MOST, land_near, map_as_geojson, outlines_near

LEEDS = (-1.54, 53.8)
degrees = st.floats(-1, 1, allow_nan=False)
lines = st.lists(st.tuples(degrees, degrees), min_size=2, max_size=30)


def square(west: float, south: float, side: float = 0.005) -> dict:
    east, north = west + side, south + side
    ring = [[west, south], [east, south], [east, north], [west, north], [west, south]]
    return {"type": "Polygon", "coordinates": [ring]}


def area(code: str, outline: dict | None, kind=AreaKind.LSOA, edition="2021", name="") -> None:
    Area(code=code, kind=kind, edition=edition, outline=outline, name=name).bounded().save()


@given(lines, st.floats(0, 0.5))
def test_no_point_lies_farther_from_the_new_line_than_allowed(line, tolerance):
    kept = simpler(line, tolerance)
    assert [kept[0], kept[-1]] == [line[0], line[-1]]
    assert set(kept) <= set(line)
    for point in line:
        assert min(apart(point, *pair) for pair in pairwise(kept)) <= tolerance + 1e-9


@given(lines)
def test_nothing_is_left_out_that_shows(line):
    assert len(simpler(line, 10)) == 2


def test_a_circle_of_many_points_becomes_a_line_of_few_that_is_closed():
    ring = [[math.cos(n / 50 * math.pi), math.sin(n / 50 * math.pi)] for n in range(100)]
    drawn = simpler_ring([*ring, ring[0]], 0.05)
    assert 8 <= len(drawn) < 30
    assert drawn[0] == drawn[-1]


@pytest.mark.parametrize(
    "geometry", [{}, {"type": "Point", "coordinates": [1, 2]}, {"type": "Polygon", "coordinates": []}]
)
def test_what_encloses_nothing_has_no_bounds_and_is_not_drawn(geometry):
    assert bounds(geometry) is None
    assert simplified(geometry, 0.1) is None


def test_bounds_span_every_part():
    two = {"type": "MultiPolygon", "coordinates": [square(0, 0)["coordinates"], square(1, 2)["coordinates"]]}
    assert bounds(two) == (0, 0, 1.005, 2.005)
    assert len(simplified(two, 0.001)["coordinates"]) == 2


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("west", "south", "found"), [(-1.54, 53.8, 1), (-1.549, 53.805, 1), (-1.6, 53.8, 0), (0, 0, 0)]
)
def test_only_areas_near_the_points(west, south, found):
    area("E01000001", square(west, south))
    assert len(outlines_near([LEEDS])) == found


@pytest.mark.django_db
def test_one_kind_and_its_newest_edition():
    area("E01000001", square(*LEEDS), edition="2011")
    area("E01000002", square(*LEEDS), edition="2021")
    area("E02000001", square(*LEEDS, side=0.1), kind=AreaKind.MSOA)
    area("E01000003", None)
    assert len(outlines_near([LEEDS])) == 1


@pytest.mark.django_db
def test_too_many_small_areas_give_way_to_larger_ones():
    small = [
        Area(code=f"E01{n:06}", kind="lsoa", edition="2021", outline=square(*LEEDS)).bounded() for n in range(MOST + 1)
    ]
    Area.objects.bulk_create(small)
    area("E05000001", square(*LEEDS, side=0.1), kind=AreaKind.WARD)
    assert len(outlines_near([LEEDS])) == 1
    Area.objects.filter(kind=AreaKind.WARD).delete()
    assert len(outlines_near([LEEDS])) == MOST


@pytest.mark.django_db
def test_a_map_carries_outlines_and_numbered_points_and_nothing_else():
    area("E01000001", square(*LEEDS))
    outline, pin = map_as_geojson([(7, *LEEDS)])["features"]
    assert outline["properties"] == {}
    assert "E01000001" not in json.dumps(outline)
    assert pin == {
        "type": "Feature",
        "properties": {"number": 7},
        "geometry": {"type": "Point", "coordinates": [*LEEDS]},
    }
    assert map_as_geojson([])["features"] == []


def names_near():
    return [name for name, _ in land_near([LEEDS]).named]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("names", "said"),
    [
        (["Larkfield A", "Larkfield B", "Old Brickfields C"], ["Larkfield", "Old Brickfields"]),
        (["Leeds 011A", "Leeds 011B"], ["Leeds 011"]),
        (["Vale", "", "A"], ["A", "Vale"]),
    ],
)
def test_small_areas_of_one_neighbourhood_have_one_name(names, said):
    for number, name in enumerate(names):
        area(f"E0100000{number}", square(LEEDS[0] + number / 1000, LEEDS[1]), name=name)
    assert names_near() == said


@pytest.mark.django_db
def test_wards_are_the_names_that_people_know():
    area("E01000001", square(*LEEDS), name="Leeds 011A")
    area("E02000001", square(*LEEDS), kind=AreaKind.MSOA, name="Leeds 011")
    area("E05000001", square(*LEEDS, side=0.1), kind=AreaKind.WARD, name="Beeston & Holbeck")
    assert names_near() == ["Beeston & Holbeck"]


@pytest.mark.django_db
def test_the_map_has_each_name_once_inside_its_area():
    for number, (west, south) in enumerate([(0, 0), (0.005, 0), (0, 0.005), (0.005, 0.005)]):
        area(f"E0100000{number}", square(LEEDS[0] + west, LEEDS[1] + south), name=f"Larkfield {'ABCD'[number]}")
    (name,) = [one for one in map_as_geojson([(7, *LEEDS)])["features"] if one["properties"].get("name")]
    assert name["properties"] == {"name": "Larkfield"}
    assert name["geometry"]["coordinates"] == pytest.approx([LEEDS[0] + 0.005, LEEDS[1] + 0.005])


@pytest.mark.django_db
def test_land_costs_two_looks_at_the_database_and_three_with_wards(django_assert_num_queries):
    area("E01000001", square(*LEEDS), name="Leeds 011A")
    with django_assert_num_queries(2):
        land_near([LEEDS])
    area("E05000001", square(*LEEDS, side=0.1), kind=AreaKind.WARD, name="Beeston & Holbeck")
    with django_assert_num_queries(3):
        land_near([LEEDS])
