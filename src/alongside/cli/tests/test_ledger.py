"""What another party can be handed, and what they can check without us."""

import json
from functools import partial

import pytest
from conftest import NOW
from typer.testing import CliRunner

from alongside.agencies.models import Practitioner
from alongside.chronology import find_views
from alongside.cli import app
from alongside.ledger import outside
from alongside.ledger.models import LedgerEvent, Operation, record
from alongside.ledger.queries import latest, note_of
from alongside.ledger.tests import tampering
from alongside.people.tests.factories import COUNCIL, practitioner
from alongside.shared.keys import made

pytestmark = pytest.mark.django_db
BY_IMRAN = ("--as", "imran")


def asked(*words):
    return CliRunner().invoke(app, ["ledger", *map(str, words)])


@pytest.fixture(autouse=True)
def lines(tmp_path, monkeypatch):
    monkeypatch.setenv("ALONGSIDE_VAR", str(tmp_path / "var"))
    practitioner("imran", "data_protection_lead", COUNCIL)
    practitioner("maya", "front_door_worker", COUNCIL)
    about = "contribution:7F3K2222"
    return [record(Operation.VIEW, "receipt", by=f"worker {turn}", at=NOW, about=about) for turn in range(5)]


def test_a_ledger_left_in_peace_is_whole_beside_a_checkpoint_kept_elsewhere(tmp_path):
    assert asked("checkpoint", "--out", tmp_path / "kept").exit_code == 0
    answer = asked("verify", "--checkpoint", tmp_path / "kept")
    assert answer.exit_code == 0
    assert "The ledger is whole. 5 sealed lines, 1 checkpoints" in answer.output


def test_what_was_changed_is_named_and_the_exit_status_tells_scripts(tmp_path, lines):
    asked("checkpoint", "--out", tmp_path / "kept")
    with tampering.no_triggers():
        LedgerEvent.objects.filter(pk=lines[2].pk).update(actor="nobody")
    answer = asked("verify")
    assert answer.exit_code == 1
    assert f"Line {lines[2].pk}, sealed in place 3, is not as it was when it was sealed." in answer.output
    assert "The ledger is NOT whole" in answer.output


def test_a_copy_in_the_place_of_the_database_is_gone_on_from_when_somebody_says_so():
    asked("checkpoint")
    outside.keep(note_of(latest()))
    go_on = ("go-on", *BY_IMRAN, "--why", "the disk broke")
    assert "nothing to accept" in asked(*go_on).output
    with tampering.no_triggers():
        tampering.run("DELETE FROM ledger_checkpoint")
        tampering.run("DELETE FROM ledger_seal")
    for command in ("verify", "checkpoint"):
        answer = asked(command)
        assert answer.exit_code == 1
        assert "This machine keeps a checkpoint of" in answer.output
    assert asked("go-on", "--as", "maya", "--why", "hush").exit_code == 2
    assert "The ledger goes on from" in asked(*go_on).output
    assert asked("verify").exit_code == 0


def test_a_copy_that_was_forged_is_not_gone_on_from(lines):
    asked("checkpoint")
    outside.keep(note_of(latest()))
    with tampering.no_triggers():
        tampering.run("DELETE FROM ledger_checkpoint")
        LedgerEvent.objects.filter(pk=lines[2].pk).update(actor="nobody")
    answer = asked("go-on", *BY_IMRAN, "--why", "the disk broke")
    assert answer.exit_code == 1
    assert "The copy is not whole" in answer.output


def test_a_line_is_proved_to_whoever_has_the_key_and_the_file_alone(tmp_path, lines):
    asked("checkpoint")
    key = asked("key").output.strip()
    asked("prove", lines[1].pk, *BY_IMRAN, "--out", tmp_path / "proof")
    answer = asked("check-proof", tmp_path / "proof", "--key", key)
    assert answer.output == f"Line {lines[1].pk} is in place 2 of the 5 lines signed at {signed(tmp_path)}.\n"


def signed(folder) -> str:
    (proof,) = json.loads((folder / "proof").read_text())
    return proof["checkpoint"].split("time ")[1].split("\n")[0]


def test_every_line_about_a_receipt_is_proved():
    asked("checkpoint")
    assert len(json.loads(asked("prove", "7F3K2222", *BY_IMRAN).output)) == 5
    (look,) = LedgerEvent.objects.filter(what="ledger", actor="imran")
    assert look.details == {"asked": {"proved": "7F3K2222"}}


def test_that_the_ledger_grew_from_an_older_checkpoint_is_proved(tmp_path):
    asked("checkpoint", "--out", tmp_path / "old")
    record(Operation.VIEW, "timeline", by="tests", at=NOW)
    asked("checkpoint")
    asked("prove", "--since", tmp_path / "old", "--out", tmp_path / "proof")
    answer = asked("check-proof", tmp_path / "proof")
    assert "begin with the 5 signed at" in answer.output
    assert "Whose signature it is was not checked" in answer.output


@pytest.mark.parametrize(
    "change", [("worker 1", "worker 2"), ('"place": 2', '"place": 3'), ("alongside-ledger\\n5", "alongside-ledger\\n6")]
)
def test_a_proof_that_was_changed_proves_nothing(tmp_path, lines, change):
    asked("checkpoint")
    key = asked("key").output.strip()
    asked("prove", lines[1].pk, *BY_IMRAN, "--out", tmp_path / "proof")
    text = (tmp_path / "proof").read_text()
    assert change[0] in text
    (tmp_path / "proof").write_text(text.replace(*change))
    assert asked("check-proof", tmp_path / "proof", "--key", key).exit_code == 1


@pytest.mark.parametrize(
    ("words", "status", "said"),
    [
        (("prove",), 2, "Say either a line or a receipt"),
        (("prove", "1"), 2, "Say who reads the line"),
        (("prove", "1", "--as", "maya"), 2, "role does not allow this"),
        (("prove", "999999", *BY_IMRAN), 1, "There is no line 999999."),
        (("prove", "NOSUCH", *BY_IMRAN), 1, "There is no line about NOSUCH."),
        (("check-proof", "pyproject.toml"), 1, "This is no proof of a ledger."),
        (("verify", "--checkpoint", "pyproject.toml"), 2, "This is no checkpoint of a ledger"),
        (("verify", "--key", "hello"), 2, "This is no key of a ledger"),
    ],
)
def test_what_cannot_be_done_is_said_in_words(words, status, said):
    asked("checkpoint")
    answer = asked(*words)
    assert answer.exit_code == status
    assert said in answer.output


def test_a_line_that_is_not_sealed_yet_has_no_proof(lines):
    asked("checkpoint")
    line = record(Operation.VIEW, "timeline", by="tests", at=NOW)
    assert "is not sealed yet" in asked("prove", line.pk, *BY_IMRAN).output


@pytest.mark.parametrize(
    ("setting", "value", "said"),
    [
        ("LEDGER_KEY", "short", "ALONGSIDE_LEDGER_KEY is 32 random bytes in base64."),
        ("LEDGER_KEYS_BEFORE", ["hello"], "ALONGSIDE_LEDGER_KEYS_BEFORE: This is no key of a ledger"),
    ],
)
def test_a_key_that_cannot_be_read_is_said_in_words(settings, setting, value, said):
    setattr(settings, setting, value)
    for command in ("key", "verify", "checkpoint"):
        answer = asked(command)
        assert answer.exit_code == 2
        assert said in answer.output


def test_who_sought_a_name_is_found_by_whoever_has_it_in_mind():
    """An information governance lead is asked: did anybody here look for my neighbour’s boy?"""
    imran, maya = (Practitioner.objects.get(key=key) for key in ("imran", "maya"))
    find_views.write_down([], asked="Jordan  Vale", by=maya, at=NOW)
    looked = {"args": ["ledger", "sought", "--as", imran.key]}
    found = CliRunner().invoke(app, **looked, input="jordan vale\n")
    assert found.exit_code == 0, found.output
    (line,) = [line for line in found.stdout.splitlines() if maya.name in line]
    assert "vale" not in line.lower()
    assert CliRunner().invoke(app, **looked, input="somebody else\n").exit_code == 1
    assert LedgerEvent.objects.filter(what="ledger", actor="imran").count() == 2
    refused = CliRunner().invoke(app, ["ledger", "sought", "--as", "maya"], input="jordan vale\n")
    assert refused.exit_code == 2


def test_who_sought_a_name_is_found_when_the_search_key_has_changed_and_the_old_one_is_given(settings):
    imran, maya = (Practitioner.objects.get(key=key) for key in ("imran", "maya"))
    find_views.write_down([], asked="Jordan Vale", by=maya, at=NOW)
    looked = partial(CliRunner().invoke, app, ["ledger", "sought", "--as", imran.key], input="jordan vale\n")
    old, new, newer = settings.SEARCH_KEY, made(), made()
    settings.SEARCH_KEY = f"{new},{old}"
    assert looked().exit_code == 0
    settings.SEARCH_KEY = newer
    gone = looked()
    assert gone.exit_code == 1
    assert "by the search keys given to this command (1)" in gone.output
    assert "ALONGSIDE_OLD_SEARCH_KEYS" in gone.output
    settings.OLD_SEARCH_KEYS = f"{new},{old}"
    found = looked()
    assert found.exit_code == 0
    assert maya.name in found.stdout
    settings.OLD_SEARCH_KEYS = "no key"
    assert looked().exit_code == 2
