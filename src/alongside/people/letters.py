"""Who has to look into an emergency hears of it by e-mail too, and is written to again where the letter did not leave:
the page alone waits until they sign in."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Q, QuerySet
from django.urls import reverse

from alongside.access.rules import Level
from alongside.agencies import letters
from alongside.services.mail.client import AGAIN_AFTER

from .models import EmergencyNotice, Standing

# Of what somebody asks for again and again while it stays closed, each hears by one letter in this time.
ONE_LETTER_IN = timedelta(hours=1)


def written_to_lately(asked: Standing, *, at: datetime) -> set[int]:
    """By their keys, who was written to already that this practitioner asked for this record, which stayed closed."""
    if asked.level != Level.NONE:
        return set()
    same = {f"standing__{name}": getattr(asked, name) for name in ("person_id", "practitioner_id", "level")}
    lately = EmergencyNotice.objects.filter(told_at__gt=at - ONE_LETTER_IN, **same)
    return set(lately.filter(Q(write_at__isnull=False) | Q(tries__gt=0)).values_list("told", flat=True))


def letters_due(*, at: datetime) -> QuerySet[EmergencyNotice]:
    return EmergencyNotice.objects.filter(write_at__lte=at)


@transaction.atomic
def letters_to_write(*, at: datetime) -> list[int]:
    """The notices to write of at this moment. Each is counted as tried before it is, so that no two workers write one
    letter, and a crash repeats none for ever."""
    due = list(letters_due(at=at).order_by("pk").select_for_update(of=("self",)))
    for one in due:
        again = at + timedelta(minutes=AGAIN_AFTER[one.tries])
        one.tries += 1
        one.write_at = again if one.tries < len(AGAIN_AFTER) else None
    EmergencyNotice.objects.bulk_update(due, ["tries", "write_at"])
    return [one.pk for one in due]


def write_letters(keys: Iterable[int], *, at: datetime) -> int:
    """Returns how many were handed on: to whoever has a seat still, and of what waits for their word. One that does not
    leave stops no other."""
    address, taken = letters.address_of(reverse("emergency_queue")), 0
    waiting = EmergencyNotice.objects.filter(pk__in=keys, written_at=None, judged_at=None, told__is_active=True)
    for one in waiting.select_related("told", "standing").order_by("pk"):
        if letters.emergency(one.told, notices=address, stayed_closed=one.standing.level == Level.NONE):
            EmergencyNotice.objects.filter(pk=one.pk).update(written_at=at, write_at=None)
            taken += 1
    return taken
