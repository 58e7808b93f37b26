"""Bulk import: contributions accepted a second, beside Django's `bulk_create` of the same rows.

    python -m benchmarks.intake [--rows 20000] [--numbers] [--only ours] [--json OUT]

Each contender has a database file of its own with the settings we ship, in a process of its own. The peer holds all
of its rows in memory: of a million, ask for ours alone.
"""

import argparse
import json
import os
import random
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from alongside.demo.families import nhs_number

from .machine import SEALING, facts, write_report

BATCH = 1_000
# Each child with a number, which is sealed: `--numbers`.
NUMBERED = "--numbers" in sys.argv


def rows(count: int) -> Iterator[dict[str, Any]]:
    """Invented notifications about invented children, some eight a child."""
    draw = random.Random(7)
    for n in range(count):
        child = draw.randrange(max(1, count // 8))
        yield {
            "kind": "general_note",
            "source": {"agency": "leeds-city-council", "system": "bench", "reference": f"B-{n}"},
            "occurred_at": f"2026-{1 + n % 10:02}-{1 + n % 28:02}T{n % 24:02}:{n % 60:02}:00Z",
            "handling": "team",
            "place": {"name": f"Park {n % 50}", "latitude": 53.8, "longitude": -1.5},
            "narrative": "Talked about college and about the way home. " * 4,
            "people": [
                {
                    "role": "subject",
                    "reference": f"C-{child}",
                    "given_name": f"Given{child % 977}",
                    "family_name": f"Family{child % 1861}",
                    "date_of_birth": f"20{8 + child % 9:02}-{1 + child % 12:02}-{1 + child % 28:02}",
                    "postcode": "LS8 4AA",
                    **({"nhs_number": nhs_number(child)} if NUMBERED else {}),
                }
            ],
        }


def in_batches(count: int) -> Iterator[list[dict[str, Any]]]:
    batch = []
    for row in rows(count):
        batch.append(row)
        if len(batch) == BATCH:
            yield batch
            batch = []
    if batch:
        yield batch


def prepare() -> None:
    import django

    django.setup()
    from django.core.management import call_command
    from django.utils import timezone

    from alongside.agencies.actions import load_agencies

    call_command("migrate", verbosity=0)
    load_agencies(by="benchmark", at=timezone.now())


def clocks() -> tuple[float, float]:
    """Seconds by the wall, and by the processor for this process alone."""
    return time.perf_counter(), time.process_time()


def since(began: tuple[float, float]) -> tuple[float, float]:
    return time.perf_counter() - began[0], time.process_time() - began[1]


def ours(count: int) -> tuple[float, float]:
    from django.utils import timezone

    from alongside.contributions.actions import accept

    began = clocks()
    for batch in in_batches(count):
        lines = [json.dumps(row) for row in batch]  # a file's rows arrive as text
        accept([json.loads(line) for line in lines], by="benchmark", at=timezone.now())
    return since(began)


def bulk_create(count: int) -> tuple[float, float]:
    """The same finished rows, with nothing read, checked or recorded."""
    from django.db import connection
    from django.utils import timezone

    from alongside.contributions.actions import accept
    from alongside.contributions.models import Contribution, Pending

    for batch in in_batches(count):
        accept(batch, by="benchmark", at=timezone.now())
    made = list(Contribution.objects.order_by("pk"))
    Pending.objects.all().delete()
    with connection.cursor() as cursor:
        cursor.execute("DROP TRIGGER contribution_refuses_delete")
    Contribution.objects.all().delete()
    with connection.cursor() as cursor:
        cursor.execute("VACUUM")
    for one in made:
        one.pk = None
        one._state.adding = True
    began = clocks()
    for start in range(0, count, BATCH):
        Contribution.objects.bulk_create(made[start : start + BATCH])
    return since(began)


def alone(contender: str, count: int) -> dict[str, Any]:
    """Runs one contender in a process and on a database of its own."""
    with tempfile.TemporaryDirectory(dir=".") as folder:
        environment = (
            os.environ
            | SEALING
            | {
                "DATABASE_URL": f"sqlite:///{Path(folder).resolve() / 'bench.sqlite3'}",
                "DJANGO_SETTINGS_MODULE": "alongside.config.settings",
                "ALONGSIDE_SECRET_KEY": "benchmark",
            }
        )
        command = [sys.executable, "-m", "benchmarks.intake", "--contender", contender, "--rows", str(count)]
        command += ["--numbers"] if NUMBERED else []
        done = subprocess.run(command, env=environment, capture_output=True, text=True, check=True, timeout=1800)
    return json.loads(done.stdout)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=20_000)
    parser.add_argument("--numbers", action="store_true", help="each child with an NHS number")
    parser.add_argument("--contender", choices=["ours", "bulk_create"])
    parser.add_argument("--only", choices=["ours"])
    parser.add_argument("--json", type=Path)
    asked = parser.parse_args()
    if asked.contender:
        prepare()
        seconds, cpu = {"ours": ours, "bulk_create": bulk_create}[asked.contender](asked.rows)
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        told = {"seconds": seconds, "rows_a_second": asked.rows / seconds, "rows_a_cpu_second": asked.rows / cpu}
        print(json.dumps(told | {"peak_mb": peak}))
        return
    before = facts()
    report = {name: alone(name, asked.rows) for name in ([asked.only] if asked.only else ["ours", "bulk_create"])}
    if not asked.only:
        speeds = ("rows_a_second", "rows_a_cpu_second")
        report["of_bulk_create"] = {name: report["ours"][name] / report["bulk_create"][name] for name in speeds}
    report |= {"rows": asked.rows, "machine": {"before": before, "after": facts()}}
    write_report(report, asked.json)


if __name__ == "__main__":
    main()
