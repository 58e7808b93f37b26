"""What is said of a file or a row is true of it, and says what stands there."""

import pytest

from alongside.connectors.report import exit_status

from .files import counts, lines, note, rules
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


@pytest.mark.parametrize(
    "begins",
    [
        '{"type":"Topology","objects":{"lsoa":{}},"arcs":[[[0,0],[1,1]]]}',
        '{\n  "bbox": [0, 0, 1, 1],\n  "type" : "Topology",\n  "arcs": []\n}',
        '{"arcs":[' + ",".join(["[[0,0],[1,1]]"] * 10_000) + '],"type":"Topology"}',
    ],
    ids=["type first", "over many lines", "type last"],
)
def test_topojson_is_called_what_it_is(desk, begins):
    report = desk.take(desk.put(begins))
    (file,) = report.files
    (error,) = file.errors

    assert error["rule"] == "This is TopoJSON."
    assert "GeoJSON" in error["mend"]
    assert (exit_status(report), file.rejects, error["row"]) == (2, None, 0)


def test_a_note_that_speaks_of_a_topology_is_a_note(desk):
    spoken = note(narrative='He drew {"type":"Topology"} and {"arcs": [1]} on the board.')
    file = desk.take_text(lines(spoken, {"type": "Topology"}))

    assert (file.format, counts(file)) == ("canonical_ndjson", (1, 0, 0, 1))
