"""Tries cost time, and nobody's tries lock anybody else out.

Counters stand in the database, since several processes answer. A try is counted before it is looked at, so that
many at once count as many; one that succeeds is taken off again.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import F
from django.http import HttpRequest

from . import devices
from .models import KnownDevice, Practitioner, Tries
from .rules import MANY_TRIES, wait_after
from .sources import digest, network_of, source_of

KEPT_FOR = timedelta(hours=1)


@dataclass(frozen=True)
class Counted:
    """One counter that a try is held against. `own`: of whoever tries here; they wait by it alone, and it is cleared
    when they succeed. The others only tell that somebody is guessing: nobody stands in a queue with a stranger."""

    digest: str
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
        Counted(digest(what, "seat from here", whose, here), own=True),
        Counted(digest(what, "seat", whose), own=False),
        Counted(digest(what, "from here", here), own=False),
    ]


def _by_device(device: KnownDevice, what: str) -> Counted:
    return Counted(digest(what, "device", str(device.pk)), own=True)


@transaction.atomic
def count(counters: list[Counted], *, at: datetime) -> timedelta:
    """Counts one try, and answers how long it has to wait: nothing means that it may be looked at.

    While somebody is guessing, whoever has not tried from here before is given a time of their own, a minute away.
    """
    rows = {each: _locked(each, at=at) for each in sorted(counters, key=lambda each: each.digest)}
    (own,) = (row for each, row in rows.items() if each.own)
    many = any(row.count >= MANY_TRIES for each, row in rows.items() if not each.own)
    if many and own.is_fresh:
        _keep(own, next_at=at + wait_after(0, many=True), at=at)
    if own.next_at > at:
        return own.next_at - at
    for row in rows.values():
        row.count += 1
        _keep(row, next_at=at + wait_after(row.count, many=many) if row is own else at, at=at)
    return timedelta(0)


def _keep(row: Tries, *, next_at: datetime, at: datetime) -> None:
    row.next_at, row.until = next_at, at + KEPT_FOR
    row.save(update_fields=["count", "next_at", "until"])


def _locked(counter: Counted, *, at: datetime) -> Tries:
    """The counter's row, held until the try is counted. `is_fresh`: nobody has tried within the hour."""
    row, row.is_fresh = Tries.objects.select_for_update().get_or_create(
        digest=counter.digest, defaults={"next_at": at, "until": at + KEPT_FOR}
    )
    if row.until <= at:
        row.count, row.next_at, row.is_fresh = 0, at, True
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
