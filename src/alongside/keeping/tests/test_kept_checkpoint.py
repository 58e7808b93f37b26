"""A backup is asked beside the checkpoint that this machine keeps: what is wrong with that file is no fault of it."""

import pytest
from conftest import NOW
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from alongside.keeping.restoring import Restored, has_its_ledger
from alongside.ledger.actions import seal
from alongside.ledger.models import Operation, record
from alongside.ledger.notes import sign
from alongside.ledger.queries import note_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def last():
    record(Operation.VIEW, "timeline", by="worker 1", at=NOW, about="person:7F3K")
    return note_of(seal(at=NOW))


@pytest.mark.parametrize("kept", [b"", b"nothing", "another's"])
def test_a_file_that_cannot_be_read_is_said_and_is_no_fault_of_the_backup(last, kept):
    another = bytes(sign(last.head, Ed25519PrivateKey.generate()))
    found = has_its_ledger(Restored({}, dict, kept if isinstance(kept, bytes) else another))
    assert found.is_right
    assert found.answer.startswith("whole: 1 sealed lines")
    assert "what this machine keeps of the ledger cannot be read, and was not compared" in found.answer


def test_one_that_can_is_compared(last):
    assert has_its_ledger(Restored({}, dict, bytes(last))).answer == "whole: 1 sealed lines, 1 checkpoints"
