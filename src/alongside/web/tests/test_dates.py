"""Dates, times and ages in words."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alongside.web import dates

LONDON = ZoneInfo("Europe/London")
anyday = st.dates(date(1950, 1, 1), date(2050, 12, 31))


def moment(year: int, month: int, day: int, hour: int, minute: int) -> datetime:
    return datetime(year, month, day, hour, minute, tzinfo=LONDON)


@pytest.mark.parametrize(
    ("at", "said"),
    [
        (time(0, 0), "midnight"),
        (time(0, 1), "12:01am"),
        (time(1, 2), "1:02am"),
        (time(8, 0), "8am"),
        (time(12, 0), "noon"),
        (time(12, 30), "12:30pm"),
        (time(21, 15), "9:15pm"),
        (time(23, 59), "11:59pm"),
    ],
)
def test_times_are_said_as_people_say_them(at, said):
    assert dates.clock_time(at) == said


def test_a_moment_is_said_whole_and_a_day_never_gets_a_made_up_midnight():
    assert dates.moment(moment(2026, 3, 5, 1, 2)) == "Thursday 5 March 2026 at 1:02am"
    assert dates.moment(date(2026, 3, 5)) == "Thursday 5 March 2026"
    assert dates.short_moment(moment(2026, 5, 3, 8, 2)) == "3 May 2026 at 8:02am"
    assert dates.short_moment(date(2026, 5, 3)) == "3 May 2026"
    assert dates.month(date(2016, 7, 1)) == "July 2016"


@pytest.mark.parametrize(
    ("first", "last", "said"),
    [
        (date(2026, 3, 5), date(2026, 3, 5), "5 March"),
        (date(2026, 3, 5), date(2026, 3, 9), "5 to 9 March"),
        (date(2026, 2, 28), date(2026, 3, 2), "28 February to 2 March"),
        (date(2026, 12, 30), date(2027, 1, 2), "30 December 2026 to 2 January 2027"),
    ],
)
def test_ranges_repeat_nothing_they_need_not(first, last, said):
    assert dates.days(first, last) == said


@pytest.mark.parametrize(
    ("evening", "said"),
    [
        (date(2026, 3, 4), "night of 4 to 5 March"),
        (date(2026, 3, 31), "night of 31 March to 1 April"),
        (date(2026, 12, 31), "night of 31 December 2026 to 1 January 2027"),
    ],
)
def test_a_night_names_both_of_its_days(evening, said):
    assert dates.night(evening) == said


def test_a_limit_is_said_with_its_weekday():
    assert dates.by_when(moment(2026, 11, 24, 9, 40)) == "by 9:40am on Tuesday 24 November"
    assert dates.by_when(date(2026, 11, 24)) == "by Tuesday 24 November"


@pytest.mark.parametrize(
    ("late", "said"),
    [
        (timedelta(0), ""),
        (timedelta(minutes=-5), ""),
        (timedelta(seconds=10), "past by 1 minute"),
        (timedelta(minutes=59), "past by 59 minutes"),
        (timedelta(hours=1), "past by 1 hour"),
        (timedelta(hours=23, minutes=59), "past by 23 hours"),
        (timedelta(days=2), "past by 2 days"),
        (timedelta(days=400), "past by 400 days"),
    ],
)
def test_a_clock_says_how_long_it_is_past(late, said):
    limit = moment(2026, 11, 20, 9, 40)
    assert dates.past_by(limit, limit + late) == said


def test_today_and_yesterday_always_have_the_date_beside_them():
    today = date(2026, 3, 5)
    assert dates.near_day(today, today) == "today, 5 March"
    assert dates.near_day(date(2026, 3, 4), today) == "yesterday, 4 March"
    assert dates.near_day(date(2026, 3, 6), today) == "tomorrow, 6 March"
    assert dates.near_day(date(2025, 3, 4), today) == "4 March 2025"


@pytest.mark.parametrize(
    ("born", "today", "said"),
    [
        (date(2011, 3, 4), date(2026, 11, 23), "15, turns 16 on 4 March"),
        (date(2011, 3, 4), date(2027, 3, 4), "16 today, 4 March"),
        (date(2011, 3, 4), date(2027, 3, 3), "15, turns 16 on 4 March"),
        (date(2026, 4, 20), date(2026, 11, 23), "7 months, turns 1 on 20 April"),
        (date(2026, 11, 1), date(2026, 11, 23), "under 1 month, turns 1 on 1 November"),
        (date(2008, 2, 29), date(2026, 2, 28), "17, turns 18 on 1 March"),
        (date(2008, 2, 29), date(2026, 3, 1), "18 today, 1 March"),
        (date(1990, 1, 1), date(2026, 11, 23), "36"),
        (date(2027, 1, 1), date(2026, 11, 23), ""),
    ],
)
def test_ages_are_in_years_and_in_months_under_one(born, today, said):
    assert dates.age(born, today) == said


@pytest.mark.parametrize(
    ("years", "said"),
    [(0, "child"), (17, "child"), (18, "young adult"), (25, "young adult"), (26, "adult")],
)
def test_a_child_is_a_child_to_seventeen(years, said):
    assert dates.life_stage(years) == said


@given(anyday, anyday)
def test_nobody_turns_an_age_they_already_are(born, today):
    if born <= today:
        years = dates.years_old(born, today)
        assert dates.birthday(born, born.year + years) <= today < dates.birthday(born, born.year + years + 1)


@given(st.datetimes())
def test_no_moment_is_written_in_slashes_or_with_a_zero_in_front(when):
    said = dates.moment(when)
    assert "/" not in said
    assert f" {when.day} " in said


@pytest.mark.parametrize(
    ("iso", "words"),
    [("2010-05-01", "1 May 2010"), ("2010-05", "May 2010"), ("2010", "2010"), ("2010-13", "2010-13"), ("", "")],
)
def test_a_date_of_which_parts_are_missing(iso, words):
    assert dates.partial_date(iso) == words
