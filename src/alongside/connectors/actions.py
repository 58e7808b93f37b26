"""Keeping uploads, and running an import that somebody asked for."""

import shutil
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

import structlog
from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.db import DatabaseError, transaction
from django.utils.text import get_valid_filename

from alongside.access.permissions import Permission
from alongside.agencies.models import Practitioner
from alongside.ledger.models import Operation, record

from .imports import only_agency_of
from .ingest import ingest
from .models import ImportRun, State
from .report import FileReport, Report

log = structlog.get_logger()
KEPT_FOR = timedelta(days=7)


def keep_uploads(*, files: list[UploadedFile], dry_run: bool, by: Practitioner, at: datetime) -> ImportRun:
    """Saves the files where only the service can read them, piece by piece."""
    names = [get_valid_filename(Path(file.name or "file").name) for file in files]
    size = sum(file.size or 0 for file in files)
    run = ImportRun(by=by, dry_run=dry_run, names=names, size=size, asked_at=at)
    try:
        for path, file in zip(run.paths, files, strict=True):
            path.parent.mkdir(parents=True, mode=0o700)
            with path.open("wb") as out:
                for piece in file.chunks():
                    out.write(piece)
        run.save()
    except (OSError, DatabaseError):
        # No room, mostly: half a file helps nobody, and takes what room there is.
        shutil.rmtree(run.folder, ignore_errors=True)
        raise
    return run


@transaction.atomic
def clear_unused_previews(*, at: datetime) -> int:
    """Files that were only looked at, a week ago or longer, are no longer kept, nor what was said of their rows.
    Returns how many such looks there were."""
    unused = list(ImportRun.objects.filter(dry_run=True, asked_at__lt=at - KEPT_FOR).exclude(state=State.RUNNING))
    for run in unused:
        record(Operation.ERASE, "upload never taken in", by="retention", at=at, about=f"import:{run.key}")
        run.delete()
    for run in unused:
        shutil.rmtree(settings.UPLOADS / str(run.key), ignore_errors=True)
    return len(unused)


def take_in(*, preview: ImportRun, by: Practitioner, at: datetime) -> ImportRun:
    """The files of a preview, now for good: a run of its own, which takes the files over."""
    run = ImportRun.objects.create(by=by, dry_run=False, names=preview.names, size=preview.size, asked_at=at)
    run.folder.mkdir(parents=True, mode=0o700)
    for number, path in enumerate(preview.paths):
        shutil.move(path.parent, run.folder / str(number))
    return run


def perform(*, run: ImportRun, clock: Callable[[], datetime]) -> None:
    """Runs it to its end. Uploads that were taken in are not kept: what they said is in the contributions.

    It may have waited: a seat that ended meanwhile, or may not bring files in any more, brings none in.
    """
    if not run.by.may(Permission.IMPORT_FILES):
        not_begun(run, at=clock())
        return
    run.state, run.began_at, run.rows = State.RUNNING, clock(), 0
    run.save(update_fields=["state", "began_at", "rows"])
    counted = Counted(run)
    try:
        report = ingest(
            run.paths,
            by=run.by,
            at=run.began_at,
            dry_run=run.dry_run,
            progress=counted,
            rejects_in=run.folder / "rejects",
            agency=only_agency_of(run.by),
        )
        finish(run, report)
        run.state = State.DONE
    except Exception:
        # What was acknowledged is durable and the import can be asked for again: the page says so.
        log.exception("import_stopped", run=str(run.key))
        run.state = State.FAILED
    run.ended_at = clock()
    run.save(update_fields=["state", "rows", "report", "ended_at"])


@transaction.atomic
def not_begun(run: ImportRun, *, at: datetime) -> None:
    """Whoever asked may not any more: its files are not kept, and nothing of them was read."""
    run.state = State.FAILED
    run.save(update_fields=["state"])
    record(Operation.ERASE, "upload never taken in", by=run.by, at=at, about=f"import:{run.key}")
    shutil.rmtree(run.folder, ignore_errors=True)


class Counted:
    """Tells the page how many rows have been read, over all files."""

    def __init__(self, run: ImportRun) -> None:
        self.run, self.before, self.path, self.last = run, 0, "", 0

    def __call__(self, file: FileReport, rows: int) -> None:
        if file.path != self.path:
            self.before, self.path = self.before + self.last, file.path
        self.last = rows
        self.run.rows = self.before + rows
        ImportRun.objects.filter(pk=self.run.pk).update(rows=self.run.rows)


def finish(run: ImportRun, report: Report) -> None:
    """Keeps the report; names files as the sender named them."""
    run.folder.mkdir(parents=True, exist_ok=True)
    report.write(run.folder / "report.json")
    summary = report.summary()
    for told, file in zip(summary["files"], report.files, strict=True):
        told["path"] = Path(file.path).name
        told["rejects"] = str(file.rejects.relative_to(run.folder)) if file.rejects else ""
    run.report = summary
    if not run.dry_run:
        for path in run.paths:
            path.unlink(missing_ok=True)
