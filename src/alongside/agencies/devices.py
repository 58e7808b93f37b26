"""Devices in which somebody has signed in before. Each is known by a secret in a cookie of its own.

A known device is counted by itself: tries from elsewhere never make it wait.
"""

import secrets
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import Q
from django.http import HttpRequest, HttpResponse

from alongside.ledger.models import Operation, record

from .models import KnownDevice, Practitioner
from .sources import browser_of, digest

KNOWN_FOR = timedelta(days=180)
SALT = "alongside.device"


def cookie_name() -> str:
    """With the prefix that a browser keeps to this host and to HTTPS, where there is HTTPS."""
    return "__Host-device" if settings.SESSION_COOKIE_SECURE else "device"


def secret_in(request: HttpRequest) -> str:
    return request.COOKIES.get(cookie_name(), "")[:100]


def known(request: HttpRequest, practitioner: Practitioner, *, at: datetime) -> KnownDevice | None:
    """This browser, if this practitioner has signed in with it before and has not had it forgotten."""
    secret = secret_in(request)
    if not secret:
        return None
    return KnownDevice.objects.filter(
        practitioner=practitioner, digest=digest(SALT, secret), forgotten_at=None, last_seen_at__gt=at - KNOWN_FOR
    ).first()


def remember(request: HttpRequest, practitioner: Practitioner, *, at: datetime) -> tuple[KnownDevice, bool]:
    """This browser from now on, and whether it is new to the practitioner. A new secret goes out with the answer."""
    found = known(request, practitioner, at=at)
    if found:
        found.last_seen_at, found.browser = at, browser_of(request)
        found.save(update_fields=["last_seen_at", "browser"])
        return found, False
    # One browser may be several people's: each has a line of their own under the same secret.
    secret = request.device_secret = secret_in(request) or secrets.token_urlsafe(32)
    facts = {"browser": browser_of(request), "first_seen_at": at, "last_seen_at": at, "forgotten_at": None}
    device, _ = KnownDevice.objects.update_or_create(
        practitioner=practitioner, digest=digest(SALT, secret), defaults=facts
    )
    return device, True


def give_cookie(request: HttpRequest, response: HttpResponse) -> None:
    """Hands the browser the secret that it was given during this request, if it was."""
    if secret := getattr(request, "device_secret", ""):
        response.set_cookie(
            cookie_name(),
            secret,
            max_age=KNOWN_FOR,
            secure=settings.SESSION_COOKIE_SECURE,
            httponly=True,
            samesite="Lax",
        )


@transaction.atomic
def forget_unused(*, at: datetime) -> int:
    """Browsers that were not used for so long are known no more, nor in which one it was; one of which a session is
    still kept stays as long. Returns how many."""
    over = KnownDevice.objects.filter(Q(last_seen_at__lte=at - KNOWN_FOR) | Q(forgotten_at__lte=at - KNOWN_FOR))
    count, _ = over.filter(signedin=None).delete()
    if count:
        record(Operation.ERASE, "browsers long unused", by="retention", at=at, count=count)
    return count


def forget_others(practitioner: Practitioner, *, but: KnownDevice | None, at: datetime) -> None:
    """Every other device becomes a stranger again."""
    others = KnownDevice.objects.filter(practitioner=practitioner, forgotten_at=None)
    others.exclude(pk=but.pk if but else None).update(forgotten_at=at)
