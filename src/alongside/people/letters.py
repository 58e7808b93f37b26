"""Who has to look into an emergency hears of it by e-mail too, and is written to again where the letter did not leave:
the page alone waits until they sign in."""

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
# Longer than a mail server can take over one letter, stalling at each word of it.
AT_IT = timedelta(minutes=3)
# Minutes from one try to the next. A night without mail is not the end of it: nobody may ask again.
TRIED_AFTER = (*AGAIN_AFTER, *[60] * 23)
# A notice to write of, by its key, and which try it is.
Turn = tuple[int, int]


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


@transaction.atomic
def letters_to_write(*, at: datetime) -> list[Turn]:
    """The notices to write of at this moment. Each is counted as tried before it is, so that a crash repeats none for
    ever."""
    due = list(letters_due(at=at).order_by("pk").select_for_update(of=("self",)))
    for one in due:
        again = at + timedelta(minutes=TRIED_AFTER[one.tries])
        one.tries += 1
        one.write_at = again if one.tries < len(TRIED_AFTER) else None
    EmergencyNotice.objects.bulk_update(due, ["tries", "write_at"])
    return [(one.pk, one.tries) for one in due]


def write_letter(key: int, *, turn: int, at: datetime) -> bool:
    """Whether it was handed on: to whoever has a seat still, and of what waits for their word."""
    found = EmergencyNotice.objects.filter(pk=key, judged_at=None, told__is_active=True)
    one = found.select_related("told", "standing").first()
    if one is None or not _is_mine(one, turn=turn, at=at):
        return False
    notices, this = letters.address_of(reverse("emergency_queue")), EmergencyNotice.objects.filter(pk=key)
    taken = letters.emergency(one.told, notices=notices, stayed_closed=one.standing.level == Level.NONE)
    if taken:
        this.update(written_at=at, write_at=None)
    else:
        this.filter(tries=turn).update(write_at=one.write_at)
    return taken


def _is_mine(one: EmergencyNotice, *, turn: int, at: datetime) -> bool:
    """Claims it just before it is sent, so that no two workers write one letter: a later turn takes it from this one,
    and none begins while it is written. Where the worker crashes over it, the next turn comes all the same."""
    unwritten = EmergencyNotice.objects.filter(pk=one.pk, tries=turn, written_at=None)
    return bool(unwritten.update(write_at=one.write_at and max(one.write_at, at + AT_IT)))
