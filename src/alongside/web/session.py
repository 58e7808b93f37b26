"""When the reader's session ends, so that a page can say so in time."""

from django.http import HttpRequest
from django.utils import timezone


def seconds_left(request: HttpRequest) -> int:
    """Seconds until the session ends if nothing more comes; 0 without one. Whoever asks for a page sets its end
    (`request.session_ends_at`)."""
    ends_at = getattr(request, "session_ends_at", None)
    return max(0, int((ends_at - timezone.now()).total_seconds())) if ends_at else 0
