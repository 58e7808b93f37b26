"""Commands answer scripts with their exit status, and people with words."""

import json
import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings
from typer.testing import CliRunner

from alongside.chronology.find_views import asked_as
from alongside.chronology.models import ChronologyEntry
from alongside.cli import app, environment
from alongside.contributions.models import ApiToken, Contribution
from alongside.ledger.models import LedgerEvent

ROOT = Path(__file__).resolve().parents[4]
NOTE = {
    "kind": "general_note",
    "source": {"agency": "leeds-camhs", "system": "carenotes", "reference": "N-1"},
    "occurred_at": "2026-03-04T10:00:00Z",
    "handling": "team",
}


def asked(*words):
    return CliRunner().invoke(app, words)


@pytest.fixture
def note(tmp_path):
    def written(**changes):
        file = tmp_path / "notes.ndjson"
        file.write_text(json.dumps(NOTE | changes) + "\n")
        return file

    return written


@pytest.fixture(autouse=True)
def folder_of_this_test(tmp_path, monkeypatch):
    monkeypatch.setenv("ALONGSIDE_VAR", str(tmp_path / "var"))
    monkeypatch.setattr(settings, "VAR", tmp_path / "var")


@pytest.mark.django_db
def test_state_is_json_with_counts_and_a_hash():
    told = json.loads(asked("state").output)
    assert told["contributions"] == 0
    assert len(told["hash"]) == 64


@pytest.mark.django_db
def test_nobody_asks_without_a_seat(agencies):
    answer = asked("search", "kai", "--as", "nobody")
    assert answer.exit_code == 2
    assert "Nobody here has the key" in answer.output


@pytest.mark.django_db
@pytest.mark.parametrize("words", [("search", "kai", "--as", "omar"), ("brief", "--as", "omar")])
def test_a_role_that_may_not_is_told_so(omar, words):
    answer = asked(*words)
    assert answer.exit_code == 2
    assert "does not allow this" in answer.output


@pytest.mark.django_db
def test_a_search_on_the_terminal_is_in_the_ledger_too(maya):
    assert asked("search", "nobody at all", "--as", "maya").exit_code == 1
    assert LedgerEvent.objects.get(what="search").details["asked"] == asked_as("nobody at all")


@pytest.mark.django_db
def test_each_child_whom_a_search_on_the_terminal_shows_has_a_line(maya, note):
    kai = {"given_name": "Kai", "family_name": "Adeyemi", "date_of_birth": "2011-03-04", "role": "subject"}
    asked("ingest", str(note(people=[kai])))
    shown = asked("search", "adeyemi", "--as", "maya").output.split()[0]
    assert [one.subject for one in LedgerEvent.objects.filter(what="search result")] == [f"person:{shown}"]


@pytest.mark.django_db
def test_a_briefing_needs_one_chair_or_a_name(agencies, seat):
    assert asked("brief").exit_code == 2
    seat("ellen", "leeds-city-council", "meeting_chair")
    answer = asked("brief", "--date", "2026-11-23")
    assert answer.exit_code == 0
    assert "OFFICIAL-SENSITIVE" in answer.output


@pytest.mark.django_db
def test_a_morning_long_past_is_refused_in_words_on_the_terminal_too(priya):
    answer = asked("brief", "--date", "2001-01-01", "--as", "priya")
    assert answer.exit_code == 2
    assert "for the chair of the meeting" in answer.output


@pytest.mark.django_db
def test_a_file_without_anything_usable_is_exit_status_2(tmp_path):
    empty = tmp_path / "empty.csv"
    empty.write_text("")
    assert asked("ingest", str(empty)).exit_code == 2


@pytest.mark.parametrize(
    ("name", "least"), [(name, 50 if name == environment.KEY else 43) for name in environment.KEYS]
)
def test_a_kept_key_is_made_once_and_only_its_owner_can_read_it(name, least):
    first = environment.kept_key(name)
    assert environment.kept_key(name) == first
    assert len(first) >= least
    file = environment.var() / environment.KEYS[name]
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert stat.S_IMODE(file.parent.stat().st_mode) == 0o700


def test_the_playbook_that_we_ship_has_no_mistake():
    answer = asked("playbook", "check")
    assert answer.exit_code == 0
    assert "nothing to mend" in answer.output


@pytest.mark.django_db
def test_a_folder_for_data_that_is_not_there_is_made_whoever_gave_the_key(tmp_path, monkeypatch, note):
    monkeypatch.setenv("ALONGSIDE_SECRET_KEY", "given from outside")
    monkeypatch.setenv("ALONGSIDE_VAR", str(tmp_path / "deep" / "var"))
    assert asked("ingest", str(note())).exit_code == 0
    assert stat.S_IMODE((tmp_path / "deep" / "var").stat().st_mode) == 0o700


def test_a_folder_for_data_that_cannot_be_made_is_said_in_words(tmp_path, monkeypatch):
    (tmp_path / "file").write_text("")
    monkeypatch.setenv("ALONGSIDE_VAR", str(tmp_path / "file" / "var"))
    answer = asked("state")
    assert answer.exit_code == 2
    assert "The folder for data cannot be written to." in answer.output


@pytest.mark.parametrize(
    ("database", "words"),
    [
        ("no address at all", "A setting cannot be understood."),
        ("postgres://alongside@127.0.0.1:9/alongside", "The database does not answer"),
    ],
)
def test_a_database_that_is_not_there_is_said_in_words(tmp_path, database, words):
    environ = {**os.environ, "DATABASE_URL": database, "ALONGSIDE_VAR": str(tmp_path), "PYTHONPATH": "src"}
    command = [sys.executable, "-m", "alongside", "state"]
    done = subprocess.run(command, env=environ, cwd=ROOT, capture_output=True, text=True, check=False, timeout=60)
    assert done.returncode == 2
    assert words in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("brief", "--as", "maya", "--out", "nowhere/today.pdf"), "There is no folder nowhere."),
        (("ingest", "notes.ndjson", "--report", "nowhere/report.json"), "There is no folder nowhere."),
        (("token", "end", "99"), "There is no key 99."),
        (("token", "make", "leeds", "feed"), "No partner is called 'leeds'. There are: catch, "),
        (("token", "make", "leeds-camhs", "feed", "--kind", "diary"), "No kind is called diary. There are: "),
    ],
)
def test_what_cannot_be_is_said_before_anything_is_done(agencies, words, said):
    answer = asked(*words)
    assert answer.exit_code == 2
    assert said in answer.output


@pytest.mark.django_db
def test_a_file_of_five_hundred_columns_still_fits_on_a_screen(tmp_path):
    columns = ["kind", "source.agency", "source.system", "source.reference", "occurred_at"]
    values = ["general_note", "leeds-camhs", "carenotes", "N-1", "2026-03-04"]
    more = [f"column {number}" for number in range(500)]
    wide = tmp_path / "wide.csv"
    wide.write_text(",".join(columns + more) + "\n" + ",".join(values + more) + "\n")
    answer = asked("ingest", str(wide))
    assert answer.exit_code == 0
    assert answer.output.count("left out: ") == 1
    assert "and 488 more (the report has them all) (500)" in answer.output


def test_a_playbook_that_is_not_there_is_said_in_words(tmp_path, note):
    environ = {**os.environ, "ALONGSIDE_PLAYBOOK": "nowhere", "ALONGSIDE_VAR": str(tmp_path), "PYTHONPATH": "src"}
    command = [sys.executable, "-m", "alongside", "ingest", str(note())]
    done = subprocess.run(command, env=environ, cwd=ROOT, capture_output=True, text=True, check=False, timeout=60)
    assert done.returncode == 2
    assert "The playbook cannot be used." in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.django_db
def test_what_a_file_told_is_withdrawn_with_a_reason(note):
    asked("ingest", str(note(people=[{"role": "subject", "reference": "C-1", "given_name": "Kai"}])))
    told = ("withdraw", "leeds-camhs", "carenotes", "N-1", "--because")

    assert asked(*told, " ").exit_code == 2
    assert asked(*told, "Another child").exit_code == 0
    assert "already withdrawn" in asked(*told, "Another child").output
    (kept,) = Contribution.objects.all()
    assert (kept.withdrawn_because, ChronologyEntry.objects.filter(withdrawn=False).exists()) == (
        "Another child",
        False,
    )


@pytest.mark.django_db
@pytest.mark.parametrize("missing", [("leeds-camhs", "carenotes", "N-2"), ("nobody", "carenotes", "N-1")])
def test_what_was_never_told_cannot_be_withdrawn(note, missing):
    asked("ingest", str(note()))
    answer = asked("withdraw", *missing, "--because", "Another child")

    assert answer.exit_code == 2
    assert "told nothing" in answer.output


@pytest.mark.django_db
def test_a_key_for_which_no_kind_is_named_sends_what_its_agency_tells(agencies):
    answer = asked("token", "make", "leeds-camhs", "carenotes")
    assert answer.exit_code == 0
    (kinds,) = (line for line in answer.output.splitlines() if line.startswith("It may send: "))
    assert "camhs_contact" in kinds
    assert "general_note" in kinds
    assert "police" not in kinds
    assert ApiToken.objects.get().kinds == kinds.removeprefix("It may send: ").rstrip(".").split(", ")
