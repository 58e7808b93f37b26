"""Cuts the power at random instants while partners tell, and looks whether anything acknowledged is lost.

    python -m benchmarks.power_cut [--cuts 500] [--told 150] [--synchronous FULL] [--seed 1] [--json OUT]

What is modelled: every write of the process that accepts, and every sync, is told in order (power_cut.c, preloaded).
At a cut the disk holds what was synced; of what was written since, nothing or any part, each with even chances, as the
disk's own memory may have kept it. Not modelled: a disk that says it has synced and has not, torn sectors, and new
names of files (the write-ahead log is there before the first cut). Needs gcc and Linux.
"""

import argparse
import os
import random
import shutil
import sqlite3
import struct
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from .machine import write_report

SHIM = Path(__file__).with_name("power_cut.c")
HEAD = struct.Struct("=cQQQ")
DATABASE, ACKNOWLEDGED = "alongside.sqlite3", "acknowledged"
TELLS = """
import json, os, sys
from pathlib import Path
import django
from django.conf import settings
django.setup()
options = settings.DATABASES["default"]["OPTIONS"]
options["init_command"] = options["init_command"].replace("synchronous=FULL", "synchronous=" + sys.argv[2])
from django.utils import timezone
from alongside.contributions.actions import accept
from benchmarks.intake import rows
kept = os.open(str(settings.VAR / "acknowledged"), os.O_WRONLY | os.O_CREAT | os.O_APPEND)
for row in rows(int(sys.argv[1])):
    (verdict,) = accept([row], by="power cut", at=timezone.now())
    assert verdict.receipt, verdict
    os.write(kept, (verdict.receipt + "\\n").encode())
"""


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


def put(file: bytearray, act: tuple[bytes, int, bytes]) -> None:
    """One write or cutting off, done."""
    kind, offset, data = act
    if kind == b"t":
        del file[offset:]
        file.extend(bytes(offset - len(file)))
        return
    file.extend(bytes(max(0, offset + len(data) - len(file))))
    file[offset : offset + len(data)] = data


def environment(var: Path) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    more = {"ALONGSIDE_VAR": str(var), "ALONGSIDE_DEMO": "1", "ALONGSIDE_SECRET_KEY": "benchmark"}
    return kept | more | {"DJANGO_SETTINGS_MODULE": "alongside.config.settings"}


def shim(folder: Path) -> Path:
    made = folder / "power_cut.so"
    subprocess.run(["gcc", "-shared", "-fPIC", "-O1", "-o", made, SHIM, "-ldl", "-lpthread"], check=True)
    return made


def tell(folder: Path, *, told: int, synchronous: str) -> tuple[dict[str, Disk], Path]:
    """Files as they lay on the disk before anything was told, and the record of every act since."""
    var = folder / "var"
    var.mkdir()
    prepared = [sys.executable, "-m", "alongside", "token", "make", "leeds-city-council", "a system"]
    subprocess.run(prepared, env=environment(var), check=True, capture_output=True)
    # Held open, so that the write-ahead log stays; else the last to leave would fold it into the database.
    held = sqlite3.connect(var / DATABASE)
    held.execute("BEGIN")
    held.execute("SELECT count(*) FROM contributions_contribution").fetchone()
    held.rollback()
    before = {path.name: Disk(bytearray(path.read_bytes())) for path in var.iterdir() if path.name.startswith(DATABASE)}
    told_in = folder / "told"
    preload = {"LD_PRELOAD": str(shim(folder)), "TOLD_OF": str(var), "TOLD_IN": str(told_in)}
    subprocess.run([sys.executable, "-c", TELLS, str(told), synchronous], env=environment(var) | preload, check=True)
    held.close()
    return before, told_in


def acts(told_in: Path) -> Iterator[tuple[bytes, str, int, bytes]]:
    """Each act in order: its letter, the file's name, the offset, the data."""
    with told_in.open("rb") as stream:
        while head := stream.read(HEAD.size):
            act, path, data, offset = HEAD.unpack(head)
            name = Path(stream.read(path).decode()).name
            yield act, name, offset, stream.read(data) if act == b"w" else b""


def missing_after(disks: dict[str, Disk], acknowledged: list[str], folder: Path, draw: random.Random) -> list[str]:
    """What was acknowledged and is not there when the power is back. An unsound database says so instead."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    for name in (DATABASE, f"{DATABASE}-wal"):
        (folder / name).write_bytes(disks[name].after_a_cut(draw) if name in disks else b"")
    found = sqlite3.connect(folder / DATABASE)
    try:
        sound = found.execute("PRAGMA integrity_check").fetchone()[0]
        kept = [row[0] for row in found.execute("SELECT receipt FROM contributions_contribution")]
    finally:
        found.close()
    wrong = [] if sound == "ok" else [sound]
    return wrong + [one for one in acknowledged if kept.count(one) != 1]


def cut(folder: Path, *, cuts: int, told: int, synchronous: str, seed: int) -> dict[str, Any]:
    """How many of the cuts lost something that was acknowledged before."""
    draw = random.Random(seed)
    disks, told_in = tell(folder, told=told, synchronous=synchronous)
    done = list(acts(told_in))
    begins = next(turn for turn, (_, name, _, _) in enumerate(done) if name == ACKNOWLEDGED)
    at = sorted(draw.randrange(begins + 1, len(done)) for _ in range(cuts))
    acknowledged: list[str] = []
    lost = []
    for turn, (act, name, offset, data) in enumerate(done):
        if name == ACKNOWLEDGED:
            acknowledged += data.decode().split()
        elif act == b"s":
            disks.setdefault(name, Disk()).sync()
        else:
            disks.setdefault(name, Disk()).since.append((act, offset, data))
        while at and at[0] == turn:
            at.pop(0)
            missing = missing_after(disks, acknowledged, folder / "after", draw)
            lost += [{"act": turn, "acknowledged": len(acknowledged), "missing": len(missing)}] if missing else []
    return {"synchronous": synchronous, "told": told, "acts": len(done), "cuts": cuts, "cuts_that_lost": len(lost)}


def main() -> int:
    """Exit status 0 when no cut lost anything."""
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--cuts", type=int, default=500)
    arguments.add_argument("--told", type=int, default=150)
    arguments.add_argument("--synchronous", default="FULL")
    arguments.add_argument("--seed", type=int, default=1)
    arguments.add_argument("--json", type=Path)
    args = arguments.parse_args()
    how = {"cuts": args.cuts, "told": args.told, "synchronous": args.synchronous, "seed": args.seed}
    with tempfile.TemporaryDirectory() as folder:
        measured = cut(Path(folder), **how)
    write_report(measured, args.json)
    return 1 if measured["cuts_that_lost"] else 0


if __name__ == "__main__":
    sys.exit(main())
