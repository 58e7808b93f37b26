"""Letters of what was given now, handed to the queue: a mail server that is slow to answer holds up nothing else."""

from datetime import datetime

from django.utils import timezone
from django_tasks import task

from alongside.agencies import owed

from .letters import letters_due, write_letter


@task()
def write_of_givings(turns: list[tuple[int, int]]) -> int:
    """Write of these, and return of how many. Run twice, it writes of none twice; one letter that does not leave stops
    no other."""
    return sum([write_letter(key, turn=turn, at=timezone.now()) for key, turn in turns])


def write_what_is_due(*, at: datetime) -> int:
    """Have letters written that are due, or did not leave before. Returns how many."""
    return owed.have_written(letters_due(at=at), write_of_givings, at=at)
