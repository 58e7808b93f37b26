"""Files in: what the report says, what can be mended and fed back, what a preview leaves untouched."""

import csv
import json

import pytest
from django.db import connection
from hypothesis import given
from hypothesis import strategies as st

from alongside.connectors.arrivals import Told
from alongside.connectors.frames import unpacked
from alongside.connectors.reader import frames
from alongside.connectors.report import exit_status
from alongside.connectors.safety import NotReadable
from alongside.connectors.tasks import look_at_growth
from alongside.contributions.flat import flatten, unflatten
from alongside.contributions.kinds import kinds
from alongside.contributions.models import Contribution
from alongside.ledger.models import LedgerEvent
from alongside.people.models import AgencyRecord

from .files import counts, lines, note

pytestmark = pytest.mark.django_db


def test_the_report_has_the_agreed_shape(desk, tmp_path):
    report = desk.take(desk.put(lines(note(), note("N-2", occurred_at="soon"))))
    report.write(tmp_path / "report.json")

    written = json.loads((tmp_path / "report.json").read_text())

    assert written == report.as_dict()
    assert set(written) == {"files", "totals", "seconds"}
    (file,) = written["files"]
    assert list(file) == [
        *("path", "format", "accepted", "unchanged", "superseded", "rejected", "left_out", "errors"),
    ]
    assert [set(error) for error in file["errors"]] == [{"row", "field", "value", "rule", "mend"}]
    assert written["totals"]["accepted"] == written["totals"]["rejected"] == 1


@pytest.mark.parametrize(
    ("texts", "status"),
    [
        ([lines(note())], 0),
        ([lines(note(), note("N-2", kind="gossip"))], 1),
        ([lines(note()), ""], 1),
        ([lines(note(kind="gossip"))], 2),
        ([""], 2),
        ([], 2),
    ],
)
def test_the_exit_status_says_whether_all_is_in(desk, texts, status):
    report = desk.take(*(desk.put(text, f"{n}.txt") for n, text in enumerate(texts)))

    assert exit_status(report) == status


def test_rejects_are_mended_in_the_table_they_came_in_and_fed_back(desk):
    rows = [flatten(note("N-1")), flatten(note("N-2", occurred_at="soon"))]
    text = ",".join(rows[0]) + "\n" + "\n".join(",".join(row.values()) for row in rows)
    rejects = desk.take_text(text).rejects.read_text()
    assert "occurred_at: This is no date and time." in rejects

    again = desk.take_text(rejects.replace("soon", "2026-11-20"))

    assert counts(again) == (1, 0, 0, 0)
    assert again.in_short() == {}


def test_a_preview_says_the_same_and_keeps_nothing(desk):
    text = lines(note(), note(), note("N-2", kind="gossip"))
    seen = desk.take_text(text, dry_run=True)

    assert counts(seen) == (1, 1, 0, 1)
    assert Contribution.objects.count() == AgencyRecord.objects.count() == 0
    assert counts(desk.take_text(text)) == counts(seen)


def test_what_is_taken_in_is_followed_to_the_timeline_and_leaves_a_line_in_the_ledger(desk):
    desk.take_text(lines(note()))

    assert AgencyRecord.objects.get().person is not None
    assert LedgerEvent.objects.filter(operation="collect", actor="tests").count() == 1


def test_progress_is_told_after_each_batch(desk):
    heard = []
    text = lines(*(note(f"N-{n}", kind="gossip") for n in range(1500)))
    desk.take_text(text, progress=lambda file, rows: heard.append(rows))

    assert heard == [1000, 1500]


def test_rows_before_a_break_come_before_the_break():
    def breaks():
        yield from (Told(n, {}, {}) for n in range(3))
        raise NotReadable("It breaks off.", "Send it again.")

    many = frames(breaks())

    assert [row.row for row in unpacked(next(many))] == [0, 1, 2]
    with pytest.raises(NotReadable):
        next(many)


words = st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1).filter(str.strip)
people = st.fixed_dictionaries(
    {"role": words}, optional={"given_name": words, "ethnicity": st.fixed_dictionaries({"code": words})}
)
envelopes = st.fixed_dictionaries(
    {"kind": words, "source": st.fixed_dictionaries({"agency": words, "reference": words})},
    optional={
        "narrative": words,
        "people": st.lists(people, min_size=1, max_size=12),
        "details": st.fixed_dictionaries({"reason": words}),
    },
)


@given(envelopes)
def test_what_is_laid_flat_stands_up_again_the_same(envelope):
    assert unflatten(flatten(envelope)) == envelope


@pytest.mark.parametrize(
    "key",
    [
        "camhs_contact",
        "custody_episode",
        "general_note",
        "missing_episode",
        "police_protection_notification",
    ],
)
def test_the_example_of_a_kind_says_the_same_in_a_table_as_in_a_line(desk, tmp_path, key):
    example = kinds()[key].example
    row = flatten(example)
    path = tmp_path / "table.csv"
    with path.open("w", newline="") as out:
        writer = csv.DictWriter(out, row)
        writer.writeheader()
        writer.writerow(row)

    by_line, by_table = desk.take(desk.put(lines(example)), path).files

    assert counts(by_line) == (1, 0, 0, 0), list(by_line.errors)
    assert counts(by_table) == (0, 1, 0, 0), list(by_table.errors)


@pytest.mark.parametrize(("rows", "on_postgresql"), [(10_000, ["ANALYZE"]), (9_999, []), (0, [])])
def test_after_an_import_the_database_counts_its_tables(rows, on_postgresql):
    asked = []
    # Only asked, not done: what a database counts in a test stays with it for the tests after.
    with connection.execute_wrapper(lambda execute, sql, params, many, context: asked.append(sql)):
        look_at_growth(rows)
    assert asked == (["ANALYZE"] if connection.vendor == "sqlite" else on_postgresql)


def test_files_of_one_name_each_have_their_own_rejects(desk):
    paths = [desk.folder / folder / "notes.ndjson" for folder in ("police", "school")]
    for path in paths:
        path.parent.mkdir()
        path.write_text(lines(note(kind=path.parent.name)))
    rejects = [file.rejects for file in desk.take(*paths).files]

    assert [path.name for path in rejects] == ["notes.ndjson.rejects.ndjson", "notes.ndjson.rejects-2.ndjson"]
    assert ["police" in rejects[0].read_text(), "school" in rejects[1].read_text()] == [True, True]


@pytest.mark.parametrize("first", ["null", "[]", "7", "nonsense", '"kind"', "}", "[1,", "kind,kind"])
def test_a_first_line_that_says_nothing_leaves_the_rest_of_the_file_in(desk, first):
    file = desk.take_text(first + "\n" + lines(note("N-1"), note("N-2")))

    assert (file.format, counts(file)) == ("canonical_ndjson", (2, 0, 0, 1))
    assert [error["row"] for error in file.errors] == [1]


@pytest.mark.parametrize("between", [", ", ",\n"])
@pytest.mark.parametrize("begins", ["[", "[\n"])
def test_a_json_list_is_told_what_to_become(desk, begins, between):
    report = desk.take(desk.put(f"{begins}{between.join(json.dumps(note(f'N-{n}')) for n in range(3))}]"))
    (error,) = report.files[0].errors

    assert error["rule"] == "This is one JSON list."
    assert error["mend"].startswith("Write each contribution on a line of its own")
    assert exit_status(report) == 2
