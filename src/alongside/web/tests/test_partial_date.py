"""Dates as people remember them."""

from contextlib import suppress
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alongside.web.partial_date import DateNotUnderstoodError, PartialDate, read_parts


@pytest.mark.parametrize(
    ("day", "month", "year", "read", "said"),
    [
        ("4", "3", "2010", PartialDate(2010, 3, 4), "4 March 2010"),
        (" 04", "03 ", "2010", PartialDate(2010, 3, 4), "4 March 2010"),
        ("4", "mar", "2010", PartialDate(2010, 3, 4), "4 March 2010"),
        ("", "September", "2010", PartialDate(2010, 9), "September 2010"),
        ("", "", "2010", PartialDate(2010), "2010"),
    ],
)
def test_what_is_known_is_kept_and_said(day, month, year, read, said):
    assert read_parts(day, month, year) == read
    assert str(read) == said


@pytest.mark.parametrize(
    ("day", "month", "year", "mend"),
    [
        ("30", "2", "2026", "There is no 30 February 2026. Check the day and the month"),
        ("0", "2", "2026", "There is no 0 February 2026. Check the day and the month"),
        ("4", "13", "2026", "Write a month from 1 to 12"),
        ("4", "0", "2026", "Write a month from 1 to 12"),
        ("4", "ma", "2026", "Write the month as a number, like 11, or as a word, like November"),
        ("4", "3", "26", "Write the year with four digits, like 2026"),
        ("4", "3", "", "Write the year with four digits, like 2026"),
        ("4", "3", "1890", "Look at the year: it is before 1900"),
        ("4", "", "2026", "Add the month, like 11, or leave the day empty"),
        ("x", "3", "2026", "Write the day as a number, like 23"),
    ],
)
def test_what_cannot_be_says_how_to_mend_it(day, month, year, mend):
    with pytest.raises(DateNotUnderstoodError) as said:
        read_parts(day, month, year)
    assert str(said.value) == mend


def test_three_empty_boxes_are_no_date():
    assert read_parts("", " ", "") is None


@given(st.dates(date(1900, 1, 1)))
def test_a_whole_date_comes_back_as_it_went_in(day):
    read = read_parts(str(day.day), str(day.month), str(day.year))
    assert read.whole == day
    assert read.iso == day.isoformat()


@given(st.text(max_size=4), st.text(max_size=9), st.text(max_size=4))
def test_nothing_typed_breaks_it(day, month, year):
    with suppress(DateNotUnderstoodError):
        read = read_parts(day, month, year)
        assert read is None or read.year >= 1900
