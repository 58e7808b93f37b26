"""The processes that `alongside serve` starts, to be killed one by one or all at once, each started again as it was."""

import os
import random
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

from alongside.cli.servants import answers
from alongside.cli.serve import FOLLOWER, QUEUE, WRITER, web_server

from .seats import environment

WORKERS, LONGEST_PAUSE = 2, 0.4
# What is killed, and how often for each other.
KINDS = {"web process": 8, "ledger writer": 1, "queue worker": 1, "follower": 1, "all": 1}


def listens(path: str) -> bool:
    with socket.socket(socket.AF_UNIX) as caller:
        return caller.connect_ex(path) == 0


class Server:
    """`alongside serve` itself ends them all where one of them ends, and whoever watches over it starts it anew. Here
    the others live on, which is harder on them: pages are shown while nobody writes for them."""

    def __init__(self, var: Path, port: int, folder: str) -> None:
        self.port, self.door = port, f"{folder}/ledger.sock"
        self.here = environment(var) | {"ALONGSIDE_LEDGER_WRITER": self.door}
        self.commands = {
            "web": web_server("127.0.0.1", port, WORKERS),
            **{"ledger writer": WRITER, "queue worker": QUEUE, "follower": FOLLOWER},
        }
        self.running: dict[str, subprocess.Popen[bytes]] = {}

    def start(self, *names: str) -> None:
        """Returns when pages are served, and their lines are taken."""
        quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL, "start_new_session": True}
        for name in names:
            if name == "ledger writer":
                Path(self.door).unlink(missing_ok=True)
            self.running[name] = subprocess.Popen([sys.executable, *self.commands[name]], env=self.here, **quiet)
        while not (answers("127.0.0.1", self.port) and listens(self.door)):
            ended = [name for name, process in self.running.items() if process.poll() is not None]
            assert not ended, f"ended by itself: {ended}"
            time.sleep(0.05)

    def start_all(self) -> None:
        self.start(*self.commands)

    def web_processes(self) -> list[int]:
        """Those that answer; the one that started them begins another for each that ends."""
        first = self.running["web"].pid
        told = Path(f"/proc/{first}/task/{first}/children").read_text().split()
        return [int(one) for one in told]

    def kill(self, what: str, draw: random.Random) -> None:
        if what == "web process":
            if found := self.web_processes():
                os.kill(draw.choice(found), signal.SIGKILL)
        elif what == "all":
            self.end(*self.running)
            self.start_all()
        else:
            self.end(what)
            time.sleep(draw.uniform(0, LONGEST_PAUSE))
            self.start(what)

    def end(self, *names: str) -> None:
        """All of them before the first is waited for."""
        for name in names:
            os.killpg(self.running[name].pid, signal.SIGKILL)
        for name in names:
            self.running.pop(name).wait()
