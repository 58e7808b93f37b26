"""How fast the whole ledger is verified on one core, beside reading the same rows and doing nothing with them.

    python -m benchmarks.verify_ledger [--lines 200000] [--rounds 5] [--json OUT]

On SQLite with the settings we ship: looks, one in twenty a search with words of its own, a checkpoint for every
thousand lines. Seconds of the processor are what one core needs; seconds of the clock depend on who else is at work.
"""

import argparse
import os
import string
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from statistics import median
from typing import Any

from .machine import facts, write_report

BEGAN = datetime(2026, 1, 1, tzinfo=UTC)
EACH = 1_000


def write(lines: int) -> None:
    """Lines as a year of looks leaves them, sealed as they come."""
    from alongside.ledger.actions import seal
    from alongside.ledger.models import Operation, record_each

    for batch in range(lines // EACH):
        at = BEGAN + timedelta(minutes=batch)
        for turn in range(20):
            about = [f"person:{(batch * 31 + turn * 7 + n) % 9973:04d}AB" for n in range(EACH // 20)]
            details = {"asked": f"name {batch} {turn}", "found": 3} if turn == 0 else {"level": "team"}
            record_each(Operation.VIEW, "timeline", by=f"worker{turn}", at=at, about=about, **details)
        seal(at=at)


def verified() -> None:
    from alongside.ledger.keys import trusted
    from alongside.ledger.verifying import verify

    found = verify(trusted=trusted())
    assert found.is_whole, found.sentences


def read_only() -> None:
    from alongside.ledger import raw

    query = (
        f"SELECT s.sequence, s.leaf, s.node, {raw.columns()} FROM ledger_seal s "
        "LEFT JOIN ledger_ledgerevent e ON e.id = s.event ORDER BY s.sequence"
    )
    for _ in raw.read(query):
        pass


def seconds(work: Callable[[], None]) -> tuple[float, float]:
    """Of the clock, and of the processor."""
    clock, processor = time.perf_counter(), time.process_time()
    work()
    return time.perf_counter() - clock, time.process_time() - processor


def measured(lines: int, rounds: int) -> dict[str, Any]:
    ways = {"verify": verified, "reading_alone": read_only}
    seen: dict[str, list[tuple[float, float]]] = {name: [] for name in ways}
    for _ in range(rounds):
        for name, work in ways.items():
            seen[name].append(seconds(work))
    return {
        name: {
            "lines_a_second_of_the_processor": round(lines / median(one[1] for one in several)),
            "lines_a_second_of_the_clock": round(lines / median(one[0] for one in several)),
        }
        for name, several in seen.items()
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--lines", type=int, default=200_000)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--json", type=Path)
    asked = parser.parse_args()
    lines = asked.lines // EACH * EACH
    with tempfile.TemporaryDirectory(dir=".") as kept:
        folder = Path(kept).resolve()
        os.environ |= {
            **{"ALONGSIDE_VAR": kept, "DATABASE_URL": f"sqlite:///{folder}/ledger.sqlite3"},
            **{"ALONGSIDE_SECRET_KEY": string.printable[:62], "DJANGO_SETTINGS_MODULE": "alongside.config.settings"},
        }
        import django

        django.setup()
        from django.core.management import call_command

        call_command("migrate", verbosity=0)
        write(lines)
        report = {"lines": lines, **measured(lines, asked.rounds), "machine": facts()}
    write_report(report, asked.json)


if __name__ == "__main__":
    main()
