"""The map as a picture."""

import re
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alongside.web.picture_map import Pin, picture_map

SQUARE = {
    "type": "Polygon",
    "coordinates": [[[-1.6, 53.8], [-1.5, 53.8], [-1.5, 53.9], [-1.6, 53.9], [-1.6, 53.8]]],
}
FAR_AWAY = {"type": "MultiPolygon", "coordinates": [[[[3, 40], [4, 40], [4, 41], [3, 40]]]]}
places = st.builds(Pin, st.floats(-8, 2, allow_nan=False), st.floats(50, 60, allow_nan=False), st.integers(1, 99))


def drawn(polygons, pins):
    return picture_map(polygons, pins, title="Two places", description="The list below names them.")


def test_the_numbers_are_those_of_the_list():
    picture = drawn([SQUARE], [Pin(-1.55, 53.85, 2), Pin(-1.56, 53.86, 1)])
    assert re.findall(r">(\d+)</text>", picture) == ["1", "2"]


def test_the_order_in_which_pins_come_makes_no_difference():
    pins = [Pin(-1.55, 53.85, 2), Pin(-1.56, 53.86, 1)]
    assert drawn([SQUARE], pins) == drawn([SQUARE], reversed(pins))


def test_it_is_named_in_words_and_escapes_them():
    picture = picture_map([], [], title="<Bus & station>", description="See list")
    assert "<title>&lt;Bus &amp; station&gt;</title>" in picture
    assert "<desc>See list</desc>" in picture


def test_land_that_is_off_the_paper_is_not_drawn():
    pins = [Pin(-1.55, 53.85, 1)]
    assert drawn([SQUARE, FAR_AWAY], pins) == drawn([SQUARE], pins)


@pytest.mark.parametrize("polygons", [[], [SQUARE], [{"type": "Point", "coordinates": [1, 2]}]])
def test_it_can_be_drawn_without_a_single_pin(polygons):
    ElementTree.fromstring(drawn(polygons, []))  # noqa: S314 - our own words


@given(st.lists(places, max_size=12))
def test_every_pin_is_whole_on_the_paper_and_no_style_is_used(pins):
    picture = drawn([SQUARE], pins)
    width, height = map(float, re.search(r'viewBox="0 0 (\S+) (\S+)"', picture).groups())
    for x, y in re.findall(r'<circle cx="(\S+)" cy="(\S+)"', picture):
        assert 13 <= float(x) <= width - 13
        assert 13 <= float(y) <= height - 13
    assert "style" not in picture
    assert picture == drawn([SQUARE], pins)


def names_in(picture):
    return re.findall(r'paint-order="stroke"[^>]*>([^<]+)</text>', picture)


CORNERS = (Pin(-1.59, 53.81, 1), Pin(-1.51, 53.89, 2))


def named(*areas, pins=CORNERS):
    return picture_map([], pins, title="Two places", description="The list names them.", named=areas)


def test_an_area_has_its_name_written_over_no_pin():
    assert names_in(named(("Larkfield", SQUARE))) == ["Larkfield"]
    around = [Pin(-1.55 + across / 100, 53.85 + up / 100, 1) for across in range(-5, 6) for up in range(-5, 6)]
    assert names_in(named(("Larkfield", SQUARE), pins=around)) == []


def test_two_names_never_lie_over_each_other():
    same = [("Larkfield", SQUARE), ("Becklands", SQUARE), *((f"Area {n}", SQUARE) for n in range(9))]
    picture = named(*same)
    heights = [float(y) for y in re.findall(r'y="([\d.]+)" fill="#2f4a4b"', picture)]
    assert 1 < len(heights) < len(same)
    assert min(abs(a - b) for a in heights for b in heights if a != b) >= 15


def test_a_name_that_is_longer_than_what_is_seen_of_its_area_is_left_out():
    assert names_in(named(("A name of a place that is far longer than the place " * 3, SQUARE))) == []
    assert names_in(named(("Far away", FAR_AWAY))) == []


def test_a_name_is_words_of_others_and_escaped():
    assert names_in(named(("Beeston & <Holbeck>", SQUARE))) == ["Beeston &amp; &lt;Holbeck&gt;"]
