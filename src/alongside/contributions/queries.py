from django.db import connection
from django.db.models import QuerySet

from alongside.agencies.models import Practitioner

from .models import Contribution, Pending


def sent_by(viewer: Practitioner) -> QuerySet[Contribution]:
    """What this practitioner sent, newest first; every version they sent."""
    return Contribution.objects.filter(author=viewer).order_by("-received_at", "-pk")


def pending(*, limit: int) -> list[Contribution]:
    """Accepted and not yet followed, oldest first. Inside a transaction: on PostgreSQL several followers
    share the work; SQLite has one writer at a time."""
    waiting = Pending.objects.order_by("contribution_id")
    if connection.features.has_select_for_update_skip_locked:
        waiting = waiting.select_for_update(skip_locked=True)
    keys = list(waiting.values_list("contribution_id", flat=True)[:limit])
    return list(Contribution.objects.filter(pk__in=keys).order_by("pk"))
