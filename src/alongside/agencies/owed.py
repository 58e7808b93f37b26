"""Letters that are owed, a row each: tried again where one did not leave, and never written by two workers.

A row of such a table has `write_at`, when its letter is tried next, none where none is owed; `tries`, how often it was;
and `written_at`, when it left.
"""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django_tasks.base import Task

from alongside.services.mail.client import AGAIN_AFTER

# Longer than a mail server can take over one letter, stalling at each word of it.
AT_IT = timedelta(minutes=3)
# Minutes from one try to the next. A night without mail is not the end of it: nobody may ask again.
TRIED_AFTER = (*AGAIN_AFTER, *[60] * 23)
# A row to write of, by its key, and which try it is.
Turn = tuple[int, int]


@transaction.atomic
def turns_of(due: QuerySet[Any], *, at: datetime) -> list[Turn]:
    """The rows to write of at this moment. Each is counted as tried before it is, so that a crash repeats none for
    ever."""
    rows = list(due.order_by("pk").select_for_update(of=("self",)))
    for one in rows:
        again = at + timedelta(minutes=TRIED_AFTER[one.tries])
        one.tries += 1
        one.write_at = again if one.tries < len(TRIED_AFTER) else None
    due.model.objects.bulk_update(rows, ["tries", "write_at"])
    return [(one.pk, one.tries) for one in rows]


def have_written(due: QuerySet[Any], work: Task, *, at: datetime) -> int:
    """Hands the letters that are due, or did not leave before, to this work of the queue: a mail server that is slow to
    answer holds up nothing else. Returns how many."""
    if not due.exists():
        return 0
    # The rows and the work on them are in one transaction: a crash leaves both or neither.
    with transaction.atomic():
        turns = turns_of(due, at=at)
        if turns:
            work.enqueue(turns)
    return len(turns)


def write(one: Any, letter: Callable[[], bool], *, turn: int, at: datetime) -> bool:
    """Whether this row's letter was handed on, now and by this worker."""
    this = type(one).objects.filter(pk=one.pk)
    if not _is_mine(one, turn=turn, at=at):
        return False
    taken = letter()
    if taken:
        this.update(written_at=at, write_at=None)
    else:
        this.filter(tries=turn).update(write_at=one.write_at)
    return taken


def _is_mine(one: Any, *, turn: int, at: datetime) -> bool:
    """Claims it just before it is sent, so that no two workers write one letter: a later turn takes it from this one,
    and none begins while it is written. Where the worker crashes over it, the next turn comes all the same."""
    unwritten = type(one).objects.filter(pk=one.pk, tries=turn, written_at=None)
    return bool(unwritten.update(write_at=one.write_at and max(one.write_at, at + AT_IT)))
