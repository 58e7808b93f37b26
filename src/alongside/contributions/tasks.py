"""What follows an accepted contribution, without this room knowing the rooms above it."""

import structlog
from django.conf import settings
from django.utils import timezone
from django.utils.module_loading import import_string
from django_tasks import task

log = structlog.get_logger()

# So few are followed while the sender waits (some tens of milliseconds); more go to the background.
AT_ONCE = 20


@task()
def follow_in_background() -> int:
    """Follow everything that waits. Safe to run twice, or in several workers."""
    follow = import_string(settings.ALONGSIDE_FLOW)
    total = 0
    while done := follow(at=timezone.now()):
        total += done
    return total


def follow_soon(count: int) -> None:
    """Follow what was just accepted. What was acknowledged is durable already: a failure here loses nothing,
    the background worker takes it up again."""
    if count > AT_ONCE:
        follow_in_background.enqueue()
        return
    try:
        import_string(settings.ALONGSIDE_FLOW)(at=timezone.now())
    except Exception:
        log.exception("following_failed_will_be_tried_again")
