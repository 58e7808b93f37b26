"""Proofs that need no database to be checked: a line is in the ledger; an older checkpoint is its beginning."""

from typing import Any

from . import queries, raw, tree
from .encoding import COLUMNS
from .models import Checkpoint, Seal
from .notes import Note, spelt


class NoProofError(Exception):
    """There is nothing to prove it by; the sentence says why."""


def prove_line(number: int) -> dict[str, Any]:
    """The line, its place, and the path from it to the newest checkpoint. Raises NoProofError."""
    seal, last = Seal.objects.filter(event=number).first(), _last()
    row = next(raw.read(f"SELECT {raw.columns()} FROM ledger_ledgerevent e WHERE e.id = ?", number), None)
    if row is None:
        raise NoProofError(f"There is no line {number}.")
    if seal is None:
        raise NoProofError(f"Line {number} is not sealed yet: that happens once a minute.")
    note = queries.note_of(last)
    path = tree.inclusion(seal.pk, note.head.size, queries.kept_hashes())
    line = {name: value.decode() for name, value in zip(COLUMNS, raw.values(row), strict=True)}
    return {"proves": "line", "line": line, "place": seal.pk, **_spelt(path, note)}


def prove_growth(old: Note) -> dict[str, Any]:
    """The path that shows the newest checkpoint to have grown from an older one. Raises NoProofError."""
    note = queries.note_of(_last())
    if old.head.size > note.head.size:
        raise NoProofError(f"The ledger has {note.head.size} lines, fewer than the {old.head.size} of that checkpoint.")
    path = tree.consistency(old.head.size, note.head.size, queries.kept_hashes())
    return {"proves": "growth", "old": bytes(old).decode(), **_spelt(path, note)}


def _last() -> Checkpoint:
    last = queries.latest()
    if last is None:
        raise NoProofError("Nothing is sealed yet: that happens once a minute.")
    return last


def _spelt(path: list[bytes], note: Note) -> dict[str, Any]:
    return {"path": [spelt(one) for one in path], "checkpoint": bytes(note).decode()}
