from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alongside.meetings.rules import age_in_words, may_be_a_child, window

DAYS = st.dates(date(2020, 1, 1), date(2035, 12, 31))


@pytest.mark.parametrize(
    ("on", "start", "hours"),
    [
        (date(2026, 11, 24), "2026-11-23T08:00:00+00:00", 24),
        (date(2026, 11, 23), "2026-11-20T08:00:00+00:00", 72),
        (date(2026, 7, 7), "2026-07-06T08:00:00+01:00", 24),
        (date(2026, 3, 29), "2026-03-28T08:00:00+00:00", 23),
        (date(2026, 3, 30), "2026-03-27T08:00:00+00:00", 71),
        (date(2026, 10, 25), "2026-10-24T08:00:00+01:00", 25),
        (date(2026, 10, 26), "2026-10-23T08:00:00+01:00", 73),
    ],
    ids=["a day", "a monday", "summer", "clocks on", "monday after", "clocks back", "monday after that"],
)
def test_the_hours_that_a_meeting_hears_of(on, start, hours):
    heard = window(on)
    assert (heard.start.isoformat(), heard.hours) == (start, hours)
    assert (heard.end.date(), heard.end.hour) == (on, 8)


@given(DAYS)
def test_no_hour_of_a_working_week_falls_between_two_meetings(on):
    meeting_before = {0: 3}.get(on.weekday(), 1)
    assert window(on - timedelta(days=meeting_before)).end == window(on).start


@pytest.mark.parametrize(
    ("first", "last", "held"),
    [
        (0, 0, True),
        (-60, -1, False),
        (-60, 0, True),
        (24 * 60, 24 * 60, False),
        (24 * 60 - 1, 24 * 60 + 1, True),
    ],
)
def test_a_day_without_an_hour_is_heard_wherever_it_touches(first, last, held):
    heard = window(date(2026, 11, 24))
    since = heard.start
    assert heard.holds(since + timedelta(minutes=first), since + timedelta(minutes=last)) is held


ON = date(2026, 11, 23)


@pytest.mark.parametrize(
    ("born", "child", "words"),
    [
        ("2010-11-24", True, "15, turns 16 on 24 November"),
        ("2008-11-23", False, "18 today, 23 November"),
        ("2008-11-24", True, "17, turns 18 on 24 November"),
        ("2008", True, "17 or 18"),
        ("2007", False, "18 or 19"),
        ("2008-12", True, "17"),
        ("2011-11", True, "14 or 15"),
        ("", True, "Age not known"),
    ],
)
def test_who_may_be_a_child_and_how_old(born, child, words):
    assert may_be_a_child(born, ON) is child
    assert age_in_words(born, ON) == words
