"""What is sealed and what is not: the newest checkpoint, the hashes kept of the tree, the lines that wait."""

from collections.abc import Iterator
from contextlib import closing
from datetime import datetime

from django.db import connection
from django.db.models import Exists, Min, OuterRef

from . import encoding, raw, tree
from .keys import marking_keys
from .models import Checkpoint, LedgerEvent, Seal
from .notes import Head, Note


def latest() -> Checkpoint | None:
    """The newest checkpoint."""
    return Checkpoint.objects.order_by("-size").first()


def note_of(kept: Checkpoint) -> Note:
    """A checkpoint as the note that was signed."""
    names = ("size", "at", "settled", "highest", "read_at")
    head = Head(**{name: getattr(kept, name) for name in names}, root=bytes(kept.root), previous=bytes(kept.previous))
    return Note(head, bytes(kept.signer), bytes(kept.signature))


def kept_hashes() -> tree.Kept:
    """The hashes of the sealed tree, looked up one by one. Raises Seal.DoesNotExist for a place that is not there."""

    def leaf(place: int) -> bytes:
        return bytes(Seal.objects.values_list("leaf", flat=True).get(pk=place))

    def largest(place: int) -> bytes:
        own, node = Seal.objects.values_list("leaf", "node").get(pk=place)
        return bytes(node or own)

    return tree.Kept(leaf, largest)


def waiting(last: Checkpoint | None) -> Iterator[tuple[int, bytes]]:
    """Number and leaf of each line to be sealed, in the order in which they were written. Whatever this service did
    not write waits for ever, and verify names it."""
    keys = keys_that_count(last)
    for row in raw.read(unsealed(), last.settled if last else 0):
        values = raw.values(row)
        if is_ours(values, keys):
            yield row[0], tree.leaf_hash(encoding.entry(values))


def written_and_unsealed(last: Checkpoint | None) -> datetime | None:
    """When the oldest line was written that waits to be sealed."""
    seals = Seal.objects.filter(event=OuterRef("pk"))
    lines = LedgerEvent.objects.filter(~Exists(seals), pk__gt=last.settled if last else 0)
    return lines.aggregate(oldest=Min("at"))["oldest"]


def unsealed() -> str:
    """Lines after a number that have no seal."""
    return (
        f"SELECT {raw.columns()} FROM ledger_ledgerevent e "
        "WHERE e.id > ? AND NOT EXISTS (SELECT 1 FROM ledger_seal s WHERE s.event = e.id) ORDER BY e.id"
    )


SEALED_LAST = (
    "SELECT {columns} FROM ledger_seal s JOIN ledger_ledgerevent e ON e.id = s.event "
    "WHERE s.sequence > ? AND s.sequence <= ? ORDER BY s.sequence"
)


def keys_that_count(last: Checkpoint | None) -> list[bytes]:
    """The keys that mark what is not sealed yet: ours, and one of before until a line of a newer one is sealed.

    One sealing is enough to look at: its lines bear no older keys than the newest of the sealing before it.
    """
    keys = marking_keys()
    if last is None or len(keys) == 1:
        return keys
    before = Checkpoint.objects.filter(size__lt=last.size).order_by("-size").values_list("size", flat=True).first()
    newest = len(keys) - 1
    with closing(raw.read(SEALED_LAST.format(columns=raw.columns()), before or 0, last.size)) as rows:
        for row in rows:
            values = raw.values(row)
            newest = next((age for age, key in enumerate(keys[:newest]) if is_ours(values, [key])), newest)
            if newest == 0:
                break
    return keys[: newest + 1]


def is_ours(values: tuple[bytes, ...], keys: list[bytes]) -> bool:
    """Whether this service wrote the line: its mark fits one of our keys."""
    return any(encoding.mark(values[1:-1], key) == values[-1] for key in keys)


def clock() -> str:
    """The database's own clock, where several may write at once; "" on SQLite, where nobody writes while we seal."""
    if connection.vendor != "postgresql":
        return ""
    with connection.cursor() as cursor:
        cursor.execute("SELECT clock_timestamp()::text")
        return cursor.fetchone()[0]


# A number is given out before its line is written. Whoever took one before that checkpoint has ended by now, if nobody
# who writes now began before it.
SETTLED = """
SELECT coalesce(max(highest), 0) FROM ledger_checkpoint WHERE read_at::timestamptz < (
  SELECT coalesce(min(xact_start), clock_timestamp()) FROM pg_stat_activity
  WHERE datname = current_database() AND pid <> pg_backend_pid())"""


def settled() -> int | None:
    """Up to which number every line that will ever come is there; None: up to the newest, as on SQLite, which has one
    writer at a time and gives numbers in the order of writing."""
    if connection.vendor != "postgresql":
        return None
    with connection.cursor() as cursor:
        cursor.execute(SETTLED)
        return cursor.fetchone()[0]
