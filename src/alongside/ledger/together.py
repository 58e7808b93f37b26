"""Lines of many responses in one transaction: one promise of the disk for all who wait for it.

`alongside serve` runs one writer beside its web processes. Each thread that makes responses has a connection to it, and
tells it when it begins a response and what lines the response needs; the answer comes when they are durable. Where no
writer listens, a response writes its lines by itself. What this process knows of a connection goes with the thread and
the process: nothing is left behind when one of them forks or ends.
"""

import os
import threading
import time
from collections.abc import Sequence
from contextlib import suppress
from multiprocessing.connection import Connection

from django.conf import settings
from django.db import connection
from django.db.transaction import atomic

from alongside.shared.rows import insert_rows

from . import post
from .models import LedgerEvent

# How long a response waits for its lines: then it is not sent.
PATIENCE = 10.0


class NotDurableError(Exception):
    """The lines were not written in time, or nobody knows whether they were: what they tell of may not be shown.
    `status`: of the page that says so."""

    def __init__(self, status: int = 503) -> None:
        super().__init__(status)
        self.status = status


class _Mine(threading.local):
    """This thread's connection, and the process that it was made in."""

    def __init__(self) -> None:
        self.writer: Connection | None = None
        self.process = 0
        self.began = 0.0


_MINE = _Mine()


def begin() -> None:
    """A response begins to be made. Says so to the writer, where there is one."""
    if _MINE.process != os.getpid():
        _MINE.writer, _MINE.process = None, os.getpid()
    if _MINE.writer is None and settings.LEDGER_WRITER:
        with suppress(OSError):
            _MINE.writer = post.call(settings.LEDGER_WRITER)
    _MINE.began = time.monotonic()
    _say(post.BEGIN)


def durable(lines: Sequence[LedgerEvent]) -> None:
    """Returns when these lines are durable; inside a transaction of the caller's own, they become so with it.
    Raises NotDurableError, or what the database said."""
    if not lines:
        _say(post.NOTHING)
    elif connection.in_atomic_block:
        _say(post.NOTHING)
        write(lines)
    elif _say(post.spelt(lines, took=time.monotonic() - _MINE.began)):
        _wait_for_it()
    else:
        write(lines)


def write(lines: Sequence[LedgerEvent]) -> None:
    """All of them in one transaction, or none."""
    with atomic(savepoint=False):
        insert_rows(lines)


def _say(message: bytes) -> bool:
    """Whether there is a writer and it was told."""
    if _MINE.writer is None:
        return False
    try:
        _MINE.writer.send_bytes(message)
    except OSError:
        _leave()
        return False
    return True


def _wait_for_it() -> None:
    writer, answer = _MINE.writer, b""
    with suppress(OSError, EOFError):
        answer = writer.recv_bytes() if writer.poll(PATIENCE) else b""
    if not answer:
        # Whatever may still come on this connection would be the answer to another question.
        _leave()
        raise NotDurableError
    if answer != post.DURABLE:
        raise NotDurableError(int(answer))


def _leave() -> None:
    writer, _MINE.writer = _MINE.writer, None
    if writer is not None:
        writer.close()
