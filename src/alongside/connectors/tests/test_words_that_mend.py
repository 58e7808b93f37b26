"""What is said of a file or a row is true of it, and says what stands there."""

import pytest

from .files import lines, note, rules

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("digits", ["9999999999", "444 444 4444"])
def test_one_digit_ten_times_is_a_placeholder(desk, digits):
    file = desk.take_text(lines(note(people=[{"role": "subject", "reference": "S", "nhs_number": digits}])))

    assert rules(file) == ["This is a placeholder, not a number: one digit, ten times."]
