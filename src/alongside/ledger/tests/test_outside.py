"""Whoever owns the database, and neither this machine nor its keys, cannot have the ledger begun anew."""

from datetime import timedelta

import pytest
from conftest import NOW
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.conf import settings as ours
from django.urls import reverse

from alongside.ledger import outside
from alongside.ledger.actions import UnsoundError, go_on, seal
from alongside.ledger.keys import trusted
from alongside.ledger.models import Checkpoint, LedgerEvent, Operation, record
from alongside.ledger.notes import sign
from alongside.ledger.queries import latest, note_of
from alongside.ledger.sentences import sentence
from alongside.ledger.verifying import verify
from alongside.shared.keys import made
from alongside.web.tests.reading import words

from . import tampering

pytestmark = pytest.mark.django_db


@pytest.fixture
def sealed(django_capture_on_commit_callbacks):
    """Lines, sealed in goes, as a service does that runs; the newest checkpoint."""

    def sealed(goes: int = 1) -> Checkpoint:
        for _ in range(goes):
            for turn in range(4):
                at = NOW + timedelta(seconds=turn)
                record(Operation.VIEW, "timeline", by=f"worker {turn}", at=at, about="person:7F3K")
            with django_capture_on_commit_callbacks(execute=True):
                made = seal(at=NOW)
        return made

    return sealed


def cut(size: int) -> None:
    """The ledger as it was when it had so many lines."""
    highest = Checkpoint.objects.get(pk=size).highest if size else 0
    with tampering.no_triggers():
        tampering.run("DELETE FROM ledger_checkpoint WHERE size > %s", size)
        tampering.run("DELETE FROM ledger_seal WHERE sequence > %s", size)
        tampering.run("DELETE FROM ledger_ledgerevent WHERE id > %s", highest)
        if tampering.connection.vendor == "sqlite":
            name = "ledger_ledgerevent"
            tampering.run("UPDATE sqlite_sequence SET seq = %s WHERE name = %s", highest, name)


def sentences() -> list[str]:
    return verify(trusted=trusted()).sentences


def test_the_last_checkpoint_is_kept_once_more_and_the_ledger_grows_on_it(sealed):
    assert outside.kept() is None
    last = sealed(3)
    assert outside.kept() == note_of(last)
    assert sentences() == []
    assert [one.name for one in ours.LEDGER_KEPT.parent.glob(f"{ours.LEDGER_KEPT.name}*")] == [ours.LEDGER_KEPT.name]


@pytest.mark.parametrize("left", [0, 4, 8])
def test_what_was_cut_off_or_emptied_is_not_begun_anew(sealed, left):
    sealed(3)
    cut(left)
    assert "This machine keeps a checkpoint of 2026-11-23T09:20:00+00:00." in sentences()[0]
    for _ in range(4):
        record(Operation.VIEW, "timeline", by="worker 1", at=NOW, about="person:8G4L")
    with pytest.raises(UnsoundError, match="This machine keeps"):
        seal(at=NOW)
    assert (latest().size if left else latest()) == (left or None)


def test_all_signed_anew_as_long_as_before_is_not_what_was_signed(sealed, settings):
    """By somebody who holds an old key, say: the ledger fits together, and is another."""
    sealed(2)
    with tampering.no_triggers():
        tampering.run("DELETE FROM ledger_checkpoint")
        tampering.run("DELETE FROM ledger_seal")
        LedgerEvent.objects.filter(actor="worker 1").delete()
    mine, settings.LEDGER_KEPT = settings.LEDGER_KEPT, settings.LEDGER_KEPT.with_name("none")
    seal(at=NOW)
    sealed(1)
    assert sentences() == []
    settings.LEDGER_KEPT = mine
    assert "was written anew since" in sentences()[0]
    with pytest.raises(UnsoundError):
        seal(at=NOW)


def test_a_file_that_is_none_or_is_signed_by_another_is_said(sealed, settings):
    sealed()
    settings.LEDGER_KEPT.write_bytes(b"nothing")
    assert "should be the last checkpoint" in sentences()[0]
    with pytest.raises(UnsoundError):
        seal(at=NOW)
    settings.LEDGER_KEPT.unlink()
    sealed()
    settings.LEDGER_KEY = made()
    assert "is not signed with a key of this ledger" in sentences()[0]


def test_a_machine_that_keeps_nothing_yet_begins_to(sealed, settings):
    sealed(2)
    settings.LEDGER_KEPT.unlink()
    assert verify(trusted=trusted()).is_whole
    last = sealed()
    assert outside.kept() == note_of(last)


def test_a_file_that_cannot_be_written_holds_nothing_up(sealed, settings):
    settings.LEDGER_KEPT = settings.LEDGER_KEPT / "no such folder" / "file"
    assert sealed().size == 4
    assert sealed().size == 8


def test_a_copy_that_was_put_in_place_on_purpose_is_accepted_and_the_ledger_says_so(
    sealed, seat, django_capture_on_commit_callbacks
):
    imran = seat("imran", "leeds-city-council", "data_protection_lead")
    first = sealed().size
    sealed()
    cut(first)
    with django_capture_on_commit_callbacks(execute=True):
        go_on(by=imran, at=NOW, why="the disk broke")
    assert sentences() == []
    line = LedgerEvent.objects.get(what="ledger went on from a copy")
    assert "had the ledger go on from a copy" in sentence(line)
    assert outside.kept() == note_of(latest())
    assert ours.LEDGER_KEPT.with_name(f"{ours.LEDGER_KEPT.name}.before-1").exists()
    with pytest.raises(UnsoundError, match="nothing to accept"):
        go_on(by=imran, at=NOW, why="once more")


@pytest.mark.parametrize("left", [b"", b"nothing", "another's"])
def test_a_file_that_cannot_be_read_is_lost_and_the_ledger_goes_on_and_says_so(
    sealed, seat, settings, left, django_capture_on_commit_callbacks
):
    """Half written as the disk filled up, say, or signed with a key that is no longer among ours."""
    imran = seat("imran", "leeds-city-council", "data_protection_lead")
    sealed()
    note = outside.kept()
    another = Ed25519PrivateKey.generate()
    settings.LEDGER_KEPT.write_bytes(left if isinstance(left, bytes) else bytes(sign(note.head, another)))
    assert outside.disagreement()
    with django_capture_on_commit_callbacks(execute=True):
        go_on(by=imran, at=NOW, why="the disk was full")
    assert sentences() == []
    line = LedgerEvent.objects.get(what="ledger went on without its file")
    assert "which could not be read" in sentence(line)
    assert outside.kept() == note_of(latest())
    assert settings.LEDGER_KEPT.with_name(f"{settings.LEDGER_KEPT.name}.before-1").exists()


@pytest.mark.parametrize("is_lost", [True, False])
def test_what_is_refused_changes_nothing_and_health_says_so_still(
    sealed, seat, settings, is_lost, django_capture_on_commit_callbacks
):
    imran = seat("imran", "leeds-city-council", "data_protection_lead")
    first = sealed().size
    sealed()
    cut(first)
    if is_lost:
        settings.LEDGER_KEPT.write_bytes(b"")
    with tampering.no_triggers():
        tampering.run("DELETE FROM ledger_seal WHERE sequence = %s", first)
    before, was = LedgerEvent.objects.count(), settings.LEDGER_KEPT.read_bytes()
    with django_capture_on_commit_callbacks(execute=True), pytest.raises(UnsoundError, match="does not fit"):
        go_on(by=imran, at=NOW, why="the disk broke")
    assert LedgerEvent.objects.count() == before
    assert outside.disagreement()
    assert settings.LEDGER_KEPT.read_bytes() == was


def test_health_says_that_the_database_lacks_what_was_signed(sealed, client, grace):
    client.force_login(grace)
    sealed()
    assert "The ledger is not being sealed" not in words(client.get(reverse("health")))
    cut(0)
    page = words(client.get(reverse("health")))
    assert "The ledger is not being sealed" in page
    assert "This machine keeps a checkpoint of" in page
