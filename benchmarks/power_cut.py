"""Cuts the power at random instants while a partner tells or seats look, and looks whether anything acknowledged is
lost: what has a receipt, or the line of a page that was received, for each child that it shows.

    python -m benchmarks.power_cut [tell|look] [--cuts 500] [--times 150] [--synchronous FULL] [--seed 1] [--json OUT]

What is modelled: every write and every sync, of the process that accepts or of the one that shows pages and the
ledger's writer beside it, is told in order (power_cut.c, preloaded).
At a cut the disk holds what was synced; of what was written since, nothing or any part, each with even chances, as the
disk's own memory may have kept it. Not modelled: a disk that says it has synced and has not, torn sectors, and new
names of files (the write-ahead log is there before the first cut). Needs gcc and Linux.
"""

import argparse
import random
import shutil
import sqlite3
import struct
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import closing, contextmanager, nullcontext
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from alongside.cli.serve import WRITER

from . import seats
from .acknowledging import ACKNOWLEDGED
from .killable import listens
from .machine import write_report
from .seats import DATABASE

SHIM = Path(__file__).with_name("power_cut.c")
HEAD = struct.Struct("=cQQQ")


@dataclass
class Disk:
    """One file: what is synced, and what was written since, in order."""

    synced: bytearray = field(default_factory=bytearray)
    since: list[tuple[bytes, int, bytes]] = field(default_factory=list)

    def sync(self) -> None:
        for act in self.since:
            put(self.synced, act)
        self.since.clear()

    def after_a_cut(self, draw: random.Random) -> bytes:
        """What is read when the power is back: of what was not synced nothing, or any part."""
        kept = bytearray(self.synced)
        if draw.random() < 0.5:
            for act in self.since:
                if draw.random() < 0.5:
                    put(kept, act)
        return bytes(kept)


Disks = dict[str, Disk]


def put(file: bytearray, act: tuple[bytes, int, bytes]) -> None:
    """One write or cutting off, done."""
    kind, offset, data = act
    if kind == b"t":
        del file[offset:]
        file.extend(bytes(offset - len(file)))
        return
    file.extend(bytes(max(0, offset + len(data) - len(file))))
    file[offset : offset + len(data)] = data


def shim(folder: Path) -> Path:
    made = folder / "power_cut.so"
    subprocess.run(["gcc", "-shared", "-fPIC", "-O1", "-o", made, SHIM, "-ldl", "-lpthread"], check=True)
    return made


def on_record(folder: Path, *, prepared: Path, doing: str, times: int, synchronous: str) -> tuple[Disks, Path]:
    """Files as they lay on the disk before anything was done, and the record of every act since."""
    var, told_in = folder / "var", folder / "told"
    shutil.copytree(prepared, var)
    preload = {"LD_PRELOAD": str(shim(folder)), "TOLD_OF": str(var), "TOLD_IN": str(told_in)}
    here = seats.environment(var) | preload | {"BENCHMARK_SYNCHRONOUS": synchronous}
    beside = ledger_writer(here) if doing == "look" else nullcontext("")
    with held(var / DATABASE), beside as socket_path:
        before = {one.name: Disk(bytearray(one.read_bytes())) for one in var.iterdir() if one.name.startswith(DATABASE)}
        command = [sys.executable, "-m", "benchmarks.acknowledging", doing, str(times)]
        subprocess.run(command, env=here | {"ALONGSIDE_LEDGER_WRITER": socket_path}, check=True)
    return before, told_in


@contextmanager
def held(database: Path) -> Iterator[None]:
    """Held open, so that the write-ahead log stays; else the last to leave would fold it into the database."""
    with closing(sqlite3.connect(database)) as reader:
        reader.execute("SELECT count(*) FROM contributions_contribution").fetchone()
        yield


@contextmanager
def ledger_writer(here: dict[str, str]) -> Iterator[str]:
    """The writer, as `alongside serve` starts it; gives its socket."""
    with tempfile.TemporaryDirectory(prefix="alongside-") as folder:
        path = f"{folder}/ledger.sock"
        writer = subprocess.Popen([sys.executable, *WRITER], env=here | {"ALONGSIDE_LEDGER_WRITER": path})
        try:
            while not listens(path):
                assert writer.poll() is None, "the ledger's writer ended"
                time.sleep(0.05)
            yield path
        finally:
            writer.terminate()
            writer.wait()


def acts(told_in: Path) -> Iterator[tuple[bytes, str, int, bytes]]:
    """Each act in order: its letter, the file's name, the offset, the data."""
    with told_in.open("rb") as stream:
        while head := stream.read(HEAD.size):
            act, path, data, offset = HEAD.unpack(head)
            name = Path(stream.read(path).decode()).name
            yield act, name, offset, stream.read(data) if act == b"w" else b""


def receipts_lost(database: Path, acknowledged: list[str]) -> int:
    with closing(sqlite3.connect(database)) as found:
        kept = Counter(row[0] for row in found.execute("SELECT receipt FROM contributions_contribution"))
    return sum(kept[one] != 1 for one in acknowledged)


def looks_lost(database: Path, acknowledged: list[str]) -> int:
    received = Counter((key, child) for key, *shown in map(str.split, acknowledged) for child in shown)
    return (received - seats.looks_on_record(database)).total()


LOST = {"tell": receipts_lost, "look": looks_lost}


def lost_after(disks: Disks, acknowledged: list[str], folder: Path, draw: random.Random, doing: str) -> int:
    """How much of what was acknowledged is not there when the power is back; an unsound database is a loss too."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    for name in (DATABASE, f"{DATABASE}-wal"):
        (folder / name).write_bytes(disks[name].after_a_cut(draw) if name in disks else b"")
    try:
        with closing(sqlite3.connect(folder / DATABASE)) as found:
            sound = found.execute("PRAGMA integrity_check").fetchone()[0]
        return LOST[doing](folder / DATABASE, acknowledged) + (sound != "ok")
    except sqlite3.DatabaseError:
        # Broken so far that nothing of it can be read.
        return len(acknowledged) + 1


def cut(
    folder: Path, *, prepared: Path, doing: str, cuts: int, times: int, synchronous: str, seed: int
) -> dict[str, Any]:
    """How many of the cuts lost something that was acknowledged before. `prepared`: a folder of `seats.prepared`."""
    draw = random.Random(seed)
    disks, told_in = on_record(folder, prepared=prepared, doing=doing, times=times, synchronous=synchronous)
    done = list(acts(told_in))
    begins = next(turn for turn, (_, name, _, _) in enumerate(done) if name == ACKNOWLEDGED)
    at = Counter(draw.randrange(begins + 1, len(done)) for _ in range(cuts))
    acknowledged: list[str] = []
    lost = 0
    for turn, (act, name, offset, data) in enumerate(done):
        if name == ACKNOWLEDGED:
            acknowledged += data.decode().splitlines()
        elif act == b"s":
            disks.setdefault(name, Disk()).sync()
        else:
            disks.setdefault(name, Disk()).since.append((act, offset, data))
        for _ in range(at[turn]):
            lost += lost_after(disks, acknowledged, folder / "after", draw, doing) > 0
    how = {"doing": doing, "synchronous": synchronous, "times": times, "cuts": cuts}
    return {**how, "acts": len(done), "acknowledged": len(acknowledged), "cuts_that_lost": lost}


def main() -> int:
    """Exit status 0 when no cut lost anything."""
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("doing", nargs="?", choices=list(LOST), default="tell")
    arguments.add_argument("--cuts", type=int, default=500)
    arguments.add_argument("--times", type=int, default=150)
    arguments.add_argument("--synchronous", default="FULL")
    arguments.add_argument("--seed", type=int, default=1)
    arguments.add_argument("--json", type=Path)
    args = arguments.parse_args()
    how = {"doing": args.doing, "cuts": args.cuts, "times": args.times, "synchronous": args.synchronous}
    with tempfile.TemporaryDirectory() as folder:
        prepared = seats.prepared(Path(folder) / "prepared")
        measured = cut(Path(folder), prepared=prepared, seed=args.seed, **how)
    write_report(measured, args.json)
    return 1 if measured["cuts_that_lost"] else 0


if __name__ == "__main__":
    sys.exit(main())
