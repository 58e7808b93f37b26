"""Facts about the machine, so that a figure can be read for what it is."""

import json
import os
import tempfile
import time
from pathlib import Path
from typing import Any

# Seals invented children's numbers, in the benchmarks alone.
KEY = "dGhlIGJlbmNobWFya3MgYWxvbmUgdXNlIHRoaXMga2U="
SEALING = {"ALONGSIDE_DATA_KEYS": KEY, "ALONGSIDE_SEARCH_KEY": KEY}


def fsyncs_a_second(seconds: float = 1.0) -> int:
    """How many times a second this disk can promise that a write will survive a power cut."""
    with tempfile.NamedTemporaryFile(dir=".") as file:
        done, until = 0, time.monotonic() + seconds
        while time.monotonic() < until:
            os.write(file.fileno(), b"x" * 4096)
            os.fsync(file.fileno())
            done += 1
    return int(done / seconds)


def facts() -> dict[str, Any]:
    memory = Path("/proc/meminfo")
    kilobytes = int(memory.read_text().split()[1]) if memory.exists() else 0
    return {"cores": os.cpu_count(), "memory_gb": round(kilobytes / 1e6), "fsyncs_a_second": fsyncs_a_second()}


def write_report(report: dict[str, Any], kept: Path | None) -> None:
    """The report as JSON: printed, and kept in that file where one is named."""
    text = json.dumps(report, indent=1)
    if kept:
        kept.write_text(text + "\n")
    print(text)
