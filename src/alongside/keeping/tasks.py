"""Once a day: what goes by itself when its days are over. Nothing that was told is among it: that takes two people."""

from django.utils import timezone
from django_tasks import task

from .answered import clear_answered_requests
from .refused import clear_refused_rows


@task()
def clear_what_is_over() -> int:
    """Safe to run twice."""
    at = timezone.now()
    return clear_refused_rows(at=at) + clear_answered_requests(at=at)
