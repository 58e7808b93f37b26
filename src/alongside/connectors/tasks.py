"""Imports too long to wait for run in the background."""

from django.utils import timezone
from django_tasks import task

from .actions import perform
from .models import ImportRun

# Up to this size (bytes) the page waits: a second or two.
AT_ONCE = 512 * 1024


@task()
def run_import(key: str) -> None:
    perform(run=ImportRun.objects.get(key=key), clock=timezone.now)


def soon(run: ImportRun) -> None:
    """Now if it is short, else in the background."""
    if run.size <= AT_ONCE:
        perform(run=run, clock=timezone.now)
    else:
        run_import.enqueue(str(run.key))
