"""A row that was refused waits to be mended, and then it is nowhere any more."""

import json
import os
from datetime import timedelta
from pathlib import Path

import pytest
import time_machine
from conftest import NOW
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from alongside.connectors.models import ImportRun
from alongside.contributions.tests.example import note
from alongside.keeping import tasks
from alongside.keeping.actions import place_hold
from alongside.keeping.refused import clear_refused_rows
from alongside.keeping.retention import of_the_partnership, read
from alongside.ledger.models import LedgerEvent, Operation
from alongside.ledger.sentences import sentence
from alongside.playbook import BrokenPlaybookError
from alongside.web.tests.reading import words

from .test_no_trace import found_in_files, found_in_tables

pytestmark = pytest.mark.django_db
REFUSED = note("N-2", occurred_at="kestrelday", narrative="narrativkestrel")
WORDS = ("kestrelday", "narrativkestrel", "kestrelname")


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(NOW, tick=False) as travelling:
        yield travelling


@pytest.fixture
def run(client, grace, settings, tmp_path):
    """Grace took a file in, and one of its rows was refused."""
    settings.UPLOADS, settings.VAR = tmp_path / "uploads", tmp_path
    client.force_login(grace)
    rows = "\n".join(json.dumps(one) for one in (note(), REFUSED))
    file = SimpleUploadedFile("kestrelname.ndjson", rows.encode())
    client.post(reverse("import"), {"files": file, "do": "take_in"})
    return ImportRun.objects.get()


def after(days):
    return NOW + timedelta(days=days)


def test_refused_rows_wait_to_be_mended_and_then_no_word_of_them_is_left(run, client, tmp_path):
    assert clear_refused_rows(at=after(27)) == 0
    assert {word for _, word in found_in_files(tmp_path, WORDS)} == set(WORDS)
    assert clear_refused_rows(at=after(29)) == 1
    assert found_in_files(tmp_path, WORDS) == found_in_tables(WORDS) == set()
    page = client.get(reverse("import_report", args=[run.key]))
    assert "was cleared on 22 December 2026" in words(page)
    assert "This is no date and time." in words(page)
    assert "Download the rows to mend" not in words(page)
    assert "Not taken in 1" in words(page)
    assert client.get(reverse("import_rejects", args=[run.key, 0])).status_code == 404


def test_the_ledger_says_so_once(run):
    clear_refused_rows(at=after(29))
    assert clear_refused_rows(at=after(30)) == 0
    line = LedgerEvent.objects.get(operation=Operation.ERASE)
    assert sentence(line) == f"retention cleared what was kept of the files of the import {run.key}."


@pytest.mark.parametrize("state", ["failed", "running", "waiting"])
def test_an_import_that_never_came_to_its_end_keeps_no_files_either(run, client, state):
    ImportRun.objects.update(state=state)
    assert clear_refused_rows(at=after(29)) == 1
    assert not run.folder.exists()
    page = words(client.get(reverse("import_report", args=[run.key])))
    assert "The import stopped." in page
    assert "was cleared on 22 December 2026" in page


def test_a_hold_on_all_that_the_agency_told_keeps_its_uploads(run, seat):
    theirs = seat("una", run.by.agency_id, "records_officer")
    place_hold(by=theirs, at=NOW, because="An inquiry.", until=after(40).date())
    assert clear_refused_rows(at=after(29)) == 0
    assert run.folder.exists()
    assert clear_refused_rows(at=after(42)) == 1


def test_what_cannot_be_taken_away_is_not_said_to_be_gone(run, monkeypatch):
    def busy(*_):
        raise OSError(16, "Device or resource busy")

    with monkeypatch.context() as patched:
        patched.setattr("alongside.connectors.disposing.shutil.rmtree", busy)
        assert clear_refused_rows(at=after(29)) == 0
    assert not ImportRun.objects.exclude(rows_cleared_at=None).exists()
    assert clear_refused_rows(at=after(30)) == 1


def test_refused_rows_of_the_terminal_go_too_the_new_ones_stay(db, settings, tmp_path):
    settings.VAR = tmp_path
    old, new = (tmp_path / "rejects" / name for name in ("old.csv", "new.csv"))
    old.parent.mkdir()
    for path, day in ((old, NOW), (new, after(20))):
        path.write_text("narrativkestrel")
        os.utime(path, (day.timestamp(), day.timestamp()))
    clear_refused_rows(at=after(29))
    assert [path.name for path in old.parent.iterdir()] == ["new.csv"]
    assert LedgerEvent.objects.get().details == {"count": 1}


def test_the_daily_work_does_it(run, clock):
    clock.move_to(after(29))
    assert tasks.clear_what_is_over.func() == 1


def test_how_long_stands_in_the_playbook_and_is_long_enough_to_mend_a_file(tmp_path):
    assert of_the_partnership().refused_rows_days == 28
    file = Path(tmp_path) / "keeping.toml"
    file.write_text("refused_rows_days = 2\nperiods = []\n")
    with pytest.raises(BrokenPlaybookError, match="greater than or equal to 7"):
        read(file)
