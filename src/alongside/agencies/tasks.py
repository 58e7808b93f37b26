"""Once a day: seats that nobody looked at in time, and what is no longer needed of tries and sessions."""

from django.contrib.sessions.backends.db import SessionStore
from django.utils import timezone
from django_tasks import task

from .devices import forget_unused
from .seats import suspend_overdue
from .sessions import forget_ended
from .tries import forget_old


@task()
def tend_seats() -> int:
    """Suspends seats of which nobody said in time that they are still needed. Safe to run twice."""
    at = timezone.now()
    forget_old(at=at)
    forget_ended(at=at)
    forget_unused(at=at)
    SessionStore.clear_expired()
    return suspend_overdue(at=at)
