"""Who has to look into an emergency hears of it by e-mail too, and is written to again where the letter did not leave:
the page alone waits until they sign in."""

from datetime import datetime, timedelta
from functools import partial

from django.db.models import Q, QuerySet
from django.urls import reverse

from alongside.access.rules import Level
from alongside.agencies import letters, owed

from .models import EmergencyNotice, Standing

# Of what somebody asks for again and again while it stays closed, each hears by one letter in this time.
ONE_LETTER_IN = timedelta(hours=1)


def written_to_lately(asked: Standing, *, at: datetime) -> set[int]:
    """By their keys, who was written to, or is to be, that this practitioner asked for this record, which stayed
    closed."""
    if asked.level != Level.NONE:
        return set()
    same = {f"standing__{name}": getattr(asked, name) for name in ("person_id", "practitioner_id", "level")}
    lately = EmergencyNotice.objects.filter(told_at__gt=at - ONE_LETTER_IN, **same)
    return set(lately.filter(Q(write_at__isnull=False) | Q(written_at__isnull=False)).values_list("told", flat=True))


def letters_due(*, at: datetime) -> QuerySet[EmergencyNotice]:
    return EmergencyNotice.objects.filter(write_at__lte=at)


def write_letter(key: int, *, turn: int, at: datetime) -> bool:
    """Whether it was handed on: to whoever has a seat still, and of what waits for their word."""
    found = EmergencyNotice.objects.filter(pk=key, judged_at=None, told__is_active=True)
    one = found.select_related("told", "standing").first()
    if one is None:
        return False
    notices, stayed_closed = letters.address_of(reverse("emergency_queue")), one.standing.level == Level.NONE
    letter = partial(letters.emergency, one.told, notices=notices, stayed_closed=stayed_closed)
    return owed.write(one, letter, turn=turn, at=at)
