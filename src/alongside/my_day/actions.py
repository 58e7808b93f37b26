"""The one thing that the first page keeps: when its reader was here."""

from datetime import datetime

from alongside.agencies.models import Practitioner


def was_here(*, practitioner: Practitioner, at: datetime) -> None:
    """Keeps the time, once a visit, so that the next visit can say what is new. It tells of no child."""
    practitioner.last_seen_at = at
    practitioner.save(update_fields=["last_seen_at"])
