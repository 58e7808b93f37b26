"""Who asks, looked up anew for every request, and once more before an answer leaves that took its time."""

from collections.abc import Callable, Iterator
from time import monotonic

import structlog
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.functional import SimpleLazyObject

from . import devices, sessions
from .models import SignedIn

# Seconds: an answer that took longer may have outlived the seat that asked for it. A seat ends within one second.
LOOKED_AT_AGAIN_AFTER = 0.25
REFUSALS = {403, 404, 429}
SECONDS_LEFT = "X-Alongside-Session-Seconds"

log = structlog.get_logger()


def who_asks(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Middleware in the place of Django's own: `request.user` is whoever holds the session, seen in the database."""

    def middleware(request: HttpRequest) -> HttpResponse:
        began = monotonic()
        request.user = SimpleLazyObject(lambda: sessions.reader_of(request))
        request.signed_in = None
        response = get_response(request)
        devices.give_cookie(request, response)
        signed_in = request.signed_in
        if signed_in is None:
            return response
        if response.status_code in REFUSALS:
            write_refusal(request, response.status_code)
        if ends_at := getattr(request, "session_ends_at", None):
            response.headers[SECONDS_LEFT] = str(max(0, int((ends_at - timezone.now()).total_seconds())))
        if response.streaming:
            response.streaming_content = while_open(response.streaming_content, signed_in)
        elif monotonic() - began > LOOKED_AT_AGAIN_AFTER and not sessions.still_open(signed_in):
            return redirect("sign_in")
        return response

    return middleware


def write_refusal(request: HttpRequest, status: int) -> None:
    """Which seat was refused which page, in the server's log: the page by its name, which tells of no child."""
    page = request.resolver_match.view_name if request.resolver_match else "none"
    log.warning("refused", seat=request.user.key, page=page, status=status)


def while_open(parts: Iterator[bytes], signed_in: SignedIn) -> Iterator[bytes]:
    """The parts of a long answer, broken off within a second of its seat's end."""
    looked = monotonic()
    for part in parts:
        if monotonic() - looked > LOOKED_AT_AGAIN_AFTER:
            if not sessions.still_open(signed_in):
                return
            looked = monotonic()
        yield part
