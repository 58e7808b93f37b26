"""Kills a serving Alongside at random instants while partners' systems tell and practitioners look, and looks whether
a receipt was broken, or a page shown of which there is no line.

    python -m benchmarks.kill_server [--kills 1000] [--seed 1] [--json OUT]

Each kill is `kill -9` of one web process, of the ledger's writer, of the queue's worker, of the follower, or of all of
them, which are then started again. Systems tell one thing after another and keep each receipt; seats open one page
after another and keep which children it showed. In the end everything acknowledged must be there once, each page that
came whole must have its one line for each child that it showed (one that was cut off may have it), the database must be
sound and the ledger whole.
"""

import argparse
import json
import random
import socket
import sqlite3
import subprocess
import sys
import tempfile
import threading
import time
import urllib.request
from collections import Counter
from contextlib import closing
from http.client import HTTPConnection, HTTPException
from itertools import cycle
from pathlib import Path
from typing import Any

from .intake import rows
from .killable import KINDS, LONGEST_PAUSE, Server
from .machine import write_report
from .seats import DATABASE, Look, city, environment, looks_on_record, prepared, shown_in

# Threads that tell, and threads of each seat that look.
SYSTEMS, LOOKING = 3, 3
# These kills wait until pages are being answered: on an idle writer they would try nothing.
MEET_WORK = ("ledger writer", "all")


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


class Seats:
    """Practitioners, each opening one page after another. `received`: how often a page that shows this child came to
    this seat whole; `perhaps`: how often one was asked for that did not, whose look may be on record or not."""

    def __init__(self, port: int, city: dict[str, Any]) -> None:
        self.port, self.children = port, city["children"]
        self.received: Counter[Look] = Counter()
        self.perhaps: Counter[Look] = Counter()
        self.pages, self.cut_off, self.over, self.turn = 0, 0, threading.Event(), threading.Lock()
        who = list(city["seats"].items()) * LOOKING
        self.threads = [threading.Thread(target=self.look, args=(key, seat)) for key, seat in who]

    def look(self, key: str, seat: dict[str, Any]) -> None:
        head = {"Cookie": seat["cookie"], "Connection": "close"}
        for page in cycle(seat["pages"]):
            if self.over.is_set():
                return
            try:
                body = self.opened(page, head)
            except ConnectionError:
                time.sleep(0.02)
                continue
            shown = shown_in(page, body, self.children) if body else self.may_show(page)
            with self.turn:
                self.pages, self.cut_off = self.pages + bool(body), self.cut_off + (not body)
                (self.received if body else self.perhaps).update((key, child) for child in shown)

    def opened(self, page: str, head: dict[str, str]) -> str:
        """The page, or "" where it did not come whole. Raises ConnectionError where nobody heard of it: no connection
        came about, or it went with the process that would have taken it."""
        call = HTTPConnection("127.0.0.1", self.port, timeout=20)
        call.connect()
        try:
            call.request("GET", page, headers=head)
            answer = call.getresponse()
            body = answer.read().decode()
        except (OSError, ValueError, HTTPException):
            return ""
        finally:
            call.close()
        return body if answer.status == 200 else ""

    def may_show(self, page: str) -> set[str]:
        """The child of its address; a search may show them all."""
        return shown_in(page, "", self.children) or set(self.children)


def free_port() -> int:
    with socket.socket() as door:
        door.bind(("127.0.0.1", 0))
        return int(door.getsockname()[1])


def trial(var: Path, *, kills: int, seed: int) -> dict[str, Any]:
    """So many kills under load, each kind of them once before any comes again; then what became of what was
    acknowledged. `var`: a folder of `seats.prepared`, for this trial alone."""
    draw = random.Random(seed)
    kinds = draw.sample(list(KINDS), len(KINDS)) + draw.choices(list(KINDS), list(KINDS.values()), k=kills)
    with tempfile.TemporaryDirectory(prefix="alongside-") as folder:
        server = Server(var, free_port(), folder)
        systems, seats = Systems(server.port, city(var)["key"]), Seats(server.port, city(var))
        try:
            server.start_all()
            for thread in systems.threads + seats.threads:
                thread.start()
            for what in kinds[:kills]:
                if what in MEET_WORK:
                    waited_for_more(systems, seats)
                time.sleep(draw.uniform(0.02, LONGEST_PAUSE))
                server.kill(what, draw)
            goes_on = waited_for_more(systems, seats)
        finally:
            finish_all(systems, seats)
            server.end(*server.running)
    done = {"kills": dict(Counter(kinds[:kills])), "serves_on": goes_on}
    return {**done, **kept(var, systems), **on_record(var, seats)}


def finish_all(systems: Systems, seats: Seats) -> None:
    for side in (systems, seats):
        side.over.set()
    for thread in systems.threads + seats.threads:
        if thread.ident:
            thread.join(30)


def waited_for_more(systems: Systems, seats: Seats) -> bool:
    """Whether it serves on after the last kill, within two minutes: each thread that tells, and each that looks."""
    told, shown, until = len(systems.receipts), seats.pages, time.monotonic() + 120
    while time.monotonic() < until:
        if len(systems.receipts) > told + SYSTEMS and seats.pages > shown + len(seats.threads):
            return True
        time.sleep(0.1)
    return False


def kept(var: Path, systems: Systems) -> dict[str, Any]:
    """What of the acknowledged is there, and whether the database is sound."""
    with closing(sqlite3.connect(var / DATABASE)) as found:
        sound = found.execute("PRAGMA integrity_check").fetchone()[0]
        there = Counter(row[0] for row in found.execute("SELECT reference FROM contributions_contribution"))
    return {
        "acknowledged": len(systems.receipts),
        "lost": sum(reference not in there for reference in systems.receipts),
        "doubled": sum(many > 1 for many in there.values()),
        "receipts_that_changed": len(systems.unlike),
        "integrity_check": sound,
    }


def on_record(var: Path, seats: Seats) -> dict[str, Any]:
    """Whether each page received has its line for each child it showed, and no line is of a page nobody asked for."""
    lines = looks_on_record(var / DATABASE)
    verify = [sys.executable, "-m", "alongside", "ledger", "verify"]
    verified = subprocess.run(verify, env=environment(var), capture_output=True, text=True, check=False)
    return {
        "pages_received": seats.pages,
        "pages_cut_off": seats.cut_off,
        "looks_received": seats.received.total(),
        "looks_lost": (seats.received - lines).total(),
        "looks_nobody_made": (lines - seats.received - seats.perhaps).total(),
        "ledger": "whole" if verified.returncode == 0 else verified.stderr,
    }


def is_whole(measured: dict[str, Any]) -> bool:
    """Nothing lost, nothing doubled, the database sound, its ledger whole, and told and shown after the last kill."""
    broken = ("lost", "doubled", "receipts_that_changed", "looks_lost", "looks_nobody_made")
    sound = measured["integrity_check"] == "ok" and measured["ledger"] == "whole"
    return sound and measured["serves_on"] and not any(measured[name] for name in broken)


def main() -> int:
    """Exit status 0 when nothing was lost or doubled."""
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--kills", type=int, default=1000)
    arguments.add_argument("--seed", type=int, default=1)
    arguments.add_argument("--json", type=Path)
    args = arguments.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        measured = trial(prepared(Path(folder) / "var"), kills=args.kills, seed=args.seed)
    write_report(measured, args.json)
    return 0 if is_whole(measured) else 1


if __name__ == "__main__":
    sys.exit(main())
