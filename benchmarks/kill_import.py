"""Kills an import at random instants, imports again, and compares what is kept with an import left in peace.

    python -m benchmarks.kill_import [--rows 20000] [--kills 50] [--seed 1] [--json OUT]

Each kill is `kill -9` of `alongside ingest`. After the last, the import runs to its end: nothing may be lost and
nothing doubled, so `alongside state` must be the same as that of a database whose import was never killed.
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


def write_file(folder: Path, count: int) -> Path:
    path = folder / "contributions.ndjson"
    with path.open("w", encoding="utf-8") as out:
        out.writelines(json.dumps(row) + "\n" for row in rows(count))
    return path


def environment(var: Path) -> dict[str, str]:
    """A database of its own in `var`, and no other settings."""
    kept = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    return kept | {"ALONGSIDE_VAR": str(var), "ALONGSIDE_DEMO": "1", "ALONGSIDE_SECRET_KEY": "benchmark"}


def start(var: Path, *arguments: str) -> subprocess.Popen[bytes]:
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
    """In peace first, which also says how long an import lasts; then with the kills."""
    peace, war = folder / "peace", folder / "war"
    peace.mkdir()
    war.mkdir()
    began = time.monotonic()
    finish(peace, "ingest", str(file))
    lasts = time.monotonic() - began
    draw = random.Random(args.seed)
    # An import that was begun before has less left to do, so early instants must be as likely as late ones.
    killed = sum(kill_at(war, file, draw.uniform(0.5, max(lasts * args.share, 1))) for _ in range(args.kills))
    after_kills = state(war)
    finish(war, "ingest", str(file))
    kept, wanted = state(war), state(peace)
    return {
        "rows": args.rows,
        "kills": killed,
        "seconds_in_peace": round(lasts, 1),
        "contributions_after_the_kills": after_kills["contributions"],
        "in_peace": wanted,
        "after_kills_and_again": kept,
        "the_same": kept == wanted,
    }


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
    text = json.dumps(measured, indent=2)
    print(text)
    if args.json:
        args.json.write_text(text + "\n")
    return 0 if measured["the_same"] else 1


if __name__ == "__main__":
    sys.exit(main())
