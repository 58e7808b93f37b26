import pytest

from alongside.contributions.times import read_time


@pytest.mark.parametrize(
    ("typed", "time"),
    [
        *[("10:15pm", "22:15"), ("22:15", "22:15"), ("2215", "22:15"), ("7am", "07:00"), ("12am", "00:00")],
        *[("12pm", "12:00"), ("noon", "12:00"), ("Midnight", "00:00"), ("10.15 p.m.", "22:15"), (" 9 ", "09:00")],
    ],
)
def test_a_time_as_people_type_it(typed, time):
    assert f"{read_time(typed):%H:%M}" == time


@pytest.mark.parametrize("typed", ["25:00", "13pm", "0am", "soon", "10:75", "", "1:2"])
def test_what_is_no_time(typed):
    with pytest.raises(ValueError, match=r"time of day|minute|hour"):
        read_time(typed)
