"""Checks a proof by itself: no database, no settings, nothing but the file and, best, the key that one was given."""

import base64
import binascii
from typing import Any

from . import tree
from .encoding import COLUMNS, entry
from .notes import Note, UnreadableError, Verifier, read


def check(proof: Any, *, key: Verifier | None) -> str:
    """A sentence on what the proof shows. Raises UnreadableError where it shows nothing, saying why.

    Without a key the signature is not checked: the proof then holds only for whoever made the checkpoint.
    """
    try:
        note, path = read(proof["checkpoint"].encode()), [base64.b64decode(one) for one in proof["path"]]
        if key and not note.is_signed_by(key):
            raise UnreadableError("The checkpoint is not signed with the key that you gave.")
        return {"line": _line, "growth": _growth}[proof["proves"]](proof, note, path, key)
    except (KeyError, TypeError, AttributeError, binascii.Error):
        raise UnreadableError("This is no proof of a ledger.") from None


def _line(proof: dict[str, Any], note: Note, path: list[bytes], key: Verifier | None) -> str:
    line, place = proof["line"], int(proof["place"])
    leaf = tree.leaf_hash(entry([line[name].encode() for name in COLUMNS]))
    if not tree.is_included(leaf, place, note.head.size, path, note.head.root):
        raise UnreadableError("The path does not lead from this line to the checkpoint: one of them was changed.")
    return f"Line {line['id']} is in place {place} of the {note.head.size} lines signed at {note.head.at}."


def _growth(proof: dict[str, Any], note: Note, path: list[bytes], key: Verifier | None) -> str:
    old = read(proof["old"].encode())
    if key and not old.is_signed_by(key):
        raise UnreadableError("The older checkpoint is not signed with the key that you gave.")
    if not tree.is_beginning(old.head.size, old.head.root, note.head.size, note.head.root, path):
        raise UnreadableError("The newer checkpoint did not grow from the older one.")
    return (
        f"The {note.head.size} lines signed at {note.head.at} begin with the {old.head.size} signed at {old.head.at}."
    )
