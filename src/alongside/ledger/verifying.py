"""Whether the ledger is whole: every row is read again, the tree is grown again, and compared with what was signed.

What is found is said in sentences. Rows stream past, so memory stays small however long the ledger is.
"""

import heapq
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from hashlib import sha256

from django.db import connection

from . import outside, queries, raw, refusals, tree
from .encoding import entry
from .notes import FIRST, Head, Note, UnreadableError, Verifier

# More of one ledger's wounds help nobody; how many there are is said.
SAID = 20


@dataclass
class Found:
    """What verify saw. Whole: nothing is wrong."""

    sealed: int = 0
    waiting: int = 0
    checkpoints: int = 0
    last: Note | None = None
    own: Note | None = None
    wrong: int = 0
    sentences: list[str] = field(default_factory=list)

    @property
    def is_whole(self) -> bool:
        return self.wrong == 0

    def say(self, sentence: str) -> None:
        self.wrong += 1
        if len(self.sentences) < SAID:
            self.sentences.append(sentence)


def verify(*, trusted: Sequence[Verifier], kept: Iterable[Note] = (), with_own: bool = True) -> Found:
    """Reads the whole ledger at one moment. `kept`: checkpoints that another party holds; they, and the one that this
    machine keeps outside the database, alone show that the end was cut off, or that all was written and signed anew."""
    found, kept = Found(), sorted(kept, key=lambda note: note.head.size)
    for note in kept:
        if not any(note.is_signed_by(key) for key in trusted):
            found.say(f"The checkpoint that you keep, of {note.head.at}, is not signed with a key of this ledger.")
    try:
        found.own = outside.kept() if with_own else None
    except UnreadableError as failure:
        found.say(str(failure))
    for name in refusals.missing(connection):
        found.say(f"The database no longer refuses every change: the trigger {name} is not as it should be.")
    for what in refusals.strangers(connection):
        found.say(f"What is at the ledger’s tables may drop or hide lines: the {what} is not one of ours.")
    with raw.one_moment():
        _Sealed(found, trusted, kept).read()
        _look_at_waiting(found)
    return found


def _seals() -> str:
    return (
        f"SELECT s.sequence, s.event, s.leaf, s.node, {raw.columns()} FROM ledger_seal s "
        "LEFT JOIN ledger_ledgerevent e ON e.id = s.event ORDER BY s.sequence"
    )


def _checkpoints() -> Iterator[Note]:
    """Every checkpoint as it was signed, the oldest first."""
    names = "size, root, at, previous, settled, highest, read_at, signer, signature"
    for row in raw.read(f"SELECT {names} FROM ledger_checkpoint ORDER BY size"):
        size, root, at, previous, settled, highest, read_at, signer, signature = row
        head = Head(size, root, _words(at), previous, settled, highest, _words(read_at))
        yield Note(head, signer, signature)


def _words(text: bytes | str) -> str:
    return text if isinstance(text, str) else text.decode(errors="replace")


class _Sealed:
    """Grows the tree again over every seal, and compares at each size that was signed."""

    def __init__(self, found: Found, trusted: Sequence[Verifier], kept: list[Note]) -> None:
        self.found, self.trusted = found, trusted
        self.edge, self.differs = tree.Edge(), False
        # Keys after which another one signed: they do not come back.
        self.left: set[bytes] = set()
        # With each note that is held outside the database, by whom, in words.
        held = [(note, f"You keep a checkpoint of {note.head.at}.") for note in kept]
        if found.own:
            held = sorted([*held, (found.own, outside.this_machine_keeps(found.own))], key=_size)
        self.heads = heapq.merge(((note, "") for note in _checkpoints()), held, key=_size)
        self.next = next(self.heads, None)

    def read(self) -> None:
        """Looks at every line once; what is needed for each is bound before, for there may be millions."""
        say, add, values, edge = self.found.say, self.edge.add, raw.values, self.edge
        expected, stop = 1, self._stop()
        for row in raw.read(_seals()):
            place, event, leaf, node = row[:4]
            if place != expected:
                say(f"Place {expected} of the sealed ledger is gone.")
            if row[4] is None:
                say(f"Line {event}, sealed in place {place}, is gone.")
            elif sha256(b"\0" + entry(values(row[4:]))).digest() != leaf:
                say(f"Line {event}, sealed in place {place}, is not as it was when it was sealed.")
            if add(leaf) != (node or leaf):
                say(f"A hash kept in place {place} is not the tree’s.")
            expected = place + 1
            if edge.size == stop:
                stop = self._compare()
        self._end()

    def _stop(self) -> int:
        """The size at which to compare next; 0 where there is nothing more to compare with."""
        return self.next[0].head.size if self.next else 0

    def _compare(self) -> int:
        """Compares with every head of the size that the tree has now."""
        root = self.edge.root
        while self.next and self.next[0].head.size == self.edge.size:
            note, held = self.next
            if held and note.head.root != root:
                self.found.say(f"{held} What it counts, {note.head.size} lines, was written anew since.")
            elif note.head.root != root and not self.differs:
                self.differs = True
                self.found.say(f"The first {note.head.size} lines are not those that were signed at {note.head.at}.")
            if not held:
                self._follows(note)
            self.next = next(self.heads, None)
        return self._stop()

    def _follows(self, note: Note) -> None:
        """Each checkpoint names the whole signed note before it: one good signature at the end vouches for all, and
        one is asked for wherever the key changes."""
        last = self.found.last
        if note.head.previous != (last.hash if last else FIRST):
            self.found.say(f"The checkpoint of {note.head.size} lines does not follow from the one before it.")
        if last and last.signer != note.signer:
            self._is_signed(last)
            self.left.add(last.signer)
            if note.signer in self.left:
                self.found.say(
                    f"The checkpoint of {note.head.size} lines is signed with a key that was left before it."
                )
        self.found.last = note
        self.found.checkpoints += 1

    def _is_signed(self, note: Note) -> None:
        if not any(note.is_signed_by(key) for key in self.trusted):
            self.found.say(f"The checkpoint of {note.head.size} lines is not signed with a key of this ledger.")

    def _end(self) -> None:
        """What was signed and is not there, and what is there and was not signed."""
        self.found.sealed = size = self.edge.size
        while self.next:
            note, held = self.next
            whose = held or f"A checkpoint of {note.head.at} is here."
            self.found.say(f"{whose} It counts {note.head.size} lines, and {size} are left: the end was cut off.")
            self.next = next(self.heads, None)
        if self.found.last:
            self._is_signed(self.found.last)
        signed = self.found.last.head.size if self.found.last else 0
        if signed != size:
            self.found.say(f"Places {signed + 1} to {size} are sealed, and no checkpoint says so.")


def _size(one: tuple[Note, str]) -> int:
    return one[0].head.size


def _look_at_waiting(found: Found) -> None:
    """Lines that no checkpoint counts yet: each has to be marked as ours, and to be newer than what is settled."""
    keys = queries.keys_that_count(queries.latest())
    settled = found.last.head.settled if found.last else 0
    numbers = []
    # From the lowest number that there can be: a forger's need not be above nought.
    for row in raw.read(queries.unsealed(), -(2**63)):
        number, values = row[0], raw.values(row)
        if not queries.is_ours(values, keys):
            found.say(f"Line {number} was not written by this service, or with a secret key that it does not know.")
        elif number <= settled:
            found.say(f"Line {number} stands among lines that are sealed, and is not sealed.")
        numbers.append(number)
    found.waiting = len(numbers)
    if connection.vendor == "sqlite":
        _look_for_gaps(found, numbers, settled)


def _look_for_gaps(found: Found, waiting: list[int], settled: int) -> None:
    """SQLite gives the numbers of lines without a gap, and keeps the last that it gave."""
    ((last,),) = raw.read("SELECT coalesce((SELECT seq FROM sqlite_sequence WHERE name = 'ledger_ledgerevent'), 0)")
    highest = max([settled, *waiting])
    if last < highest:
        found.say(f"The count of lines says {last}, and line {highest} is there.")
    gone = set(range(settled + 1, max(last, highest) + 1)) - set(waiting)
    for number in sorted(gone)[:SAID]:
        found.say(f"Line {number}, not yet sealed, is gone.")
