"""Takes files in: each row checked, the good durable in batches, the rest explained and handed back."""

import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils.module_loading import import_string
from django.utils.timezone import localdate

from alongside.contributions.actions import accept
from alongside.contributions.rules import Problem
from alongside.ledger.models import Operation, record

from .arrivals import Arrival, Known, Refused, Told
from .bounded import reading
from .models import TakenFile
from .report import FileReport, Rejects, Report, exit_status, in_whole_signs
from .safety import NotReadable
from .upsert import upsert

Progress = Callable[[FileReport, int], None]


@dataclass(frozen=True)
class Sender:
    """On whose word, when, whether this is only a look, and the one agency that may be told for, where it is one."""

    by: Any
    at: datetime
    dry_run: bool
    agency: str | None = None

    @property
    def tells(self) -> dict[str, Any]:
        return {"by": self.by, "at": self.at, "agency": self.agency}


def ingest(
    paths: Iterable[Path | str],
    *,
    by: Any,
    at: datetime,
    dry_run: bool = False,
    progress: Progress | None = None,
    rejects_in: Path | None = None,
    agency: str | None = None,
) -> Report:
    """Never raises for what a file holds. `progress(file, rows)` is told after each batch. `agency`: the only one for
    which the files may tell.

    A preview (`dry_run`) looks at each batch of 1,000 and keeps nothing, so it does not see that a later
    batch repeats an earlier one. Rejects go to `rejects_in`, by default a folder under ALONGSIDE_VAR; of a preview none
    are written where no folder is named.
    """
    began = time.monotonic()
    sender = Sender(by, at, dry_run, agency)
    report = Report()
    folder = rejects_in or (None if dry_run else settings.VAR / "rejects")
    for path in paths:
        file = FileReport(str(path))
        report.files.append(file)
        take_file(Path(path), file, sender, progress, folder)
    if not dry_run:
        follow_all(at=at)
    report.seconds = time.monotonic() - began
    return report


def follow_all(*, at: datetime) -> int:
    """Follows what was accepted to the timeline until nothing waits. Returns how many."""
    follow = import_string(settings.ALONGSIDE_FLOW)
    total = 0
    while done := follow(at=at):
        total += done
    return total


def take_file(path: Path, file: FileReport, sender: Sender, progress: Progress | None, rejects_in: Path | None) -> None:
    """One file into one report; a file that breaks off keeps what stood before."""
    rejects, taken = None, TakenFile.of(path, at=sender.at)
    with reading(path, today=localdate(sender.at)) as reader:
        try:
            reader.begin()
            file.format = reader.format
            rejects = Rejects(rejects_in / path.name, reader.rejects) if rejects_in else None
            take_rows(reader.batches(), file, taken, sender, rejects, progress)
        except NotReadable as why:
            file.broke_off = True
            file.counts["rejected"] += 1
            file.errors.add(0, Problem("", path.name, why.rule, why.mend))
        finally:
            columns = {in_whole_signs(name): count for name, count in reader.columns.items()}
            file.left_out, file.columns = reader.left_out, columns
            file.peak_kb, file.work = reader.peak_kb, reader.seconds
            file.rejects = rejects.close() if rejects else None


def take_rows(
    many: Iterator[list[Arrival]],
    file: FileReport,
    taken: TakenFile,
    sender: Sender,
    rejects: Rejects | None,
    progress: Progress | None,
) -> None:
    rows = 0
    for batch in many:
        rows += len(batch)
        take_batch(batch, file, taken, sender, rejects, until=rows)
        if progress:
            progress(file, rows)


def take_batch(
    batch: list[Arrival], file: FileReport, taken: TakenFile, sender: Sender, rejects: Rejects | None, *, until: int
) -> None:
    """Durable before it is counted: counts and rejects are written after the transaction. `until`: how many rows of
    the file there are to the end of this batch."""
    told = [one for one in batch if isinstance(one, Told)]
    known = [one for one in batch if isinstance(one, Known)]
    again = batch[: max(0, len(batch) - max(0, until - taken.rows))]
    replayed = sum(isinstance(one, Told) for one in again)
    with transaction.atomic():
        envelopes = [one.envelope for one in told]
        verdicts = accept(envelopes, **sender.tells, replayed=replayed) if told else []
        taken.has_come_to(until)
        words = upsert(known) if known else []
        changed = len(words) - words.count("unchanged")
        if changed and not sender.dry_run:
            record(Operation.COLLECT, "places", by=sender.by, at=sender.at, count=changed, format=file.format)
        if sender.dry_run:
            transaction.set_rollback(True)
    file.counts.update(words)
    file.counts.update(verdict.status for verdict in verdicts)
    file.older += sum(verdict.is_older for verdict in verdicts)
    for one, verdict in zip(told, verdicts, strict=True):
        if verdict.status == "rejected":
            problems = tuple(as_it_stands(it, one) for it in verdict.problems)
            refuse(Refused(one.row, problems, {} if verdict.was_disposed_of else one.original), file, rejects)
    for one in batch:
        if isinstance(one, Refused):
            file.counts["rejected"] += 1
            refuse(one, file, rejects)


def as_it_stands(problem: Problem, one: Told) -> Problem:
    """With the column and the value that the file itself has: a date that it writes day first we have turned round."""
    column = one.columns.get(problem.field, problem.field)
    cell = one.original.get(column)
    is_ours = isinstance(cell, str) and problem.value not in cell
    return replace(problem, field=column, value=cell[:200] if is_ours else problem.value)


def refuse(one: Refused, file: FileReport, rejects: Rejects | None) -> None:
    for problem in one.problems:
        file.errors.add(one.row, problem)
    if rejects:
        rejects.add(one.original, one.problems)


__all__ = ["exit_status", "follow_all", "ingest"]
