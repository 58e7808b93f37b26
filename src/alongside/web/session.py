"""A session's end is a moment, kept in the session itself, so that a page can say when it comes."""

from datetime import datetime, timedelta

from django.conf import settings
from django.contrib.auth.models import AbstractBaseUser
from django.http import HttpRequest
from django.utils import timezone


def extend(request: HttpRequest, *, at: datetime) -> None:
    """Moves the session's end to a full session's length after `at`."""
    request.session.set_expiry(at + timedelta(seconds=settings.SESSION_COOKIE_AGE))


def starts(sender: object, request: HttpRequest, user: AbstractBaseUser, **_: object) -> None:
    """Signing in sets the first end."""
    extend(request, at=timezone.now())


def seconds_left(request: HttpRequest) -> int:
    """Seconds until the session ends; 0 without a session."""
    session = getattr(request, "session", None)
    return max(0, int(session.get_expiry_age())) if session is not None else 0
