"""Kills a serving Alongside at random instants while partners' systems tell, and looks whether a receipt was broken.

    python -m benchmarks.kill_server [--kills 1000] [--seed 1] [--json OUT]

Each kill is `kill -9` of one web process, of the follower, or of all of them, which are then started again; meanwhile
systems tell one thing after another and keep each receipt. In the end everything acknowledged must be there once, and
the database sound.
"""

import argparse
import json
import os
import random
import signal
import socket
import sqlite3
import subprocess
import sys
import tempfile
import threading
import time
import urllib.request
from collections import Counter
from http.client import HTTPException
from pathlib import Path
from typing import Any

from alongside.cli.servants import answers

from .intake import rows
from .kill_import import environment, finish
from .machine import write_report

SYSTEMS, WORKERS = 3, 2
LONGEST_PAUSE = 0.4


class Systems:
    """Partners' systems, each telling one thing after another; what is not answered is told again."""

    def __init__(self, port: int, key: str) -> None:
        self.address = f"http://127.0.0.1:{port}/api/v1/contributions"
        self.head = {"Authorization": f"Bearer {key}", "Content-Type": "application/json"}
        self.receipts: dict[str, str] = {}
        self.unlike, self.over = [], threading.Event()
        self.threads = [threading.Thread(target=self.tell, args=(number,)) for number in range(SYSTEMS)]

    def tell(self, number: int) -> None:
        for turn, row in enumerate(rows(10**9)):
            row["source"]["reference"] = reference = f"S{number}-{turn}"
            while not self.over.is_set() and not self.told(row, reference):
                time.sleep(0.02)
            if self.over.is_set():
                return

    def told(self, row: dict[str, Any], reference: str) -> bool:
        """Whether it was acknowledged."""
        request = urllib.request.Request(self.address, json.dumps(row).encode(), self.head)  # noqa: S310
        try:
            with urllib.request.urlopen(request, timeout=20) as answer:  # noqa: S310 - our own server on this machine
                receipt = json.load(answer)["receipt"]
        except (OSError, ValueError, HTTPException):
            return False
        if self.receipts.setdefault(reference, receipt) != receipt:
            self.unlike.append(reference)
        return True


class Server:
    """The web processes and the follower, in a session of their own."""

    def __init__(self, var: Path, port: int) -> None:
        self.var, self.port = var, port
        self.running: list[subprocess.Popen[bytes]] = []

    def start(self) -> None:
        web = ["-m", "gunicorn", "alongside.config.wsgi", "--bind", f"127.0.0.1:{self.port}", "--preload"]
        web += ["--workers", str(WORKERS), "--threads", "4", "--worker-class", "gthread", "--log-level", "critical"]
        web += ["--no-control-socket"]
        here = environment(self.var)
        quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL, "start_new_session": True}
        for command in (web, ["-m", "alongside", "follow"]):
            self.running.append(subprocess.Popen([sys.executable, *command], env=here, **quiet))
        while not answers("127.0.0.1", self.port):
            time.sleep(0.05)

    def web_processes(self) -> list[int]:
        """Those that answer; the one that started them begins another for each that ends."""
        first = self.running[0].pid
        told = Path(f"/proc/{first}/task/{first}/children").read_text().split()
        return [int(one) for one in told]

    def kill(self, what: str, draw: random.Random) -> None:
        if what == "web process" and (found := self.web_processes()):
            os.kill(draw.choice(found), signal.SIGKILL)
        elif what == "follower":
            self.end(1)
            here = environment(self.var)
            quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL, "start_new_session": True}
            self.running.append(subprocess.Popen([sys.executable, "-m", "alongside", "follow"], env=here, **quiet))
        else:
            self.end_all()
            self.start()

    def end(self, which: int) -> None:
        process = self.running.pop(which)
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()

    def end_all(self) -> None:
        while self.running:
            self.end(0)


def free_port() -> int:
    with socket.socket() as door:
        door.bind(("127.0.0.1", 0))
        return int(door.getsockname()[1])


def trial(var: Path, *, kills: int, seed: int) -> dict[str, Any]:
    """So many kills under load; then what became of what was acknowledged."""
    draw = random.Random(seed)
    key = finish(var, "token", "make", "leeds-city-council", "a system").strip().splitlines()[-1]
    server = Server(var, free_port())
    server.start()
    systems = Systems(server.port, key)
    done: Counter[str] = Counter()
    try:
        for thread in systems.threads:
            thread.start()
        while done.total() < kills:
            time.sleep(draw.uniform(0.02, LONGEST_PAUSE))
            what = draw.choices(["web process", "follower", "all"], [8, 1, 1])[0]
            server.kill(what, draw)
            done[what] += 1
        wait_for_more(systems)
    finally:
        systems.over.set()
        for thread in systems.threads:
            thread.join(30)
        server.end_all()
    return {"kills": dict(done), **kept(var, systems)}


def wait_for_more(systems: Systems) -> None:
    """Until it serves on after the last kill; a minute at most."""
    before, until = len(systems.receipts), time.monotonic() + 60
    while len(systems.receipts) <= before + SYSTEMS and time.monotonic() < until:
        time.sleep(0.1)


def kept(var: Path, systems: Systems) -> dict[str, Any]:
    """What of the acknowledged is there, and whether the database is sound."""
    with sqlite3.connect(var / "alongside.sqlite3") as found:
        sound = found.execute("PRAGMA integrity_check").fetchone()[0]
        there = Counter(row[0] for row in found.execute("SELECT reference FROM contributions_contribution"))
    return {
        "acknowledged": len(systems.receipts),
        "lost": sum(reference not in there for reference in systems.receipts),
        "doubled": sum(many > 1 for many in there.values()),
        "receipts_that_changed": len(systems.unlike),
        "integrity_check": sound,
    }


def is_whole(measured: dict[str, Any]) -> bool:
    """Nothing lost, nothing doubled, the database sound."""
    broken = measured["lost"] + measured["doubled"] + measured["receipts_that_changed"]
    return broken == 0 and measured["integrity_check"] == "ok" and measured["acknowledged"] > 0


def main() -> int:
    """Exit status 0 when nothing was lost or doubled."""
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--kills", type=int, default=1000)
    arguments.add_argument("--seed", type=int, default=1)
    arguments.add_argument("--json", type=Path)
    args = arguments.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        measured = trial(Path(folder) / "var", kills=args.kills, seed=args.seed)
    write_report(measured, args.json)
    return 0 if is_whole(measured) else 1


if __name__ == "__main__":
    sys.exit(main())
