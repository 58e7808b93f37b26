"""Signing in, step by step, and out. Each leaves a line in the ledger.

A password or an agency's own sign-in opens the first half; a second factor the other. A passkey is both at once.
Only `begin_session` lets anybody in.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

import structlog
from django.conf import settings
from django.contrib.auth import authenticate, login, logout
from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse

from alongside.agencies.models import Invitation, Practitioner, SignedIn
from alongside.ledger.models import Operation, record

from . import devices, letters, second_factor, sessions, tries
from .rules import HALF_SIGNED_IN_FOR
from .sources import network_of, source_of
from .standing import held

log = structlog.get_logger()
HALF = "half_signed_in"
BACKEND = "django.contrib.auth.backends.ModelBackend"
# So many wrong codes after a right password: its owner hears of it, and the password is asked for again.
MOST_CODES = 5


class Step(StrEnum):
    """What comes next for whoever has just proved something."""

    IN = "in"
    SECOND_FACTOR = "second_factor"
    SET_UP = "set_up_factor"


@dataclass(frozen=True)
class Answer:
    """What became of a try: a wait, a refusal (no practitioner), or whose seat it is."""

    wait: timedelta = timedelta(0)
    practitioner: Practitioner | None = None


def try_password(request: HttpRequest, *, email: str, password: str, at: datetime) -> Answer:
    """Whose password this is. A seat that is not there, or not in use, takes as long and answers alike."""
    # By way of capitals, as databases compare: another spelling that finds the same seat has no tries of its own.
    whose = email.strip().upper().lower()
    seat = Practitioner.objects.filter(email__iexact=whose).first()
    counters = tries.counted_against(request, what="password", whose=whose, practitioner=seat, at=at)
    if wait := tries.count(counters, at=at):
        return _refused(request, "password", seat, wait=wait)
    practitioner = authenticate(request, username=whose, password=password)
    if practitioner is None:
        return _refused(request, "password", seat)
    tries.succeeded(counters, at=at)
    return Answer(practitioner=practitioner)


def _refused(request: HttpRequest, how: str, seat: Practitioner | None, *, wait: timedelta = timedelta(0)) -> Answer:
    """For whoever watches this server: which seat is tried, if there is one, and from where; never what was typed."""
    place = network_of(source_of(request))
    log.warning("sign_in_refused", how=how, seat=seat.key if seat else "none", place=place, has_to_wait=bool(wait))
    return Answer(wait=wait)


def try_passkey(request: HttpRequest, *, answer: str, at: datetime) -> Answer:
    """Whose passkey this is. Nothing can be guessed here, so that nobody's tries make anybody wait."""
    practitioner = second_factor.whose_passkey(answer)
    if practitioner is None or not practitioner.is_active:
        return _refused(request, "passkey", practitioner)
    return Answer(practitioner=practitioner)


def first_half(request: HttpRequest, *, practitioner: Practitioner, how: str, following: str, at: datetime) -> Step:
    """After a password or an agency's own sign-in: asks for the second factor, or for one to be set up, where there
    has to be one; else begins the session."""
    has_one = second_factor.has_factor(practitioner)
    if not has_one and not settings.SECOND_FACTOR:
        begin_session(request, practitioner=practitioner, at=at, how=how)
        return Step.IN
    _clear_of_others(request, practitioner, at=at)
    request.session.cycle_key()
    request.session[HALF] = {
        "who": practitioner.key,
        "hash": practitioner.get_session_auth_hash(),
        "how": how,
        "since": at.isoformat(),
        "following": following,
        "wrong": 0,
    }
    return Step.SECOND_FACTOR if has_one else Step.SET_UP


def _clear_of_others(request: HttpRequest, practitioner: Practitioner, *, at: datetime) -> None:
    """Clears the session that this request came with, unless it is this person's own: at a shared machine nothing
    that somebody else had begun, or was shown, goes over to the next."""
    signed_in = request.user.key if request.user.is_authenticated else None
    whose = {signed_in, request.session.get(HALF, {}).get("who")} - {None}
    if whose != {practitioner.key}:
        _clear(request, at=at)


def _clear(request: HttpRequest, *, at: datetime) -> None:
    """Ends and empties the session that this request came with."""
    close_own(request, at=at, because="somebody signed in anew")
    logout(request)


def half_signed_in(request: HttpRequest, *, at: datetime) -> Practitioner | None:
    """Who has shown the first half in this session within the last minutes, with a seat that is still in use."""
    half = request.session.get(HALF)
    if not half or at - datetime.fromisoformat(half["since"]) > HALF_SIGNED_IN_FOR:
        return None
    practitioner = Practitioner.objects.filter(key=half["who"], is_active=True).first()
    if practitioner is None or practitioner.get_session_auth_hash() != half["hash"]:
        return None
    return practitioner


def following(request: HttpRequest) -> str:
    """Where whoever is half signed in was going."""
    return request.session.get(HALF, {}).get("following") or settings.LOGIN_REDIRECT_URL


def try_factor(request: HttpRequest, *, practitioner: Practitioner, code: str, passkey: str, at: datetime) -> Answer:
    """Whether a second factor fits: a passkey's answer, or a code, whose tries are counted as a password's are."""
    if passkey:
        fits = second_factor.fits_passkey(practitioner, passkey)
        return Answer(practitioner=practitioner) if fits else _refused(request, "passkey", practitioner)
    whose = practitioner.key
    counters = tries.counted_against(request, what="code", whose=whose, practitioner=practitioner, at=at)
    if wait := tries.count(counters, at=at):
        return _refused(request, "code", practitioner, wait=wait)
    if not second_factor.fits_code(practitioner, code):
        return _refused(request, "code", practitioner)
    tries.succeeded(counters, at=at)
    return Answer(practitioner=practitioner)


def second_half(request: HttpRequest, *, practitioner: Practitioner, kind: str, at: datetime) -> str:
    """Begins the session of whoever was half signed in; answers where they were going."""
    half, where = request.session[HALF], following(request)
    begin_session(request, practitioner=practitioner, at=at, how=f"{half['how']} and {kind}", factor_at=at)
    return where


def wrong_code(request: HttpRequest, *, practitioner: Practitioner, at: datetime) -> bool:
    """Counts a wrong code of whoever is half signed in. After the fifth they are not, and the owner hears of it."""
    half = request.session[HALF]
    half["wrong"] += 1
    request.session.modified = True
    if half["wrong"] < MOST_CODES:
        return False
    del request.session[HALF]
    record(Operation.ALTER, "wrong codes after a right password", by="sign-in", at=at, about=practitioner.key)
    letters.wrong_codes(practitioner, at=at, account=letters.address_of(reverse("my_account"), request))
    return True


def begin_session(
    request: HttpRequest,
    *,
    practitioner: Practitioner,
    at: datetime,
    how: str = "a click",
    backend: str | None = BACKEND,
    factor_at: datetime | None = None,
) -> None:
    """Begins a session, and keeps when the one before began: what is new since then is on their first page. Its owner
    hears of a device that we had not seen before. Raises ChangedMeanwhileError."""
    with transaction.atomic():
        seat = held(practitioner)
        # By whatever way somebody comes in: nothing that was begun in this browser, by anybody, goes over to them.
        _clear(request, at=at)
        first = not seat.devices.exists()
        seat.last_seen_at, seat.joined_at = seat.last_login, seat.joined_at or at
        seat.save(update_fields=["last_seen_at", "joined_at"])
        # Whoever is in needs no link: one that lies unused in a mailbox would open the seat to whoever finds it.
        # None is newer than what was proved: that one would have changed the seat.
        unused = Invitation.objects.filter(practitioner=seat, used_at=None, withdrawn_at=None)
        unused.update(withdrawn_at=at)
        record(Operation.VIEW, "signed in", by=seat, at=at)
        login(request, seat, backend=backend)
        device, is_new = devices.remember(request, seat, at=at)
        sessions.describe(request, how=how, factor_at=factor_at, device=device)
    if is_new and not first and not settings.DEMO:
        account = letters.address_of(reverse("my_account"), request)
        letters.new_device(seat, request.signed_in, account=account)


def close_own(request: HttpRequest, *, at: datetime, because: str) -> None:
    """Ends the session that this request came with, if it came with one."""
    if request.user.is_authenticated:
        sessions.end(SignedIn.objects.filter(pk=request.signed_in.pk), at=at, because=because)
        request.signed_in = None


def sign_out(request: HttpRequest, *, at: datetime) -> None:
    """Ends the session on the server, so that an old cookie opens nothing."""
    if request.user.is_authenticated:
        record(Operation.VIEW, "signed out", by=request.user, at=at)
    close_own(request, at=at, because="signed out")
    logout(request)


@transaction.atomic
def end_sessions(request: HttpRequest, chosen: QuerySet[SignedIn], *, at: datetime) -> None:
    """Ends some of the reader's own sessions, with one line."""
    ended = sessions.end(chosen, at=at, because="its owner ended it")
    record(Operation.ALTER, "own sessions ended", by=request.user, at=at, about=request.user.key, count=ended)
