"""Signing in and out: each leaves a line in the ledger, and too many tries have to wait."""

from datetime import datetime
from hashlib import blake2b

from django.contrib.auth import authenticate, login, logout
from django.core.cache import cache
from django.db import transaction
from django.http import HttpRequest

from alongside.agencies.models import Practitioner
from alongside.ledger.models import Operation, record

MOST_TRIES = 10
TRIES_COUNT_FOR = 15 * 60


def _counter(email: str) -> str:
    return f"sign-in-{blake2b(email.strip().lower().encode(), digest_size=12).hexdigest()}"


def must_wait(email: str) -> bool:
    """Whether so many tries failed for this address, within a quarter of an hour, that it has to wait."""
    return cache.get(_counter(email), 0) >= MOST_TRIES


def sign_in(request: HttpRequest, *, email: str, password: str, at: datetime) -> Practitioner | None:
    """Signs in whoever this is, in the same step as its line in the ledger; None where the two do not match."""
    practitioner = authenticate(request, username=email, password=password)
    if practitioner is None:
        cache.add(_counter(email), 0, TRIES_COUNT_FOR)
        cache.incr(_counter(email))
        return None
    cache.delete(_counter(email))
    begin_session(request, practitioner=practitioner, at=at)
    return practitioner


@transaction.atomic
def begin_session(
    request: HttpRequest, *, practitioner: Practitioner, at: datetime, backend: str | None = None
) -> None:
    """Begins a session, and keeps when the one before began: what is new since then is on their first page."""
    practitioner.last_seen_at = practitioner.last_login
    practitioner.save(update_fields=["last_seen_at"])
    record(Operation.VIEW, "signed in", by=practitioner, at=at)
    login(request, practitioner, backend=backend)


def sign_out(request: HttpRequest, *, at: datetime) -> None:
    """Ends the session on the server, so that an old cookie opens nothing."""
    if request.user.is_authenticated:
        record(Operation.VIEW, "signed out", by=request.user, at=at)
    logout(request)
