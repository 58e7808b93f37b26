"""After a disposal: what lies outside the tables. Files that were refused once, and the database's own leftovers."""

import re
from pathlib import Path

import structlog
from django.conf import settings
from django.db import connection

from alongside.connectors.disposing import forget_rows
from alongside.connectors.models import ImportRun, State

PIECE, OVERLAP = 1024 * 1024, 512
log = structlog.get_logger()


def leave_no_trace(reference: str) -> None:
    """Called when the disposal is durable; a failure here undoes nothing, and is logged."""
    try:
        forget_uploads(reference)
        checkpoint()
    except Exception as failure:
        log.warning("traces_may_remain", kind=type(failure).__name__)


def forget_uploads(reference: str) -> None:
    """Files of rows that were refused, and reports of imports, that name the thing: they were mended and taken in
    since, or never will be. What an import said in numbers stays."""
    named = re.compile(rb"(?<![\w-])" + re.escape(reference.encode()) + rb"(?![\w-])")
    for run in ImportRun.objects.exclude(state=State.RUNNING).order_by("pk"):
        if any(holds(path, named) for path in _files(run.folder)):
            forget_rows(run)
    for path in _files(settings.VAR / "rejects"):
        if holds(path, named):
            path.unlink()


def _files(folder: Path) -> list[Path]:
    return [path for path in sorted(folder.rglob("*")) if path.is_file()] if folder.is_dir() else []


def holds(path: Path, named: re.Pattern[bytes]) -> bool:
    """Whether the file names it; read a piece at a time, each with the end of the one before."""
    before = b""
    with path.open("rb") as file:
        while piece := file.read(PIECE):
            if named.search(before + piece):
                return True
            before = piece[-OVERLAP:]
    return False


def checkpoint() -> None:
    """SQLite moves its write-ahead log into the file, where what was freed is overwritten with noughts, and empties it.
    PostgreSQL sees to freed rows in its own time (VACUUM)."""
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
