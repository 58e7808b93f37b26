"""What it costs that every look is on record before it is answered: pages of children at eight clients, with the web
server as `alongside serve` starts it, beside the same pages without their lines, and with lines written one by one.

    python -m benchmarks.ledgered_reads [--requests 400] [--rounds 5] [--json OUT]

Syncs are counted by strace, where it is installed, in a run of its own: fsync and fdatasync of every process that
`alongside serve` starts. An invented city of 60 children on SQLite, with the settings we ship.
"""

import argparse
import http.client
import os
import re
import shutil
import socket
import string
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, redirect_stdout
from itertools import cycle
from pathlib import Path
from statistics import median, quantiles
from typing import Any

from .machine import SEALING, facts, write_report

CLIENTS = 8
WAYS = ("without", "alone", "together")
READERS = ("maya", "maya", "maya", "rowan", "maya", "priya", "maya", "maya")


def settings_for(folder: Path, way: str) -> dict[str, str]:
    environment = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    return environment | {
        **SEALING,
        **{"ALONGSIDE_VAR": str(folder), "ALONGSIDE_DEMO": "1", "ALONGSIDE_SECRET_KEY": string.printable[:62]},
        **{"DJANGO_SETTINGS_MODULE": "benchmarks.with_lines", "BENCHMARK_LINES": way},
    }


def free_port() -> int:
    with socket.socket() as call:
        call.bind(("127.0.0.1", 0))
        return call.getsockname()[1]


@contextmanager
def serving(folder: Path, way: str, *before: str) -> Iterator[int]:
    """`alongside serve` with two web processes; gives its port. `before`: words before the command."""
    port = free_port()
    command = [*before, sys.executable, "-m", "alongside", "serve", "--port", str(port), "--workers", "2"]
    running = subprocess.Popen(command, env=settings_for(folder, way), stdout=subprocess.DEVNULL)
    try:
        until = time.monotonic() + 60
        while time.monotonic() < until and not answers(port):
            time.sleep(0.2)
        # The queue's worker, the follower and the writer start after the pages.
        time.sleep(8)
        yield port
    finally:
        running.terminate()
        running.wait(60)


def answers(port: int) -> bool:
    with socket.socket() as call:
        return call.connect_ex(("127.0.0.1", port)) == 0


def signed_in() -> list[tuple[str, list[str]]]:
    """For each client its cookie, and the pages of the children near it."""
    from django.conf import settings
    from django.test import Client
    from django.utils import timezone

    from alongside.agencies.models import Practitioner
    from alongside.people.queries import children_near

    found = []
    for key in READERS:
        client, reader = Client(), Practitioner.objects.get(key=key)
        client.force_login(reader)
        near = children_near(reader, at=timezone.now()).order_by("pk").values_list("reference", flat=True)[:40]
        pages = [f"/child/{reference}/{page}" for reference in near for page in ("", "timeline/")]
        cookie = client.cookies[settings.SESSION_COOKIE_NAME].value
        found.append((f"{settings.SESSION_COOKIE_NAME}={cookie}", pages))
    return found


def ask(port: int, readers: list[tuple[str, list[str]]], requests: int) -> dict[str, Any]:
    """All clients at once, each on one connection, until so many pages are answered; pages a second, and how long one
    takes."""
    left, times = iter(range(requests)), []
    threads = [threading.Thread(target=read, args=(port, *one, left, times)) for one in readers]
    began = time.perf_counter()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    took = time.perf_counter() - began
    assert len(times) == requests, "a page was not answered"
    parts = quantiles(times, n=20)
    return {"a_second": len(times) / took, "median_ms": median(times) * 1000, "p95_ms": parts[18] * 1000}


def read(port: int, cookie: str, pages: list[str], left: Iterator[int], times: list[float]) -> None:
    """Pages one after another, as long as there are any left for all clients together."""
    call, page = http.client.HTTPConnection("127.0.0.1", port, timeout=60), cycle(pages)
    while next(left, None) is not None:
        began = time.perf_counter()
        call.request("GET", next(page), headers={"Cookie": cookie, "Host": "127.0.0.1"})
        answer = call.getresponse()
        answer.read()
        if answer.status == 200:
            times.append(time.perf_counter() - began)


def syncs(folder: Path, way: str, readers: list[tuple[str, list[str]]], requests: int) -> float | None:
    """Syncs for each request; None where there is no strace to count them."""
    if not shutil.which("strace"):
        return None
    told = folder / "syncs.txt"
    words = ("strace", "-D", "-f", "--seccomp-bpf", "-e", "trace=fsync,fdatasync", "-o", str(told))
    with serving(folder, way, *words) as port:
        ask(port, readers, CLIENTS * 4)
        before = counted(told)
        ask(port, readers, requests)
        return (counted(told) - before) / requests


def counted(told: Path) -> int:
    time.sleep(0.5)
    return len(re.findall(r"\b(?:fsync|fdatasync)\(", told.read_text()))


def measured(folder: Path, requests: int, rounds: int) -> dict[str, Any]:
    readers, seen = signed_in(), {way: [] for way in WAYS}
    for _ in range(rounds):
        for way in WAYS:
            with serving(folder, way) as port:
                ask(port, readers, CLIENTS * 4)
                seen[way].append(ask(port, readers, requests))
    found = {
        way: {name: round(median(one[name] for one in several), 1) for name in several[0]}
        for way, several in seen.items()
    }
    for way in ("alone", "together"):
        found[way]["of_without"] = round(found[way]["a_second"] / found["without"]["a_second"], 2)
    for way in WAYS:
        each = syncs(folder, way, readers, requests)
        found[way]["syncs_a_request"] = None if each is None else round(each, 3)
    return found


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--requests", type=int, default=400)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--json", type=Path)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory(dir=".") as kept:
        folder = Path(kept).resolve()
        os.environ |= settings_for(folder, "together")
        build = ["-m", "alongside", "demo", "--no-serve", "--children", "60", "--days", "60"]
        subprocess.run([sys.executable, *build], check=True, stdout=subprocess.DEVNULL)
        import django

        django.setup()
        from alongside.cli.serve import collect_pages

        with redirect_stdout(sys.stderr):
            collect_pages()
        report = {"clients": CLIENTS, **measured(folder, asked.requests, asked.rounds), "machine": facts()}
    write_report(report, asked.json)


if __name__ == "__main__":
    main()
