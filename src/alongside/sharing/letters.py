"""Whoever is given something because somebody is in danger hears of it by e-mail too, and is written to again where
the letter did not leave: the page alone waits until they sign in."""

from datetime import datetime
from functools import partial

from django.db.models import QuerySet
from django.urls import reverse

from alongside.agencies import letters, owed
from alongside.agencies.models import Practitioner
from alongside.ledger.models import Operation, record

from .models import NowLetter, ShareDecision
from .queries import received_by
from .waiting import last_read

BY = "alongside"


def owe_letters(made: ShareDecision, *, at: datetime) -> None:
    """A row for each who can read it. Called inside the transaction that gives it: both are kept, or neither."""
    whom = {"pk": made.to_practitioner_id} if made.to_practitioner_id else {"team": made.to_team_id}
    seats = Practitioner.objects.filter(is_active=True, **whom).exclude(pk=made.by_id).order_by("pk")
    NowLetter.objects.bulk_create(
        NowLetter(decision=made, to=one, write_at=at)
        for one in (seats if made.has_seat else ())
        if received_by(one, at=at).filter(pk=made.pk).exists()
    )


def letters_of(made: ShareDecision) -> list[NowLetter]:
    """For whoever gave it, who is written to."""
    return list(made.letters.select_related("to").order_by("to__name", "pk")) if made.is_urgent else []


def letters_due(*, at: datetime) -> QuerySet[NowLetter]:
    return NowLetter.objects.filter(write_at__lte=at)


def write_letter(key: int, *, turn: int, at: datetime) -> bool:
    """Whether it was handed on: to whoever can read it still, and did not yet."""
    one = NowLetter.objects.filter(pk=key).select_related("to", "decision").first()
    if one is None or not _waits(one, at=at):
        return False
    letter = partial(letters.given_now, one.to, received=letters.address_of(reverse("received")))
    if not owed.write(one, letter, turn=turn, at=at):
        return False
    record(Operation.ALTER, "told of a giving", by=BY, at=at, about=one.decision.subject)
    return True


def _waits(one: NowLetter, *, at: datetime) -> bool:
    return received_by(one.to, at=at).filter(pk=one.decision_id).exists() and not last_read([one.decision], one.to)
