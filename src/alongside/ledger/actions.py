"""Sealing: every line that is not sealed yet becomes a leaf of the tree, and the new head is signed."""

from contextlib import closing
from datetime import datetime
from itertools import islice
from typing import Any

from django.db import connection, transaction

from . import outside, queries, tree
from .keys import signing_key, trusted
from .models import Checkpoint, Operation, Seal, record
from .notes import FIRST, Head, Note, UnreadableError, sign, verifier_of

# Lines of one sealing; more become several, so that nobody waits long to write.
AT_MOST = 20_000
# Any number, the same in every process: who seals holds it.
SEALING = 0x6C656467


class UnsoundError(Exception):
    """The last checkpoint is not one that this service signed, or not the last that it signed: nothing may be built on
    it. Verify says more."""


def seal(*, at: datetime) -> Checkpoint | None:
    """Seals every line that waits: the newest checkpoint made, or None where no line waited. Raises UnsoundError."""
    made = one = _seal_some(at)
    while one is not None and one.size % AT_MOST == 0:
        one = _seal_some(at)
        made = one or made
    return made


@transaction.atomic
def _seal_some(at: datetime, *, is_meant: bool = False) -> Checkpoint | None:
    """`is_meant`: somebody said that the database holds what it should, whatever this machine keeps."""
    _alone()
    if not is_meant and (what := outside.disagreement()):
        raise UnsoundError(what)
    last = queries.latest()
    before = queries.note_of(last) if last else None
    edge, settled = _edge(before), queries.settled()
    # Up to a round number, so that it is known without asking whether more may wait.
    room = AT_MOST - edge.size % AT_MOST
    with closing(queries.waiting(last)) as waiting:
        leaves = list(islice(waiting, room))
    if not leaves:
        return None
    _keep(edge, leaves)
    highest = max(leaves[-1][0], last.highest if last else 0)
    settled = min(leaves[-1][0] if len(leaves) == room else highest, highest if settled is None else settled)
    head = Head(
        **{"size": edge.size, "root": edge.root, "at": at.isoformat(), "read_at": queries.clock() or at.isoformat()},
        **{"previous": before.hash if before else FIRST, "settled": settled, "highest": highest},
    )
    note = sign(head, signing_key())
    # Once it is durable here. A file that cannot be written is logged, and holds nothing up.
    transaction.on_commit(lambda: outside.keep(note), robust=True)
    return Checkpoint.objects.create(**vars(head), signer=note.signer, signature=note.signature)


@transaction.atomic
def go_on(*, by: Any, at: datetime, why: str) -> Checkpoint | None:
    """After a copy was put in the place of the database on purpose, or where the file that this machine keeps cannot be
    read: what is in it counts no more, and the ledger says so. Raises UnsoundError, and nothing is done, where there is
    nothing to go on from, or nothing to go on with."""
    what, told = _lost()
    record(Operation.ALTER, what, by=by, at=at, purpose=why, **told)
    # Only once the line is there for good, and before the checkpoint that counts it takes the place of the file.
    transaction.on_commit(outside.put_aside)
    return _seal_some(at, is_meant=True)


def _lost() -> tuple[str, dict[str, Any]]:
    """What counts no more, as the ledger calls it, with its details."""
    try:
        lost = outside.kept()
    except UnreadableError:
        return "ledger went on without its file", {}
    if lost is None or not outside.disagreement():
        raise UnsoundError("The database holds what this machine keeps: there is nothing to accept.")
    return "ledger went on from a copy", {"signed": lost.head.size, "signed_at": lost.head.at}


def _keep(edge: tree.Edge, leaves: list[tuple[int, bytes]]) -> None:
    seals = []
    for number, leaf in leaves:
        node = edge.add(leaf)
        seals.append(Seal(sequence=edge.size, event=number, leaf=leaf, node=b"" if node == leaf else node))
    Seal.objects.bulk_create(seals, batch_size=200)


def _alone() -> None:
    """One sealing at a time. On SQLite a transaction of ours is alone in writing already."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [SEALING])


def _edge(before: Note | None) -> tree.Edge:
    """Where the tree goes on growing, once the last checkpoint is seen to be ours and to fit what is kept."""
    if before is None:
        return tree.Edge()
    try:
        edge = tree.edge_of(before.head.size, queries.kept_hashes())
    except Seal.DoesNotExist:
        edge = tree.Edge()
    is_ours = any(before.is_signed_by(key) for key in trusted())
    if not is_ours or edge.root != before.head.root:
        raise UnsoundError("The last checkpoint does not fit; `alongside ledger verify` says where.")
    if _was_left(before):
        raise UnsoundError("The key that would sign was left before for another one: give the ledger its key of today.")
    return edge


def _was_left(last: Note) -> bool:
    """Whether our key signed before the one that signed last: it does not come back, else whoever knew it could."""
    signer = verifier_of(signing_key()).id
    return last.signer != signer and Checkpoint.objects.filter(signer=signer).exists()
