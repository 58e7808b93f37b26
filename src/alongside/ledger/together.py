"""Lines of many responses in one transaction: one promise of the disk for all who wait for it.

Whoever comes first writes for everybody of this process who waits by then; the others sleep until that is durable.
There is no thread or connection beside those of the requests: nothing to lose when a process forks or ends.
"""

import fcntl
import os
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from typing import IO

from django.conf import settings
from django.db import connection

from .models import LedgerEvent

# A response that is made waits for others that are nearly made, no longer than it took itself and never longer than
# this; alone at work, it does not wait. Then it waits for the disk.
GATHER, PATIENCE, TURN = 0.5, 10.0, 0.002


class NotDurableError(Exception):
    """The lines could not be written in time: what they tell of may not be shown."""


@dataclass(eq=False)
class _Waiting:
    lines: Sequence[LedgerEvent]
    is_done: bool = False
    failure: Exception | None = None


class Together:
    """Of one process: how many responses are being made, and whose lines wait to be written."""

    def __init__(self) -> None:
        self.changed = threading.Condition()
        self.at_work = 0
        self.waiting: list[_Waiting] = []
        self.is_led = False

    def begin(self) -> float:
        """A response begins to be made; `durable` or `nothing` ends that. Gives when it began."""
        with self.changed:
            self.at_work += 1
        return time.monotonic()

    def nothing(self) -> None:
        """The response is made, or failed, and has no line."""
        with self.changed:
            self.at_work -= 1
            self.changed.notify_all()

    def durable(self, lines: Sequence[LedgerEvent], *, began: float) -> None:
        """Returns when these lines are durable. Raises NotDurableError, or what the database said."""
        mine = _Waiting(lines)
        with self.changed:
            self.at_work -= 1
            self.waiting.append(mine)
            self.changed.notify_all()
            leads = self._leads(mine)
            if not leads and mine in self.waiting:
                self.waiting.remove(mine)
        if leads:
            self._lead(began)
        if not mine.is_done:
            raise NotDurableError
        if mine.failure is not None:
            raise mine.failure

    def _leads(self, mine: _Waiting) -> bool:
        """Whether it falls to this one to write; False once somebody else has done it, or after too long."""
        until = time.monotonic() + PATIENCE
        while self.is_led and not mine.is_done and time.monotonic() < until:
            self.changed.wait(until - time.monotonic())
        if mine.is_done or self.is_led:
            return False
        self.is_led = True
        return True

    def _lead(self, began: float) -> None:
        """Gathers who else is nearly made, and writes for all of them; what goes wrong is told to each."""
        batch: list[_Waiting] = []
        failure: Exception | None = NotDurableError()
        try:
            with _turn():
                batch = self._gathered(min(GATHER, time.monotonic() - began))
                write([line for one in batch for line in one.lines])
            failure = None
        except Exception as problem:
            failure = problem
        finally:
            with self.changed:
                self.is_led = False
                for one in batch:
                    one.is_done, one.failure = True, failure
                self.changed.notify_all()

    def _gathered(self, most: float) -> list[_Waiting]:
        with self.changed:
            self.changed.wait_for(lambda: self.at_work == 0, most)
            batch, self.waiting = self.waiting, []
            return batch


@contextmanager
def _turn() -> Iterator[None]:
    """On SQLite the processes of one machine take turns, so that the responses of the others wait for one another
    meanwhile. The lock is the kernel's: it goes with its process. It only saves syncs: who gets none writes all the
    same."""
    with ExitStack() as held:
        if connection.vendor == "sqlite":
            with suppress(OSError):
                _locked(held.enter_context((settings.VAR / "ledger.turn").open("a")))
        yield


def _locked(file: IO[str]) -> None:
    until = time.monotonic() + GATHER
    while time.monotonic() < until:
        with suppress(BlockingIOError):
            return fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        time.sleep(TURN)
    return None


def write(lines: Sequence[LedgerEvent]) -> None:
    """All of them in one transaction, or none."""
    LedgerEvent.objects.bulk_create(lines)


TOGETHER = Together()
# A process that forks begins anew: whoever was at work in its parent is not at work in it.
os.register_at_fork(after_in_child=TOGETHER.__init__)


def durable(lines: Sequence[LedgerEvent], *, began: float) -> None:
    """As `Together.durable`; inside a transaction of the caller's own, they become durable with it."""
    if not lines:
        TOGETHER.nothing()
    elif connection.in_atomic_block:
        TOGETHER.nothing()
        write(lines)
    else:
        TOGETHER.durable(lines, began=began)
