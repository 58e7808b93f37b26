"""Letters to practitioners by e-mail: links and notices. No child is ever in one."""

import logging
from datetime import datetime

from django.conf import settings
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import reverse

from alongside.services.mail.client import TAKEN, MailServer, Message

from .models import Practitioner, SignedIn

log = logging.getLogger(__name__)


def address_of(path: str, request: HttpRequest | None = None) -> str:
    """A whole address of ours: by the name under which we were asked, else the one of the settings."""
    if request is not None:
        return request.build_absolute_uri(path)
    return f"{settings.ADDRESS}{path}"


def link_of(token: str, request: HttpRequest | None = None) -> str:
    """Where a seat is opened for the first time."""
    return address_of(reverse("join_with", args=[token]), request)


def _send(to: Practitioner, subject: str, letter: str, **context: object) -> bool:
    """Whether it was handed on. A letter that does not go out stops nothing else."""
    text = render_to_string(f"agencies/letters/{letter}.txt", {"to": to, "duty_phone": settings.DUTY_PHONE, **context})
    (answer,) = MailServer().deliver([Message(to.email, subject, text)])
    if answer != TAKEN:
        log.warning("A letter was not sent: %s, %s", letter, answer)
    return answer == TAKEN


def invitation(practitioner: Practitioner, *, link: str, until: datetime) -> bool:
    return _send(practitioner, "Your seat in Alongside", "invitation", link=link, until=until)


def new_device(practitioner: Practitioner, signed_in: SignedIn, *, account: str) -> bool:
    subject = "Your seat in Alongside was used on a new device"
    return _send(practitioner, subject, "new_device", signed_in=signed_in, account=account)


def wrong_codes(practitioner: Practitioner, *, at: datetime, account: str) -> bool:
    subject = "Somebody tried to sign in with your password"
    return _send(practitioner, subject, "wrong_codes", at=at, account=account)


def emergency(practitioner: Practitioner, *, notices: str, stayed_closed: bool) -> bool:
    """Neither whose record nor why: it is read on phones, over shoulders, by mail servers."""
    opened, asked = "A record was opened in an emergency", "Somebody asked to open a record in an emergency"
    subject = f"{asked}: it stayed closed" if stayed_closed else opened
    return _send(practitioner, subject, "emergency", notices=notices, stayed_closed=stayed_closed)


def given_now(practitioner: Practitioner, *, received: str) -> bool:
    """Not that it is about a child, nor who gave it."""
    return _send(practitioner, "Something needs you now", "given_now", received=received)


def factor_changed(practitioner: Practitioner, *, what: str, at: datetime, account: str) -> bool:
    subject = "How you sign in to Alongside was changed"
    return _send(practitioner, subject, "changed", what=what, at=at, account=account)
