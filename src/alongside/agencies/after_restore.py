"""What a restored copy would let in again: sessions, browsers and links of then, and passwords that were replaced."""

from datetime import datetime
from typing import Any

from django.contrib.sessions.models import Session
from django.db import transaction

from alongside.ledger.models import Operation, record

from . import sessions
from .models import Invitation, KnownDevice, Practitioner, SignedIn
from .seats import take_sign_in_away


@transaction.atomic
def end_all(*, by: Any, at: datetime) -> dict[str, int]:
    """Nobody is signed in, no browser is known, no sign-in is half done, and no link opens a seat. How many of each."""
    count = {
        "sessions": sessions.end(SignedIn.objects.all(), at=at, because="a copy was restored"),
        "browsers": KnownDevice.objects.filter(forgotten_at=None).update(forgotten_at=at),
        "links": Invitation.objects.filter(used_at=None, withdrawn_at=None).update(withdrawn_at=at),
    }
    Session.objects.all().delete()
    record(Operation.ALTER, "sessions ended after a restore", by=by, at=at, **count)
    return count


@transaction.atomic
def ask_for_a_new_link(*, practitioner: Practitioner, by: Any, at: datetime) -> None:
    """A link was made since, and took away what the copy would sign in with again: the seat needs another link."""
    take_sign_in_away(practitioner, by=by, at=at)
    record(Operation.ALTER, "sign-in taken away after a restore", by=by, at=at, about=practitioner.key)
