"""A spreadsheet writes a date day first: what it saves as CSV is read as it was meant."""

import pytest

from alongside.connectors.canonical import year_first
from alongside.contributions.models import Contribution

from .files import counts, rules
from .test_bad_input import COLUMNS, another, table

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("01/05/2010", "2010-05-01"),
        ("1/5/2010", "2010-05-01"),
        ("20/11/2026 16:30", "2026-11-20T16:30"),
        ("20/11/2026 9:05:00", "2026-11-20T09:05"),
        ("2026-11-20T16:30", "2026-11-20T16:30"),
        ("05/13/2010", "05/13/2010"),
        ("01/05/2010 00:00", "2010-05-01"),
        ("01/05/2010 00:30", "2010-05-01T00:30"),
        ("soon", "soon"),
    ],
)
def test_a_date_as_a_sheet_writes_it(written, read):
    assert year_first(written) == read


def test_a_file_of_such_dates_is_in(desk):
    columns = (*COLUMNS, "people.1.date_of_birth", "reported_at")
    row = (*another("N-1", occurred_at="20/11/2026 16:30"), "01/05/2010", "21/11/2026 08:00")
    file = desk.take_text(table(row, columns=columns))

    assert counts(file) == (1, 0, 0, 0)
    told = Contribution.objects.get().told
    assert told["occurred_at"].startswith("2026-11-20T16:30")
    assert told["people"][0]["date_of_birth"] == "2010-05-01"


@pytest.mark.parametrize(
    ("written", "rule"),
    [
        ("05/13/2010", "This is no date."),
        ("1 May", "This is no date."),
        ("2030-05-01", "This is no date of birth of somebody alive today."),
        ("1890-05-01", "This is no date of birth of somebody alive today."),
    ],
)
def test_what_cannot_be_a_birth_says_why(desk, written, rule):
    columns = (*COLUMNS, "people.1.date_of_birth")
    file = desk.take_text(table((*another("N-1"), written), columns=columns))

    assert rules(file) == [rule]
