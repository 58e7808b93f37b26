"""Reads a partner's file in a process of its own, so that no file can harm the one that serves or takes in."""

import atexit
import json
import os
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from multiprocessing import Pipe
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

import structlog

from .arrivals import Arrival
from .frames import LONGEST_FRAME, unpacked
from .reader import wait_for
from .safety import NotReadable

log = structlog.get_logger()
# All that the server of readers is told by the environment: how Python runs, which settings, whose playbook.
TOLD = {
    *("PATH", "LANG", "LC_ALL", "LC_CTYPE", "TZ", "LD_LIBRARY_PATH", "PYTHONHOME", "PYTHONUTF8"),
    *("DJANGO_SETTINGS_MODULE", "ALONGSIDE_PLAYBOOK", "ALONGSIDE_DEMO"),
}
# Seconds that the server of readers may take to begin, on a machine with much to do.
TO_BEGIN = 60
STOPPED = NotReadable(
    "We stopped reading this file: it took more memory or time than a file of its size should.",
    "Send it in parts; a spreadsheet may be saved as CSV (UTF-8). Look at what made it.",
)


def environment() -> dict[str, str]:
    """What the server of readers is told: reading a file needs no secret, whatever its name may be."""
    told = {name: value for name, value in os.environ.items() if name in TOLD}
    return {**told, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))}


class Server:
    """The server of readers of this process, started when first needed."""

    def __init__(self) -> None:
        self.starting, self.owner = threading.Lock(), 0
        self.door: socket.socket | None = None
        self.process: subprocess.Popen[bytes] | None = None

    def ask(self, request: dict[str, str], out: Connection) -> None:
        """Has one file read, whose rows come out there."""
        with self.starting:
            if self.owner != os.getpid() or self.process is None or self.process.poll() is not None:
                self.start()
        socket.send_fds(self.door, [json.dumps(request).encode()], [out.fileno()])  # type: ignore[list-item]

    def start(self) -> None:
        """Without our environment and without our log."""
        self.door, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        command = [sys.executable, "-m", "alongside.connectors.reader_server", str(theirs.fileno())]
        self.process = subprocess.Popen(
            command,
            env=environment(),
            pass_fds=[theirs.fileno()],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            # What a library says as it dies may quote the file.
            stderr=subprocess.DEVNULL,
        )
        theirs.close()
        self.owner = os.getpid()

    def stop(self) -> None:
        """Lets it end with us."""
        if self.owner == os.getpid() and self.process and self.door:
            self.door.close()
            self.process.wait()


SERVER = Server()
atexit.register(SERVER.stop)


@dataclass
class Reader:
    """One file being read elsewhere. `peak_kb`, `seconds`: the most memory that its process held, and its work."""

    inbox: Connection
    wait: float
    format: str = ""
    rejects: str = ""
    left_out: dict[str, int] = field(default_factory=dict)
    columns: dict[str, int] = field(default_factory=dict)
    peak_kb: int = 0
    seconds: float = 0.0

    def begin(self) -> None:
        """Finds out what the file is. Raises NotReadable."""
        first = json.loads(self.next(TO_BEGIN + self.wait))
        if "end" in first:
            self.end(first)
        self.format, self.rejects = first["format"], first["rejects"]

    def batches(self) -> Iterator[list[Arrival]]:
        """Rows as they come. Raises NotReadable, after the rows before, where the file or its reader breaks off."""
        while not (frame := self.next(self.wait)).startswith(b"{"):
            yield rows_in(frame)
        self.end(json.loads(frame))

    def next(self, seconds: float) -> bytes:
        """What the reader sends next; one that died or is too slow is said in words."""
        try:
            if self.inbox.poll(seconds):
                return self.inbox.recv_bytes(LONGEST_FRAME)
        except (EOFError, OSError):
            pass
        raise STOPPED

    def end(self, told: dict[str, Any]) -> None:
        """How it ended. Raises NotReadable unless the whole file was read."""
        self.left_out, self.columns = told["left_out"], told["columns"]
        self.peak_kb, self.seconds = told["peak_kb"], told["seconds"]
        if told["end"] == "failed":
            log.error("a_reader_failed", kind=told["kind"], where=told["where"])
        if told["end"] != "whole":
            raise NotReadable(told["rule"], told["mend"])


def rows_in(frame: bytes) -> list[Arrival]:
    """Every row of a frame; what is no frame of ours was sent by a reader that went wrong."""
    try:
        return list(unpacked(frame))
    except Exception as failure:
        # Its kind and no more: its words may quote the file.
        log.error("a_reader_sent_no_rows", kind=type(failure).__name__)
        raise STOPPED from None


@contextmanager
def reading(path: Path, *, today: date) -> Iterator[Reader]:
    """The reader of one file, which `begin`s when asked. Raises NotReadable in words for a person.

    Whoever leaves the block early leaves the reader alone with nobody to send to, at which it ends.
    """
    inbox, out = Pipe(duplex=False)
    with inbox:
        SERVER.ask({"path": str(path.absolute()), "today": today.isoformat()}, out)
        out.close()
        yield Reader(inbox, wait_for(path.stat().st_size if path.is_file() else 0))
