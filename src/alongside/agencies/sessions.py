"""Sessions: begun at sign-in, looked up in the database for every request, ended at once wherever that is decided."""

from datetime import datetime, timedelta

from django.contrib.auth import HASH_SESSION_KEY
from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.models import AnonymousUser
from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.crypto import constant_time_compare

from alongside.ledger.models import Operation, record

from . import rules
from .models import KnownDevice, Practitioner, SignedIn
from .signing_in import limits
from .sources import browser_of, source_of

KEY = "signed_in"
KEPT_FOR = timedelta(days=90)
# The header of a request that a page makes by itself.
BY_ITSELF = "X-By-Itself"


def starts(sender: object, request: HttpRequest, user: AbstractBaseUser, **_: object) -> None:
    """Whoever is logged in, by whatever way, has a session that is on the list and can be ended."""
    at = timezone.now()
    begun = SignedIn.objects.create(
        practitioner=user, browser=browser_of(request), source=source_of(request), began_at=at, last_seen_at=at
    )
    request.session[KEY] = str(begun.key)
    request.signed_in = begun


def describe(request: HttpRequest, *, how: str, factor_at: datetime | None, device: KnownDevice | None) -> None:
    """How the session that began in this request began."""
    begun = request.signed_in
    begun.how, begun.factor_at, begun.device = how, factor_at, device
    begun.save(update_fields=["how", "factor_at", "device"])


def asks_by_itself(request: HttpRequest) -> bool:
    """Whether a page asks again with nobody touching it: that is no sign that somebody is there."""
    return BY_ITSELF in request.headers


def reader_of(request: HttpRequest) -> Practitioner | AnonymousUser:
    """Whoever asks. What is not, or no longer, a session of a seat in use is nobody's, and is emptied."""
    key, at = request.session.get(KEY), timezone.now()
    if not key:
        return AnonymousUser()
    signed_in = SignedIn.objects.select_related("practitioner__agency").filter(key=key).first()
    if signed_in is None or (because := why_closed(request, signed_in, at=at)):
        if signed_in:
            end(SignedIn.objects.filter(pk=signed_in.pk), at=at, because=because)
        request.session.flush()
        return AnonymousUser()
    request.signed_in, seen_at = signed_in, signed_in.last_seen_at if asks_by_itself(request) else at
    if seen_at - signed_in.last_seen_at >= rules.EXACT_TO:
        SignedIn.objects.filter(pk=signed_in.pk, last_seen_at__lt=at).update(last_seen_at=at)
    # A cookie's own clock is the browser's: what is shown is ours, from the last sign of life on.
    request.session_ends_at = rules.session_ends(began_at=signed_in.began_at, last_seen_at=seen_at, limits=limits())
    return signed_in.practitioner


def why_closed(request: HttpRequest, signed_in: SignedIn, *, at: datetime) -> str:
    """Why this session opens nothing, or ""."""
    if signed_in.ended_at:
        return signed_in.ended_because
    if not signed_in.practitioner.is_active:
        return "the seat is not in use"
    begun_with = request.session.get(HASH_SESSION_KEY, "")
    if not constant_time_compare(begun_with, signed_in.practitioner.get_session_auth_hash()):
        return "the password was changed"
    return rules.why_over(began_at=signed_in.began_at, last_seen_at=signed_in.last_seen_at, at=at, limits=limits())


def still_open(signed_in: SignedIn) -> bool:
    """Whether the session still stands, and its seat is still what it was when the request came."""
    was = signed_in.practitioner
    return SignedIn.objects.filter(
        pk=signed_in.pk,
        ended_at=None,
        practitioner__is_active=True,
        practitioner__role=was.role,
        practitioner__agency=was.agency_id,
        practitioner__team=was.team_id,
    ).exists()


def open_sessions(practitioner: Practitioner, *, at: datetime) -> QuerySet[SignedIn]:
    """The practitioner's own sessions that still open pages, the one used last first."""
    allowed = limits()
    return SignedIn.objects.filter(
        practitioner=practitioner,
        ended_at=None,
        began_at__gt=at - allowed.longest,
        last_seen_at__gt=at - allowed.idle - rules.EXACT_TO,
    ).order_by("-last_seen_at", "-pk")


def end(sessions: QuerySet[SignedIn], *, at: datetime, because: str) -> int:
    """Ends these sessions, those that have not ended already. Returns how many."""
    return sessions.filter(ended_at=None).update(ended_at=at, ended_because=because[:60])


def confirm_factor(request: HttpRequest, *, at: datetime) -> None:
    """A second factor was just shown again in this session."""
    request.signed_in.factor_at = at
    SignedIn.objects.filter(pk=request.signed_in.pk).update(factor_at=at)


def is_fresh(request: HttpRequest, *, at: datetime, within: timedelta = rules.FRESH_FOR) -> bool:
    """Whether a second factor was shown in this session within the last minutes."""
    shown = request.signed_in.factor_at
    return shown is not None and at - shown < within


@transaction.atomic
def forget_ended(*, at: datetime) -> int:
    """Sessions that began so long ago are forgotten, with the addresses that they came from; the ledger keeps that
    somebody signed in. Returns how many."""
    count, _ = SignedIn.objects.filter(began_at__lt=at - KEPT_FOR).delete()
    if count:
        record(Operation.ERASE, "old sessions", by="retention", at=at, count=count)
    return count
