"""Whatever somebody with the owner's rights does to the sealed ledger, verify finds it."""

import random
from collections import Counter
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from functools import partial

import pytest
from django.db import transaction

from alongside.ledger.actions import seal
from alongside.ledger.keys import signing_key, trusted
from alongside.ledger.models import Operation, record
from alongside.ledger.queries import note_of
from alongside.ledger.verifying import verify

from .tampering import WAYS, cut, empty, rewrite, tamper

NOW = datetime(2026, 11, 23, 9, 20, tzinfo=UTC)
pytestmark = pytest.mark.django_db


@contextmanager
def taken_back(way, draw):
    """The ledger as it is after a tampering, for a while."""
    with transaction.atomic():
        tamper(way, draw)
        yield
        transaction.set_rollback(True)


@pytest.fixture
def kept():
    """A ledger of 41 lines, sealed in four goes, with three lines that wait; the last checkpoint, kept elsewhere."""
    last = None
    for go, count in enumerate((7, 1, 20, 13, 3)):
        for line in range(count):
            at, about = NOW + timedelta(minutes=go, microseconds=line), f"person:{line % 5}F3K"
            record(Operation.VIEW, "timeline", by=f"worker {line % 3}", at=at, about=about, level="team", turn=line)
        if count != 3:
            last = seal(at=NOW + timedelta(minutes=go))
    return note_of(last)


def tampered(count: int, kept, seed: int) -> Counter:
    """Each way in turn, so many times, each taken back afterwards; what was missed, by way."""
    missed, draw = Counter(), random.Random(seed)
    for turn in range(count):
        way = WAYS[turn % len(WAYS)]
        with taken_back(way, draw):
            missed[way.__name__] += verify(trusted=trusted(), kept=[kept]).is_whole
    return +missed


def test_a_ledger_left_in_peace_is_whole(kept):
    found = verify(trusted=trusted(), kept=[kept])
    assert (found.sentences, found.sealed, found.waiting, found.checkpoints) == ([], 41, 3, 4)


def test_random_tamperings_are_all_found(kept):
    assert not tampered(216, kept, seed=1)


@pytest.mark.long
def test_ten_thousand_random_tamperings_are_all_found(kept):
    assert not tampered(10_008, kept, seed=2)


def test_a_cut_tail_or_all_written_anew_with_the_key_is_found_by_a_checkpoint_kept_elsewhere_alone(kept):
    for way in (cut, partial(rewrite, key=signing_key())):
        with taken_back(way, random.Random(5)):
            alone, beside = verify(trusted=trusted()), verify(trusted=trusted(), kept=[kept])
        assert alone.is_whole
        assert "You keep a checkpoint" in beside.sentences[0]


def test_without_a_key_nobody_has_the_service_sign_what_they_changed(kept):
    with taken_back(empty, random.Random(5)):
        assert not verify(trusted=trusted()).is_whole
        seal(at=NOW + timedelta(hours=1))
        assert not verify(trusted=trusted()).is_whole
