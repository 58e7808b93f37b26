"""Where a name stands on a map."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alongside.web.labels import middles, overlap

BOX = (0, 0, 10, 10)
numbers = st.floats(-5, 15, allow_nan=False)


def square(west: float, south: float, side: float) -> list[tuple[float, float]]:
    east, north = west + side, south + side
    return [(west, south), (east, south), (east, north), (west, north), (west, south)]


def best(*rings):
    return middles(rings, BOX)[0]


def test_a_name_stands_in_the_middle_of_its_area():
    one = best(square(2, 2, 4))
    assert (one.x, one.y, one.width) == (4, 4, 4)


def test_of_an_area_that_leaves_the_map_only_what_is_seen_counts():
    one = best(square(6, 6, 20))
    assert (one.x, one.y, one.width) == (8, 8, 4)


def test_small_areas_side_by_side_are_one():
    one = best(square(2, 2, 2), square(4, 2, 2), square(2, 4, 2), square(4, 4, 2))
    assert (one.x, one.width) == (4, 4)


def test_a_bend_keeps_its_name_inside():
    bend = [(0, 0), (8, 0), (8, 8), (6, 8), (6, 2), (0, 2), (0, 0)]
    for one in middles([bend], BOX):
        assert 6 <= one.x <= 8 or one.y <= 2


@pytest.mark.parametrize("rings", [[], [square(20, 20, 2)], [[(1, 1), (2, 1), (1, 1)]]])
def test_what_is_not_seen_has_no_place_for_a_name(rings):
    assert middles(rings, BOX) == []


@given(st.lists(st.lists(st.tuples(numbers, numbers), min_size=3, max_size=8), max_size=4))
def test_every_place_is_on_the_map(rings):
    closed = [[*ring, ring[0]] for ring in rings]
    for one in middles(closed, BOX):
        assert 0 <= one.x <= 10
        assert 0 <= one.y <= 10
        assert 0 < one.width <= 10


@pytest.mark.parametrize(
    ("other", "over"), [((1, 1, 3, 3), True), ((2, 0, 3, 2), False), ((0, 0, 2, 2), True), ((5, 5, 6, 6), False)]
)
def test_boxes_over_each_other(other, over):
    assert overlap((0, 0, 2, 2), other) is over
