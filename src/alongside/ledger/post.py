"""What the makers of responses and the writer say to each other, as bytes on a socket that only its owner can reach."""

import json
import os
import socket
from collections.abc import Sequence
from datetime import datetime
from multiprocessing.connection import Connection

from .encoding import MARKED
from .models import LedgerEvent

# The writer answers DURABLE, or the status of the page that is to be shown instead.
BEGIN, NOTHING, DURABLE = b"begin", b"nothing", b"durable"
FIELDS = (*MARKED, "mark")


def spelt(lines: Sequence[LedgerEvent], *, took: float) -> bytes:
    """The lines of a response that took so many seconds to make."""
    told = [[getattr(line, name) for name in FIELDS] for line in lines]
    return json.dumps([took, told], default=datetime.isoformat).encode()


def read(message: bytes) -> tuple[list[LedgerEvent], float]:
    took, told = json.loads(message)
    lines = [LedgerEvent(**dict(zip(FIELDS, values, strict=True))) for values in told]
    for line in lines:
        line.at = datetime.fromisoformat(str(line.at))
    return lines, took


def listen(path: str) -> socket.socket:
    """Raises OSError."""
    door, before = socket.socket(socket.AF_UNIX), os.umask(0o177)
    try:
        door.bind(path)
    finally:
        os.umask(before)
    door.listen(128)
    return door


def answer(door: socket.socket) -> Connection:
    """Whoever calls."""
    return Connection(door.accept()[0].detach())


def call(path: str) -> Connection:
    """Raises OSError."""
    with socket.socket(socket.AF_UNIX) as caller:
        caller.connect(path)
        return Connection(caller.detach())
