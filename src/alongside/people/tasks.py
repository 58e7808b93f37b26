"""Letters of emergencies, handed to the queue: a mail server that is slow to answer keeps nobody from the record."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django_tasks import task

from .letters import letters_due, letters_to_write, write_letters


@task()
def write_of_emergency(keys: list[int]) -> int:
    """Write of these notices. Run twice, it writes of none twice."""
    return write_letters(keys, at=timezone.now())


def write_what_is_due(*, at: datetime) -> int:
    """Have letters written that are due, or did not leave before. Returns how many."""
    if not letters_due(at=at).exists():
        return 0
    # The rows and the work on them are in one transaction: a crash leaves both or neither.
    with transaction.atomic():
        keys = letters_to_write(at=at)
        if keys:
            write_of_emergency.enqueue(keys)
    return len(keys)
