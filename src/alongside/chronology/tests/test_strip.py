import re
from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alongside.chronology.strip import Mark, shape_of, strip_of

TODAY, FIRST = date(2026, 11, 23), date(2026, 5, 23)


def told(day: int, agency: str = "Police", shape: str = "other", incident: str = "", days: int = 0) -> Mark:
    return Mark(FIRST + timedelta(days=day), f"West Yorkshire {agency}", agency, shape, incident, days)


def drawn(*marks: Mark):
    return strip_of(marks, first=FIRST, today=TODAY)


def test_nothing_is_drawn_where_nothing_happened():
    assert drawn() is None
    assert drawn(told(-1), told(500)) is None


def test_the_sentence_says_how_many_events_and_agencies():
    strip = drawn(told(1, shape="danger"), told(2, "A&E", shape="danger"), told(30, "School"))
    assert strip.sentence == "3 events, told by 3 agencies; 2 of them hurt or in danger"
    assert "<title>3 events, told by 3 agencies; 2 of them hurt or in danger</title>" in strip.wide


@given(
    st.lists(st.builds(told, st.integers(0, 184), st.sampled_from(["Police", "A&E", "YJS"])), max_size=30),
    st.randoms(),
)
def test_the_same_events_in_any_order_are_the_same_bytes(marks, chance):
    shuffled = list(marks)
    chance.shuffle(shuffled)
    assert drawn(*marks) == drawn(*shuffled)


def test_what_two_agencies_told_of_one_incident_is_one_event():
    strip = drawn(told(1, shape="danger", incident="one"), told(1, "A&E", shape="danger", incident="one"), told(9))
    assert strip.sentence == "2 events, told by 2 agencies; 1 of them hurt or in danger"


def test_what_is_owed_is_dashed_and_is_no_event():
    strip = drawn(told(1), told(2, "Social care", shape="owed"))
    assert strip.sentence == "1 event, told by 1 agency; 1 thing owed has not come"
    assert strip.wide.count("stroke-dasharray") == strip.tall[0].count("stroke-dasharray") == 1
    assert strip.shapes == {"other", "owed"}


def test_what_is_owed_hides_nothing_that_happened():
    happened = [told(day, shape="danger", incident=str(day)) for day in (1, 2, 3)]
    strip = drawn(*happened, *[told(day, shape="owed") for day in (1, 2, 3)])
    for picture in (strip.wide, *strip.tall):
        diamonds = re.findall(r'd="M([\d.]+) ([\d.]+)l8 8l-8 8l-8 -8z" (fill="currentColor"|fill="#ffffff")', picture)
        solid, hollow = ([(x, y) for x, y, fill in diamonds if name in fill] for name in ("currentColor", "#ffffff"))
        assert (len(solid), len(hollow)) == (3, 3)
        assert not set(solid) & set(hollow)
        assert picture.rindex("dasharray") < picture.index('8z" fill="currentColor"')


@pytest.mark.parametrize(("days", "bars"), [(0, 0), (20, 1), (9000, 1)])
def test_what_lasts_is_drawn_as_long_as_it_lasted_and_no_further_than_today(days, bars):
    strip = drawn(told(100, shape="school", days=days))
    assert strip.wide.count('stroke-width="6"') == strip.tall[0].count('stroke-width="6"') == bars
    ends = [float(x) for x in re.findall(r"L([\d.]+) [\d.]+\" stroke-width=\"6\"", strip.wide)]
    assert all(end <= 680 for end in ends)


def test_a_strict_policy_can_draw_it():
    strip = drawn(told(1), told(2, "A&E", incident="one"), told(2, incident="one", days=9), told(3, shape="owed"))
    for picture in (strip.wide, *strip.tall):
        assert not re.search(r"style=|<style|class=|#(?!ffffff)[0-9a-f]{6}", picture)


def test_an_agency_s_name_cannot_break_out_of_the_picture():
    strip = drawn(Mark(TODAY, "<script>", '"><script>', "other"))
    assert "<script" not in strip.wide + strip.tall[0]


def test_a_sixth_agency_has_a_strip_of_its_own():
    marks = [told(day, f"Agency {day}") for day in range(6)]
    assert [len(drawn(*marks[:5]).tall), len(drawn(*marks).tall)] == [1, 2]


def test_more_than_three_marks_on_one_spot_become_their_number():
    crowd = [Mark(FIRST, "Police", "Police", "other", incident=str(number)) for number in range(4)]
    assert drawn(*crowd[:3]).wide.count("<circle") == 3
    assert ">4</text>" in drawn(*crowd).wide


def test_accounts_of_one_incident_are_joined():
    apart, joined = [drawn(told(9, incident=key), told(9, "A&E", incident=key)).wide for key in ("", "one")]
    assert joined.count("<path") == apart.count("<path") + 1


@pytest.mark.parametrize(
    ("group", "shape"),
    [
        ("danger", "danger"),
        ("missing", "missing"),
        ("school", "school"),
        ("support", "other"),
        ("custody", "custody"),
        ("intelligence", "other"),
    ],
)
def test_which_shape_stands_for_which_group(group, shape):
    assert shape_of(group) == shape


def test_what_has_no_day_is_drawn_and_says_that_the_day_is_not_known():
    strip = drawn(told(1, shape="danger"), replace(told(9, shape="danger"), is_dated=False))
    assert strip.sentence == "2 events, told by 1 agency; 2 of them hurt or in danger"
    assert strip.wide.count(">?</text>") == strip.tall[0].count(">?</text>") == 1
    assert strip.shapes == {"danger", "day unknown"}
