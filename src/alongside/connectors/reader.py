"""The process that reads one file: it may use little memory and time, and is told no secret."""

import json
import resource
import signal
import traceback
from collections.abc import Iterator
from datetime import date
from multiprocessing.connection import Connection
from pathlib import Path

from .arrivals import Arrival, Notes
from .fence import keep_to
from .formats import recognise
from .frames import BYTES, ROWS, packed
from .reading import open_file
from .safety import MEGABYTE, NotReadable

# A little less than the 256 MB that are promised: what a process holds is counted late.
MOST_MEMORY = 240 * MEGABYTE
# Seconds of work until the next thousand rows; more for a long file: how it is written is found out from all of it.
SHORTEST_WORK, WORK_A_MEGABYTE = 2.0, 0.25
# A machine with much to do may take this many times as long as the work itself.
PATIENCE = 10
TOO_MUCH = NotReadable(
    "This file needs more memory than any file of its kind should.",
    "Send it in parts; a spreadsheet may be saved as CSV (UTF-8), which can be as long as you like.",
)
Ending = dict[str, object]


def work_for(size: int) -> float:
    """Seconds of work that a file of this size may take until its next rows."""
    return SHORTEST_WORK + WORK_A_MEGABYTE * size / MEGABYTE


def wait_for(size: int) -> float:
    """Seconds on the clock for the same."""
    return PATIENCE * work_for(size)


class Bounds:
    """Memory and files for good; work and waiting until the next rows come."""

    def __init__(self, size: int) -> None:
        self.work, self.wait = work_for(size), wait_for(size)

    def set(self) -> None:
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
        if held := memory_held():
            asked, resident = held
            most = asked + MOST_MEMORY - resident
            resource.setrlimit(resource.RLIMIT_AS, (most, most))
        self.again()

    def again(self) -> None:
        """The same once more: rows have come. Either clock ends this process."""
        signal.setitimer(signal.ITIMER_PROF, self.work)
        signal.setitimer(signal.ITIMER_REAL, self.wait)


def memory_held() -> tuple[int, int] | None:
    """Bytes that this process has asked for and that it holds, as Linux tells them."""
    told = Path("/proc/self/statm")
    if not told.exists():
        return None
    asked, resident = told.read_text().split()[:2]
    return int(asked) * resource.getpagesize(), int(resident) * resource.getpagesize()


def read(path: str, today: str, out: Connection) -> None:
    """Sends what the file is, then its rows, then how it ended. Whatever goes wrong is said, or ends this process."""
    notes = Notes()
    file = Path(path)
    bounds = Bounds(file.stat().st_size if file.is_file() else 0)
    bounds.set()
    keep_to(file)
    ending = how_it_ends(file, date.fromisoformat(today), notes, bounds, out)
    used = resource.getrusage(resource.RUSAGE_SELF)
    cost = {"peak_kb": used.ru_maxrss, "seconds": used.ru_utime + used.ru_stime}
    out.send_bytes(json.dumps({**ending, **cost, "left_out": notes.left_out, "columns": notes.columns}).encode())
    out.close()


def how_it_ends(file: Path, today: date, notes: Notes, bounds: Bounds, out: Connection) -> Ending:
    """Sends the rows; says whether that was all, and what kept it from being all."""
    try:
        send_rows(file, today, notes, bounds, out)
    except BrokenPipeError:
        raise
    except NotReadable as why:
        return broken(why)
    except MemoryError:
        return broken(TOO_MUCH)
    except OSError as failure:
        mend = "Check that the file is whole and that we may read it."
        return broken(NotReadable(f"The file could not be read ({failure.strerror}).", mend))
    except Exception as failure:
        why = NotReadable("We could not read this file to its end.", "Show it to whoever looks after this service.")
        # Where it stood, and never what it said: that may quote the file.
        where = "".join(traceback.format_tb(failure.__traceback__)[-4:])
        return {**broken(why), "end": "failed", "kind": type(failure).__name__, "where": where}
    return {"end": "whole"}


def broken(why: NotReadable) -> Ending:
    return {"end": "broke off", "rule": why.rule, "mend": why.mend}


def send_rows(path: Path, today: date, notes: Notes, bounds: Bounds, out: Connection) -> None:
    """What the file is, as JSON; then frames of rows, which begin with another sign than JSON does."""
    opened = open_file(path)
    connector, head = recognise(opened, today=today)
    out.send_bytes(json.dumps({"format": connector.name, "rejects": connector.rejects}).encode())
    for frame in frames(connector.arrivals(opened, head, notes)):
        out.send_bytes(frame)
        bounds.again()


def frames(arrivals: Iterator[Arrival]) -> Iterator[bytes]:
    """A thousand rows at a time, fewer where they are long; where the file breaks off, those before come first."""
    rows: list[bytes] = []
    size = 0
    try:
        for arrival in arrivals:
            rows.append(packed(arrival))
            size += len(rows[-1])
            if len(rows) >= ROWS or size >= BYTES:
                yield b"".join(rows)
                rows, size = [], 0
    except (NotReadable, MemoryError):
        if rows:
            yield b"".join(rows)
        raise
    if rows:
        yield b"".join(rows)
