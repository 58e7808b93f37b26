"""`python -m alongside.connectors.reader_server SOCKET`: holds every connector ready, and forks itself for each file.

It has one thread, and is told no key and no address of a database; it ends when whoever started it ends.
"""

import json
import os
import signal
import socket
import sys
from multiprocessing.connection import Connection

import django

LONGEST_REQUEST = 64 * 1024


def serve(door: socket.socket) -> None:
    """One process for each request; nobody waits for them."""
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    while True:
        told, fds, _, _ = socket.recv_fds(door, LONGEST_REQUEST, 1)
        if not told or not fds:
            return
        if os.fork() == 0:
            door.close()
            answer(told, fds[0])
        os.close(fds[0])


def answer(told: bytes, out: int) -> None:
    """Reads one file, and ends this process whatever comes."""
    status = 1
    try:
        from alongside.connectors.reader import read

        read(**json.loads(told), out=Connection(out, readable=False))
        status = 0
    finally:
        os._exit(status)


if __name__ == "__main__":
    django.setup()
    from alongside.contributions.kinds import kinds

    kinds()
    serve(socket.socket(fileno=int(sys.argv[1])))
