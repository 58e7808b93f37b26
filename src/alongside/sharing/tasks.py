"""Letters of what was given now, handed to the queue: a mail server that is slow to answer holds up nothing else."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django_tasks import task

from .letters import letters_due, letters_to_write, write_letter


@task()
def write_of_givings(turns: list[tuple[int, int]]) -> int:
    """Write of these, and return of how many. Run twice, it writes of none twice; one letter that does not leave stops
    no other."""
    return sum([write_letter(key, turn=turn, at=timezone.now()) for key, turn in turns])


def write_what_is_due(*, at: datetime) -> int:
    """Have letters written that are due, or did not leave before. Returns how many."""
    if not letters_due(at=at).exists():
        return 0
    # The rows and the work on them are in one transaction: a crash leaves both or neither.
    with transaction.atomic():
        turns = letters_to_write(at=at)
        if turns:
            write_of_givings.enqueue(turns)
    return len(turns)
