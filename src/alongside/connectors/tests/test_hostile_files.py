"""Files that mean harm are refused in words, in two seconds of work and 256 MB; honest ones of any length are read."""

import json
from collections.abc import Iterator
from datetime import date

import pytest

from alongside.connectors.bounded import STOPPED, reading
from alongside.connectors.reader import SHORTEST_WORK, TOO_MUCH, work_for
from alongside.connectors.safety import MEGABYTE

from . import hostile_files, hostile_xml
from .files import note

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 23)
# In the short form one in so many of each family is tried; all in the long one.
EVERY = 9
MOST_KB = 256 * 1024


def refused(desk, files: Iterator[tuple[str, bytes]]) -> list[str]:
    """Those that were not refused, or took too much."""
    wrong = []
    for name, content in files:
        file = desk.take_text(content, "file.bin", dry_run=True)
        if file.taken or not file.counts["rejected"] or not file.errors.groups:
            wrong.append(f"{name}: {dict(file.counts)}")
        elif file.peak_kb > MOST_KB or file.work > work_for(len(content)):
            wrong.append(f"{name}: {file.peak_kb // 1024} MB, {file.work:.1f} s of work")
    return wrong


@pytest.mark.parametrize("every", [hostile_xml.every, hostile_files.quick], ids=["xml", "files"])
def test_some_of_each_kind_are_refused(desk, every):
    assert refused(desk, every()[::EVERY]) == []


@pytest.mark.long
@pytest.mark.parametrize(
    ("every", "least"), [(hostile_xml.every, 100), (hostile_files.every, 200)], ids=["xml", "files"]
)
def test_every_one_is_refused(desk, every, least):
    files = every()
    assert len(files) >= least
    assert refused(desk, files) == []


def test_a_reader_that_dies_is_said_in_words_and_the_rest_of_the_import_is_in(desk):
    bomb = desk.put('{"kind": [' + "{}," * 3_000_000 + "{}]}\n", "bomb.ndjson")
    far = desk.put(dict(hostile_files.sheets())["cells without a place to 1048575,16383"], "far.xlsx")
    honest = desk.put(json.dumps(note()) + "\n", "honest.ndjson")

    report = desk.take(bomb, far, honest)

    assert [file.taken for file in report.files] == [0, 0, 1]
    rules = {next(iter(file.errors))["rule"] for file in report.files[1:2]}
    assert rules <= {STOPPED.rule, TOO_MUCH.rule}


@pytest.mark.long
def test_an_honest_file_of_200_megabytes_is_read_to_its_end(tmp_path):
    path = tmp_path / "long.csv"
    row = "general_note,leeds-camhs,carenotes,N-{},2026-11-20T16:30," + "Came to boxing and stayed. " * 37 + "\n"
    with path.open("w") as out:
        out.write("kind,source.agency,source.system,source.reference,occurred_at,narrative\n")
        for number in range(200_000):
            out.write(row.format(number))
    assert path.stat().st_size > 200 * MEGABYTE
    rows = 0
    with reading(path, today=TODAY) as reader:
        reader.begin()
        for batch in reader.batches():
            rows += len(batch)
    assert rows == 200_000
    assert reader.peak_kb < MOST_KB


def test_bounds_leave_a_long_file_its_time():
    assert work_for(0) == SHORTEST_WORK
    assert work_for(200 * MEGABYTE) > 30
