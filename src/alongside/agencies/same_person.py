"""Who is one person over several seats: a mailbox that goes over to a new seat takes its person along.

Asked wherever a second person is wanted, and wherever something is kept from somebody: another seat is no other person.
It closes only. What a seat opened stays with that seat: who knows a child now says so anew of the new one.
"""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db.models import Q
from django.dispatch import Signal

from .models import Practitioner

# Said in the transaction that gives a seat, with the ended seat `before`, the new one `to`, who gave it (`by`) and
# when (`at`): rooms above take along what closes a child's record to that person.
mailbox_went_over = Signal()


def is_same_person(one: Practitioner | None, other: Practitioner) -> bool:
    """Whether both seats are, or were, one person's, as far as their mailboxes tell."""
    return one is not None and _newest(one) == _newest(other)


def a_seat_of(who: Practitioner, column: str) -> Q:
    """Of rows, those that name in this column any seat that this person has, or had."""
    return Q(**{column: _newest(who)}) | Q(**{f"{column}__goes_on_as": _newest(who)})


def _newest(seat: Practitioner) -> int:
    return seat.goes_on_as_id or seat.pk


def go_on_as(seat: Practitioner, *, left: Iterable[Practitioner], by: Any, at: datetime) -> None:
    """Whoever had these ended seats has the new one now. All that they ever had name the newest, so that one look
    tells, however often somebody moved."""
    for before in left:
        Practitioner.objects.filter(Q(pk=before.pk) | Q(goes_on_as=before)).update(goes_on_as=seat)
        mailbox_went_over.send(Practitioner, before=before, to=seat, by=by, at=at)
