"""Who has to look into an emergency hears of it by e-mail too, and is written to again where the letter did not leave:
the page alone waits until they sign in."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import QuerySet
from django.urls import reverse

from alongside.agencies import letters
from alongside.services.mail.client import AGAIN_AFTER

from .models import EmergencyNotice


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
    for one in waiting.select_related("told").order_by("pk"):
        if letters.emergency(one.told, notices=address):
            EmergencyNotice.objects.filter(pk=one.pk).update(written_at=at, write_at=None)
            taken += 1
    return taken
