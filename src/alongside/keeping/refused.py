"""Rows that an import refused: never told, so under nobody's period, and kept as long as it takes to mend a file."""

from datetime import datetime, timedelta
from pathlib import Path

import structlog
from django.conf import settings
from django.db import transaction
from django.db.models import Q
from django.utils.timezone import localdate

from alongside.connectors.disposing import forget_names, forget_rows
from alongside.connectors.models import ImportRun, State
from alongside.ledger.models import Operation, record

from .models import Hold
from .retention import of_the_partnership
from .traces import checkpoint

log = structlog.get_logger()


def clear_refused_rows(*, at: datetime) -> int:
    """What imports kept of their files goes after the playbook's days, with a line for each import; whether it came to
    its end or was cut off, for no import runs for days. Returns how many imports there were.

    A hold on all that an agency told keeps its uploads too. One on a child, a kind or one thing does not: a row that
    never entered is nobody's yet, and the agency that sent it holds it."""
    before = at - timedelta(days=of_the_partnership().refused_rows_days)
    over = ImportRun.objects.filter(rows_cleared_at=None, asked_at__lt=before).order_by("pk")
    held = _held_whole(at)
    cleared = sum(_clear(run, at=at) for run in over.exclude(by__agency__in=held))
    if not held:
        # Files from the terminal lie by themselves, whoever sent them.
        clear_files(settings.VAR / "rejects", before=before, at=at)
    return cleared


def _held_whole(at: datetime) -> set[str]:
    """Agencies of which everything is held."""
    standing = Hold.objects.filter(Q(until=None) | Q(until__gte=localdate(at)), lifted_at=None)
    return set(standing.filter(kind="", receipt="", person=None).values_list("controller", flat=True))


def _clear(run: ImportRun, *, at: datetime) -> bool:
    """Whether it is gone now. The files go first: what the page and the ledger say is true, and what is left is tried
    again the next day."""
    try:
        with transaction.atomic():
            kept = ImportRun.objects.select_for_update().filter(pk=run.pk, rows_cleared_at=None).first()
            if kept is None:
                return False
            forget_rows(kept)
            forget_names(kept)
            kept.rows_cleared_at = at
            kept.state = State.FAILED if kept.is_under_way else kept.state
            kept.save(update_fields=["rows_cleared_at", "state"])
            record(Operation.ERASE, "uploaded rows", by="retention", at=at, about=f"import:{kept.key}")
            transaction.on_commit(checkpoint, robust=True)
    except OSError as failure:
        log.warning("refused_rows_remain", run=str(run.key), kind=type(failure).__name__)
        return False
    return True


@transaction.atomic
def clear_files(folder: Path, *, before: datetime, at: datetime) -> int:
    """Refused rows of imports at the terminal, by the day on which each file was written. Returns how many files."""
    files = [path for path in folder.rglob("*") if path.is_file()] if folder.is_dir() else []
    old = [path for path in files if path.stat().st_mtime < before.timestamp()]
    for path in old:
        path.unlink(missing_ok=True)
    if old:
        record(Operation.ERASE, "files of refused rows", by="retention", at=at, count=len(old))
    return len(old)
