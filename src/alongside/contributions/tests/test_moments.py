from datetime import UTC, date, datetime

import pytest

from alongside.contributions.moments import birth_date, moment


@pytest.mark.parametrize(
    ("told", "when", "known_to"),
    [
        pytest.param("2026-03-04T22:15:00Z", datetime(2026, 3, 4, 22, 15, tzinfo=UTC), "minute", id="in UTC"),
        pytest.param("2026-07-04T22:15", datetime(2026, 7, 4, 21, 15, tzinfo=UTC), "minute", id="London in summer"),
        pytest.param("2026-01-04T22:15", datetime(2026, 1, 4, 22, 15, tzinfo=UTC), "minute", id="London in winter"),
        pytest.param("2026-07-04", datetime(2026, 7, 3, 23, tzinfo=UTC), "day", id="only the day"),
        pytest.param("2016-07", datetime(2016, 6, 30, 23, tzinfo=UTC), "month", id="only the month"),
    ],
)
def test_when_something_happened(told, when, known_to):
    assert moment(told) == (when, known_to)


@pytest.mark.parametrize("told", ["", "yesterday", "2026-13-01", "04/03/2026", "2026-02-30"])
def test_what_is_no_date(told):
    with pytest.raises(ValueError):  # noqa: PT011  the words come from the caller
        moment(told)


@pytest.mark.parametrize("told", ["2010", "2010-05", "2010-05-01", "1950-01-01"])
def test_a_date_of_birth_may_be_partial(told):
    assert birth_date(told, today=date(2026, 11, 23)) == told


@pytest.mark.parametrize("told", ["1890-01-01", "2027-01-01", "2010-02-30", "05/2010", ""])
def test_nobody_was_born_then(told):
    with pytest.raises(ValueError):  # noqa: PT011
        birth_date(told, today=date(2026, 11, 23))
