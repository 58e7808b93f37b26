"""Tries cost time, and nobody's tries lock anybody else out.

Counters stand in the database, since several processes answer. A try is counted before it is looked at, so that
many at once count as many; one that succeeds is taken off again.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import F
from django.http import HttpRequest

from . import devices, rules
from .models import KnownDevice, Practitioner, Tries
from .rules import Allowance, wait_after
from .sources import digest, network_of, source_of

KEPT_FOR = timedelta(hours=1)


@dataclass(frozen=True)
class Counted:
    """One counter that a try is held against. `own`: of whoever tries here, and so cleared when they succeed."""

    digest: str
    allowance: Allowance
    own: bool


def counted_against(
    request: HttpRequest, *, what: str, whose: str, practitioner: Practitioner | None, at: datetime
) -> list[Counted]:
    """A known device has a counter of its own. Anybody else is counted by seat and place, by seat, and by place:
    the same whether there is such a seat or not."""
    device = devices.known(request, practitioner, at=at) if practitioner else None
    if device:
        return [_by_device(device, what)]
    here = network_of(source_of(request))
    return [
        Counted(digest(what, "seat from here", whose, here), rules.SEAT_FROM_HERE, own=True),
        Counted(digest(what, "seat", whose), rules.SEAT_FROM_ANYWHERE, own=False),
        Counted(digest(what, "from here", here), rules.ANY_SEAT_FROM_HERE, own=False),
    ]


def _by_device(device: KnownDevice, what: str) -> Counted:
    return Counted(digest(what, "device", str(device.pk)), rules.KNOWN_DEVICE, own=True)


@transaction.atomic
def count(counters: list[Counted], *, at: datetime) -> timedelta:
    """Counts one try, and answers how long it has to wait: nothing means that it may be looked at."""
    rows = [_locked(each, at=at) for each in sorted(counters, key=lambda each: each.digest)]
    wait = max((row.next_at - at for row in rows), default=timedelta(0))
    if wait > timedelta(0):
        return wait
    allowances = {each.digest: each.allowance for each in counters}
    for row in rows:
        row.count += 1
        row.next_at = at + wait_after(row.count, allowances[row.digest])
        row.until = at + KEPT_FOR
        row.save(update_fields=["count", "next_at", "until"])
    return timedelta(0)


def _locked(counter: Counted, *, at: datetime) -> Tries:
    row, _ = Tries.objects.select_for_update().get_or_create(
        digest=counter.digest, defaults={"next_at": at, "until": at + KEPT_FOR}
    )
    if row.until <= at:
        row.count, row.next_at = 0, at
    return row


@transaction.atomic
def succeeded(counters: list[Counted], *, at: datetime) -> None:
    """Whoever succeeded starts afresh; from what they share with others only this one try is taken off."""
    for each in sorted(counters, key=lambda each: each.digest):
        tried = Tries.objects.filter(digest=each.digest, count__gt=0)
        if each.own:
            tried.update(count=0, next_at=at)
        else:
            tried.update(count=F("count") - 1)


def forget_old(*, at: datetime) -> int:
    """Counters that nobody added to for an hour are gone. Returns how many."""
    count, _ = Tries.objects.filter(until__lte=at).delete()
    return count
