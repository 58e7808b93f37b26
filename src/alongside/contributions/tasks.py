"""What follows an accepted contribution, without this room knowing the rooms above it."""

from datetime import datetime

import structlog
from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.module_loading import import_string
from django_tasks import task

from alongside.services.mail.client import MailServer

from .calling import calls_to_make, make_calls, waits_for_somebody

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


@task()
def make_calls_in_background(keys: list[int]) -> int:
    """Send messages that were due. Run twice, it sends none twice."""
    return make_calls(keys, mail=MailServer(), at=timezone.now())


def call_somebody(*, at: datetime) -> int:
    """Have whoever answers what is urgent told of what came, or reminded. Returns how many messages were due."""
    if not waits_for_somebody(at=at):
        return 0
    # The rows and the work on them are in one transaction: a crash leaves both or neither.
    with transaction.atomic():
        keys = calls_to_make(at=at)
        if keys:
            make_calls_in_background.enqueue(keys)
    return len(keys)


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
