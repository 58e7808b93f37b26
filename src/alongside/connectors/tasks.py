"""Imports too long to wait for run in the background."""

from django.db import connection
from django.utils import timezone
from django_tasks import task

from alongside.contributions.drafts import clear_unused_drafts
from alongside.sharing.drafts import clear_unused_share_drafts

from .actions import clear_unused_previews, perform
from .models import ImportRun

# Up to this size (bytes) the page waits: a second or two.
AT_ONCE = 512 * 1024


@task()
def run_import(key: str) -> None:
    perform(run=ImportRun.objects.get(key=key), clock=timezone.now)


@task()
def clear_unused() -> int:
    """What was begun and never used: drafts not sent, files only looked at. Safe to run twice."""
    at = timezone.now()
    return clear_unused_drafts(at=at) + clear_unused_share_drafts(at=at) + clear_unused_previews(at=at)


# Rows that came in, from which on PostgreSQL is asked to count at once.
MANY = 10_000


def look_at_growth(rows: int = 0) -> None:
    """Lets the database count its tables again: without that, it may read a whole table where an index would do
    (a search went from milliseconds to minutes). PostgreSQL does so by itself, but a minute or more later; what it
    counted while it was empty leads it further astray than what it never counted, so it is asked after `rows`."""
    if connection.vendor == "sqlite" or rows >= MANY:
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")


@task()
def count_rows() -> None:
    look_at_growth()


def soon(run: ImportRun) -> None:
    """Now if it is short, else in the background."""
    if run.size <= AT_ONCE:
        perform(run=run, clock=timezone.now)
    else:
        run_import.enqueue(str(run.key))
