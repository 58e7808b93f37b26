"""Pages, search and the briefing over a whole city's records, through the pages themselves.

    python -m benchmarks.scale --folder DIR [--children 100000] [--contributions 2000000] [--json OUT]

The city is told through the ordinary doors (`accept`, then `follow_pending`) into SQLite with the settings we ship, in
a process of its own, and kept in DIR: a second run only asks. Every page is asked for with sign-in, policy and ledger
on. The peer is the Django admin's list of the same children's entries, on the same rows in the same run.
Milliseconds are given by the wall and by the processor, each figure the middle one of five rounds.
"""

import argparse
import json
import os
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

from .machine import SEALING, facts, write_report

BATCH = 1_000


def in_process(folder: Path, step: str, *arguments: str) -> dict[str, Any]:
    """Runs one step in a process of its own on the city in `folder`. Raises SystemExit with its words."""
    environment = (
        {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
        | SEALING
        | {
            "ALONGSIDE_VAR": str(folder),
            "ALONGSIDE_DEMO": "1",
            "ALONGSIDE_SECRET_KEY": "benchmark",
            "DJANGO_SETTINGS_MODULE": "benchmarks.with_admin",
        }
    )
    command = [sys.executable, "-m", f"benchmarks.scale_{step}", *arguments]
    done = subprocess.run(command, env=environment, stdout=subprocess.PIPE, text=True, check=False)
    if done.returncode:
        raise SystemExit(f"{step} ended with {done.returncode}")
    return json.loads(done.stdout)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--folder", type=Path, required=True, help="where the city is kept")
    parser.add_argument("--children", type=int, default=100_000)
    parser.add_argument("--contributions", type=int, default=2_000_000)
    parser.add_argument("--json", type=Path)
    asked = parser.parse_args()
    asked.folder.mkdir(parents=True, exist_ok=True)
    told = asked.folder / "told.json"
    if not told.exists():
        began = time.monotonic()
        built = in_process(asked.folder, "build", str(asked.children), str(asked.contributions))
        told.write_text(json.dumps(built | {"seconds": round(time.monotonic() - began)}) + "\n")
    before, answers = facts(), in_process(asked.folder, "ask")
    report = {"told": json.loads(told.read_text()), "asked": answers, "machine": {"before": before, "after": facts()}}
    write_report(report, asked.json)


if __name__ == "__main__":
    main()
