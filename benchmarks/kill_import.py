"""Kills an import at random instants, imports again, and compares what is kept with an import left in peace.

    python -m benchmarks.kill_import [--rows 20000] [--kills 50] [--seed 1] [--json OUT]

Each kill is `kill -9` of `alongside ingest`, again and again on one database until an import comes to its end; then
an empty database follows, until all kills are done. Nothing may be lost and nothing doubled: `alongside state` must
be the same for each as for a database whose import was never killed.
"""

import argparse
import json
import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from .intake import rows
from .machine import SEALING, write_report


def write_file(folder: Path, count: int) -> Path:
    path = folder / "contributions.ndjson"
    with path.open("w", encoding="utf-8") as out:
        out.writelines(json.dumps(row) + "\n" for row in rows(count))
    return path


def environment(var: Path) -> dict[str, str]:
    """A database of its own in `var`, and no other settings."""
    kept = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    return kept | SEALING | {"ALONGSIDE_VAR": str(var), "ALONGSIDE_DEMO": "1", "ALONGSIDE_SECRET_KEY": "benchmark"}


def start(var: Path, *arguments: str) -> subprocess.Popen[bytes]:
    var.mkdir(exist_ok=True)
    command = [sys.executable, "-m", "alongside", *arguments]
    return subprocess.Popen(command, env=environment(var), stdout=subprocess.PIPE, stderr=subprocess.PIPE)


def finish(var: Path, *arguments: str) -> str:
    """Runs to its end. Raises SystemExit with its words where it fails."""
    process = start(var, *arguments)
    said, complained = process.communicate()
    if process.returncode:
        raise SystemExit(f"{arguments[0]} ended with {process.returncode}: {complained.decode()[-2000:]}")
    return said.decode()


def state(var: Path) -> dict[str, Any]:
    return json.loads(finish(var, "state"))


def kill_at(var: Path, file: Path, seconds: float) -> bool:
    """Whether it was still running when its time came."""
    process = start(var, "ingest", str(file))
    try:
        process.communicate(timeout=seconds)
    except subprocess.TimeoutExpired:
        process.send_signal(signal.SIGKILL)
        process.communicate()
        return True
    return False


def trial(folder: Path, file: Path, args: argparse.Namespace) -> dict[str, Any]:
    """In peace first, which also says how long an import lasts; then with as many kills as were asked for."""
    began = time.monotonic()
    finish(folder / "peace", "ingest", str(file))
    lasts = time.monotonic() - began
    wanted = state(folder / "peace")
    latest = max(lasts * args.share, 3)
    ended = killed(folder, file, args, latest)
    return {
        "rows": args.rows,
        "kills": args.kills,
        "seconds_in_peace": round(lasts, 1),
        "latest_kill_at_second": round(latest, 1),
        "in_peace": wanted,
        "databases_that_were_killed_and_then_finished": len(ended),
        "that_differ": [one for one in ended if one != wanted],
        "the_same": all(one == wanted for one in ended),
    }


def killed(folder: Path, file: Path, args: argparse.Namespace, latest: float) -> list[dict[str, Any]]:
    """The state of each database once its import came to its end; a finished one is followed by an empty one."""
    draw = random.Random(args.seed)
    ended: list[dict[str, Any]] = []
    war, kills = folder / "war-0", 0
    while kills < args.kills:
        if kill_at(war, file, draw.uniform(0.5, latest)):
            kills += 1
            continue
        ended.append(state(war))
        war = folder / f"war-{len(ended)}"
    finish(war, "ingest", str(file))
    return [*ended, state(war)]


def main() -> int:
    """Exit status 0 when nothing was lost or doubled."""
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--rows", type=int, default=20_000)
    arguments.add_argument("--kills", type=int, default=50)
    arguments.add_argument("--share", type=float, default=0.6, help="of an import's time, the latest instant of a kill")
    arguments.add_argument("--seed", type=int, default=1)
    arguments.add_argument("--json", type=Path)
    args = arguments.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        measured = trial(Path(folder), write_file(Path(folder), args.rows), args)
    write_report(measured, args.json)
    return 0 if measured["the_same"] else 1


if __name__ == "__main__":
    sys.exit(main())
