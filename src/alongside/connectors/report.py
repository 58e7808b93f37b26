"""What became of every row of every file: counts, what was left out on purpose, and each reason in words."""

import csv
import json
import weakref
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from filecmp import cmp
from itertools import chain, count, takewhile
from pathlib import Path
from tempfile import SpooledTemporaryFile
from typing import IO, Any

from alongside.contributions.rules import Problem
from alongside.shared.cells import inert

from .safety import MEGABYTE
from .tables import LEFT_OVER, OURS, PROBLEM

COUNTS = ("accepted", "unchanged", "superseded", "rejected")
# Why a row that was here already, and is not what stands now, changed nothing.
OLDER = "told before, and something newer stands in its place"
# Of many columns that no field has, as many are named in short as fit on a line, and as many on a page as it can show.
MOST_NAMED, LONGEST_NAME, MOST_ON_A_PAGE = 12, 40, 1_000


class Errors:
    """Every error of one file, however many: the first in memory, the rest on disk."""

    def __init__(self) -> None:
        self.spool: IO[str] = SpooledTemporaryFile(max_size=MEGABYTE, mode="w+", encoding="utf-8")  # noqa: SIM115
        weakref.finalize(self, self.spool.close)
        self.groups: dict[tuple[str, str, str], dict[str, Any]] = {}

    def add(self, row: int, problem: Problem) -> None:
        said = {name: in_whole_signs(words) for name, words in problem.as_dict().items()}
        problem, error = Problem(**said), {"row": row, **said}
        self.spool.write(json.dumps(error, ensure_ascii=False) + "\n")
        # A rule's words may quote a number: the report groups by what to mend.
        kind = (problem.field, problem.rule[:80], problem.mend[:200])
        group = self.groups.setdefault(kind, {"count": 0, "example": error}) if self.room(kind) else None
        if group is not None:
            group["count"] += 1

    def room(self, kind: tuple[str, str, str]) -> bool:
        return kind in self.groups or len(self.groups) < 1_000

    def __iter__(self) -> Iterator[dict[str, Any]]:
        self.spool.seek(0)
        for line in self.spool:
            yield json.loads(line)
        self.spool.seek(0, 2)


def in_whole_signs(text: str) -> str:
    """Half a character, which JSON can spell and a broken byte leaves, stands in no file and no database: a mark stands
    for it."""
    return text.encode("utf-8", "replace").decode()


def in_one_line(columns: list[str], *, longest: int | None = LONGEST_NAME) -> str:
    """Why these columns are left out, however many there are."""
    if len(columns) == 1:
        return f"column “{columns[0][:longest]}”, because no field has this name"
    named = ", ".join(f"“{name[:longest]}”" for name in columns[:MOST_NAMED])
    more = f" and {len(columns) - MOST_NAMED:,} more (the report has them all)" if len(columns) > MOST_NAMED else ""
    return f"cells of {len(columns):,} columns, because no field has their names: {named}{more}"


@dataclass
class FileReport:
    path: str
    format: str = ""
    counts: Counter[str] = field(default_factory=Counter)
    # Of the unchanged: those that an older version said, where a newer one stands.
    older: int = 0
    left_out: dict[str, int] = field(default_factory=dict)
    # The cells that stood in each column that no field has.
    columns: dict[str, int] = field(default_factory=dict)
    errors: Errors = field(default_factory=Errors)
    rejects: Path | None = None
    # The whole file could not be used, or not to its end.
    broke_off: bool = False
    # What reading it took: the most memory (kB), and seconds of work.
    peak_kb: int = 0
    work: float = 0.0

    @property
    def taken(self) -> int:
        """Rows that are in, now or before."""
        return self.counts["accepted"] + self.counts["unchanged"] + self.counts["superseded"]

    def header(self) -> dict[str, Any]:
        counts = {name: self.counts[name] for name in COUNTS}
        columns = {in_one_line([name], longest=None): count for name, count in self.columns.items()}
        return {"path": self.path, "format": self.format, **counts, "left_out": self._left_out | columns}

    @property
    def _left_out(self) -> dict[str, int]:
        return self.left_out | ({OLDER: self.older} if self.older else {})

    def in_short(self) -> dict[str, int]:
        """What was left out, with one reason for all columns that no field has, so that no other drowns in them."""
        columns = {in_one_line(list(self.columns)): sum(self.columns.values())} if self.columns else {}
        return self._left_out | columns

    def on_a_page(self) -> dict[str, Any]:
        columns = list(self.columns)[:MOST_ON_A_PAGE] if len(self.columns) > MOST_NAMED else []
        named = {"left_out": self.in_short(), "columns": columns, "columns_in_all": len(self.columns)}
        return self.header() | named | {"groups": self.groups()}

    def groups(self) -> list[dict[str, Any]]:
        """Errors by rule, biggest first."""
        return sorted(self.errors.groups.values(), key=lambda group: -group["count"])


@dataclass
class Report:
    files: list[FileReport] = field(default_factory=list)
    seconds: float = 0.0

    @property
    def totals(self) -> dict[str, int]:
        totals = {name: sum(one.counts[name] for one in self.files) for name in COUNTS}
        return totals | {"left_out": sum(sum(one.in_short().values()) for one in self.files)}

    @property
    def rows(self) -> int:
        """Rows that came in new, or in place of older ones."""
        return sum(one.counts["accepted"] + one.counts["superseded"] for one in self.files)

    def as_dict(self) -> dict[str, Any]:
        """All of it in memory; `write` is for reports of any length."""
        files = [one.header() | {"errors": list(one.errors)} for one in self.files]
        return {"files": files, "totals": self.totals, "seconds": round(self.seconds, 3)}

    def summary(self) -> dict[str, Any]:
        """As the report page shows it: errors grouped by rule, what was left out in short."""
        files = [one.on_a_page() for one in self.files]
        return {"files": files, "totals": self.totals, "seconds": round(self.seconds, 3)}

    def write(self, path: Path) -> None:
        """The whole report as JSON, one error at a time."""
        with path.open("w", encoding="utf-8") as out:
            out.write('{"files": [')
            for number, one in enumerate(self.files):
                out.write(("," if number else "") + "\n" + json.dumps(one.header(), ensure_ascii=False)[:-1])
                out.write(', "errors": [')
                for turn, error in enumerate(one.errors):
                    out.write(("," if turn else "") + "\n" + json.dumps(error, ensure_ascii=False))
                out.write("]}")
            totals = json.dumps(self.totals)
            out.write(f'], "totals": {totals}, "seconds": {round(self.seconds, 3)}}}\n')


def exit_status(report: Report) -> int:
    """0 when all is in, 1 when some was rejected, 2 when nothing was usable."""
    if not any(one.taken for one in report.files):
        return 2
    return 1 if any(one.counts["rejected"] or one.broke_off for one in report.files) else 0


class Rejects:
    """The rows that were not taken in, in the shape they came in, each with its problem in words.

    Written only when there is one; made to be mended and fed back. Never over another: where the name is
    taken, the next number is put behind it, unless the very same rows lie there already.
    """

    def __init__(self, path: Path, shape: str) -> None:
        self.beside = self.path = path
        self.shape, self.out, self.writer, self.count = shape, None, None, 0
        self.columns: list[str] = []

    def add(self, original: dict[str, Any], problems: tuple[Problem, ...]) -> None:
        if not original:
            return
        said = "; ".join(f"{one.field}: {one.rule} {one.mend}".removeprefix(": ") for one in problems)
        if self.out is None:
            self._open(original)
        self._write(original, said)
        self.count += 1

    def _open(self, original: dict[str, Any]) -> None:
        self.path.parent.mkdir(parents=True, exist_ok=True)
        self.path = next(path for path in self._names() if not path.exists())
        self.out = self.path.open("x", encoding="utf-8", errors="replace", newline="")
        if self.shape == "csv":
            columns = [*(name for name in original if name not in OURS), LEFT_OVER, PROBLEM]
            self.columns = columns
            self.writer = csv.writer(self.out)
            self.writer.writerow(map(inert, columns))
        elif self.shape == "geojson":
            self.out.write('{"type": "FeatureCollection", "features": [')

    def _names(self) -> Iterator[Path]:
        numbers = chain([""], (f"-{turn}" for turn in count(2)))
        names = (f"{self.beside.name}.rejects{number}.{self.shape}" for number in numbers)
        return map(self.beside.with_name, names)

    def _earlier_copy(self) -> Path | None:
        earlier = takewhile(lambda path: path != self.path, self._names())
        return next((path for path in earlier if path.is_file() and cmp(path, self.path, shallow=False)), None)

    def _write(self, original: dict[str, Any], said: str) -> None:
        if self.writer is not None:
            row = {**original, PROBLEM: said}
            self.writer.writerow(inert(str(row.get(column, ""))) for column in self.columns)
            return
        begins = ",\n" if self.shape == "geojson" and self.count else ""
        self.out.write(begins + json.dumps({**original, PROBLEM: said}, ensure_ascii=False))
        self.out.write("" if self.shape == "geojson" else "\n")

    def close(self) -> Path | None:
        """Where they are; None where there are none."""
        if self.out is None:
            return None
        self.out.write("]}\n" if self.shape == "geojson" else "")
        self.out.close()
        if earlier := self._earlier_copy():
            # Once is enough: these rows are about children.
            self.path.unlink()
            return earlier
        return self.path
