"""What is said of a file or a row is true of it, and says what stands there."""

import pytest

from alongside.connectors.report import exit_status

from .files import lines, note, rules
from .test_bad_input import COLUMNS, another, table

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("digits", ["9999999999", "444 444 4444"])
def test_one_digit_ten_times_is_a_placeholder(desk, digits):
    file = desk.take_text(lines(note(people=[{"role": "subject", "reference": "S", "nhs_number": digits}])))

    assert rules(file) == ["This is a placeholder, not a number: one digit, ten times."]


@pytest.mark.parametrize("written", ["31/02/2026", "4/3/2031", "04/03/1980 22:15"])
@pytest.mark.parametrize("column", ["occurred_at", "reported_at", "people.1.date_of_birth", "people.3.date_of_birth"])
def test_a_date_is_reported_as_it_stands_in_the_file(desk, written, column):
    columns = dict.fromkeys((*COLUMNS, "people.1.date_of_birth", "people.3.date_of_birth", "reported_at"), "")
    row = columns | dict(zip(COLUMNS, another("N-1"), strict=True)) | {column: written}
    errors = list(desk.take_text(table(tuple(row.values()), columns=tuple(columns))).errors)

    assert {(error["field"], error["value"]) for error in errors} <= {(column, written)}
    assert errors or (column, written[-5:]) == ("reported_at", "22:15")


def test_a_folder_is_called_one(desk, tmp_path):
    (tmp_path / "returns").mkdir()
    report = desk.take(tmp_path / "returns")
    (error,) = report.files[0].errors

    assert error["rule"] == "This is a folder."
    assert "one by one, or with a *" in error["mend"]
    assert exit_status(report) == 2
