"""The last checkpoint once more, in a file outside the database: whoever owns the database and neither this machine nor
its keys can cut the ledger off, or empty it to have it begun anew, and cannot have us take that for our own.

The file is a signed note like any other. A machine that has none yet makes one at its next sealing.
"""

import os
from pathlib import Path

from django.conf import settings

from . import queries
from .keys import trusted
from .models import Checkpoint
from .notes import Note, UnreadableError, read


def keep(note: Note) -> None:
    """All of it or nothing, also where several seal. Raises OSError."""
    path: Path = settings.LEDGER_KEPT
    aside = path.with_name(f"{path.name}.{os.getpid()}")
    with aside.open("wb") as file:
        file.write(bytes(note))
        file.flush()
        os.fsync(file.fileno())
    aside.replace(path)


def kept() -> Note | None:
    """What this machine keeps; None where it keeps nothing yet. Raises UnreadableError."""
    try:
        return ours(settings.LEDGER_KEPT.read_bytes())
    except FileNotFoundError:
        return None
    except (OSError, UnreadableError) as failure:
        raise UnreadableError(f"{settings.LEDGER_KEPT} should be the last checkpoint: {failure}") from None


def ours(text: bytes) -> Note:
    """The checkpoint in what was kept outside the database. Raises UnreadableError."""
    note = read(text)
    if not any(note.is_signed_by(key) for key in trusted()):
        raise UnreadableError("It is not signed with a key of this ledger.")
    return note


def put_aside() -> None:
    """What is kept counts no more, and is not lost: it stays under another name."""
    path: Path = settings.LEDGER_KEPT
    number = 1
    while (aside := path.with_name(f"{path.name}.before-{number}")).exists():
        number += 1
    if path.exists():
        path.rename(aside)


def disagreement() -> str:
    """A sentence where the database does not hold what this machine keeps; "" where it does."""
    try:
        note = kept()
    except UnreadableError as failure:
        return str(failure)
    if note is None or _is_held(note):
        return ""
    return f"{this_machine_keeps(note)} It counts {note.head.size} lines, and the database does not hold it."


def _is_held(note: Note) -> bool:
    here = Checkpoint.objects.filter(pk=note.head.size).first()
    return here is not None and bytes(queries.note_of(here)) == bytes(note)


def this_machine_keeps(note: Note) -> str:
    return f"This machine keeps a checkpoint of {note.head.at}."
