"""The writer: takes the lines of responses from every web process of this machine, and writes those that wait together.

It waits until four have come for each response that is still being made: these go on while the others' lines are
written. Nobody waits where few are at work, and nobody much longer than their own response took to make.
"""

import socket
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from multiprocessing.connection import Connection, wait

from django.db import close_old_connections

from alongside.web.problems import status_for

from . import post
from .models import LedgerEvent
from .together import write

# So many responses at once are few: the disk keeps up with them one by one.
FEW = 2
# So many wait for each that is still at work: at eight clients a sync is shared by four or more.
FOR_EACH = 4
# The shortest and the longest that lines are let wait for others, however long their response took. In seconds.
AT_LEAST, AT_MOST = 0.1, 0.5
# How long the writer stays for those who are still at work when it is asked to stop; how often it looks whether it is.
STAYS, LOOKS = 9.0, 1.0


@dataclass
class Writer:
    """Who is at work on a response, whose lines wait, and until when."""

    door: socket.socket
    write: Callable[[Sequence[LedgerEvent]], None] = write
    idle: set[Connection] = field(default_factory=set)
    at_work: set[Connection] = field(default_factory=set)
    waiting: dict[Connection, list[LedgerEvent]] = field(default_factory=dict)
    until: float = 0.0
    is_asked_to_stop: threading.Event = field(default_factory=threading.Event)

    def run(self) -> None:
        """Serves until asked to stop, and then those who are connected, for a while."""
        until = float("inf")
        while time.monotonic() < until:
            if self.is_asked_to_stop.is_set():
                until = min(until, time.monotonic() + STAYS)
                if not (self.at_work or self.waiting):
                    break
            self.hear(self._longest())
            if self.is_time():
                self.write_all()
        self.door.close()

    def _longest(self) -> float:
        return max(0.0, self.until - time.monotonic()) if self.waiting else LOOKS

    def hear(self, longest: float) -> None:
        """Whatever is said within that time."""
        for said in wait([self.door, *self.idle, *self.at_work, *self.waiting], longest):
            if said is self.door:
                self.idle.add(post.answer(self.door))
            else:
                self.take(said)

    def take(self, who: Connection) -> None:
        try:
            message = who.recv_bytes()
        except (OSError, EOFError):
            self._forget(who)
            who.close()
            return
        self._forget(who)
        if message == post.BEGIN:
            self.at_work.add(who)
        elif message == post.NOTHING:
            self.idle.add(who)
        else:
            lines, took = post.read(message)
            until = time.monotonic() + min(max(took, AT_LEAST), AT_MOST)
            self.until = min(self.until, until) if self.waiting else until
            self.waiting[who] = lines

    def _forget(self, who: Connection) -> None:
        self.idle.discard(who)
        self.at_work.discard(who)
        self.waiting.pop(who, None)

    def is_time(self) -> bool:
        """Whether to write now."""
        if not self.waiting:
            return False
        waiting, at_work = len(self.waiting), len(self.at_work)
        return waiting >= FOR_EACH * at_work or waiting + at_work <= FEW or time.monotonic() >= self.until

    def write_all(self) -> None:
        """One transaction for everybody who waits; whoever cannot be answered any more has gone away."""
        batch, self.waiting = self.waiting, {}
        try:
            self.write([line for lines in batch.values() for line in lines])
            answer = post.DURABLE
        except Exception as failure:
            answer = b"%d" % (507 if status_for(failure) == 507 else 503)
            close_old_connections()
        for who in batch:
            self.idle.add(who)
            try:
                who.send_bytes(answer)
            except OSError:
                self._forget(who)
