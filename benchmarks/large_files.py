"""A large file taken in: rows a second and memory, and then how fast its rows are followed to the timelines.

    python -m benchmarks.large_files [--megabytes 200] [--kind csv] [--followed 20000] [--json OUT]

The rows are those of `benchmarks.intake`, written as NDJSON or CSV; the database is SQLite with the settings we ship.
"""

import argparse
import csv
import json
import os
import resource
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from .intake import clocks, prepare, rows, since
from .machine import facts, write_report


def flat(value: Any, name: str = "") -> dict[str, Any]:
    """One envelope as a row of a CSV file: names with dots, people counted from one."""
    if isinstance(value, dict):
        parts = [(f"{name}.{key}" if name else key, one) for key, one in value.items()]
    elif isinstance(value, list):
        parts = [(f"{name}.{turn}", one) for turn, one in enumerate(value, start=1)]
    else:
        return {name: value}
    return {key: one for part, inner in parts for key, one in flat(inner, part).items()}


def write(path: Path, megabytes: int) -> int:
    """Writes rows until the file is that large. Returns how many."""
    with path.open("w", newline="") as file:
        columns = list(flat(next(rows(1))))
        table = csv.DictWriter(file, columns) if path.suffix == ".csv" else None
        if table:
            table.writeheader()
        for count, row in enumerate(rows(10**8), start=1):
            if table:
                table.writerow(flat(row))
            else:
                file.write(json.dumps(row) + "\n")
            if file.tell() >= megabytes * 1_000_000:
                return count
    return 0


def take(path: Path, followed: int) -> dict[str, Any]:
    """Takes the file in, then follows some of its rows, in this process."""
    prepare()
    from django.conf import settings
    from django.utils import timezone

    from alongside.connectors.ingest import Sender, take_file
    from alongside.connectors.report import FileReport
    from alongside.flow import follow_pending

    began, report = clocks(), FileReport(str(path))
    take_file(path, report, Sender("benchmark", timezone.now(), dry_run=False), None, settings.VAR / "rejects")
    (taken, taken_cpu), count = since(began), report.counts["accepted"]
    peak, began, done = _peak(), clocks(), 0
    while done < followed and (some := follow_pending(at=timezone.now())):
        done += some
    told, told_cpu = since(began)
    taken_in = {"rows": count, "rows_a_second": count / taken, "rows_a_cpu_second": count / taken_cpu, "peak_mb": peak}
    timelines = {"rows": done, "rows_a_second": done / told, "rows_a_cpu_second": done / told_cpu, "peak_mb": _peak()}
    return {"counts": dict(report.counts), "taken_in": taken_in, "followed": timelines}


def _peak() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def alone(path: Path, followed: int) -> dict[str, Any]:
    """The same in a process and on a database of its own."""
    environment = os.environ | {
        "DATABASE_URL": f"sqlite:///{path.parent.resolve() / 'bench.sqlite3'}",
        "DJANGO_SETTINGS_MODULE": "alongside.config.settings",
        "ALONGSIDE_SECRET_KEY": "benchmark",
        "ALONGSIDE_VAR": str(path.parent.resolve()),
    }
    command = [sys.executable, "-m", "benchmarks.large_files", "--take", str(path), "--followed", str(followed)]
    done = subprocess.run(command, env=environment, stdout=subprocess.PIPE, text=True, check=True, timeout=3600)
    return json.loads(done.stdout)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--megabytes", type=int, default=200)
    parser.add_argument("--kind", choices=["csv", "ndjson"], default="ndjson")
    parser.add_argument("--followed", type=int, default=20_000)
    parser.add_argument("--take", type=Path, help=argparse.SUPPRESS)
    parser.add_argument("--json", type=Path)
    asked = parser.parse_args()
    if asked.take:
        print(json.dumps(take(asked.take, asked.followed)))
        return
    before = facts()
    with tempfile.TemporaryDirectory(dir=".") as folder:
        path = Path(folder) / f"large.{asked.kind}"
        write(path, asked.megabytes)
        report = alone(path, asked.followed) | {"megabytes": asked.megabytes, "kind": asked.kind}
    write_report(report | {"machine": {"before": before, "after": facts()}}, asked.json)


if __name__ == "__main__":
    main()
