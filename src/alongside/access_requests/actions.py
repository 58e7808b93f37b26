"""Logging a request, extending it, collecting what is held, and marking what is held back."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction

from alongside.access.permissions import Permission
from alongside.agencies.models import Practitioner
from alongside.ledger.models import Operation, record
from alongside.people.models import AgencyRecord, Person
from alongside.people.queries import not_closed

from .collecting import changed, holders, uncollected
from .disposing import forget_items
from .models import AccessRequest, Mark, PackItem, RequestPart
from .open_to import must_read
from .queries import parts_seen_by, record_of
from .rules import Span, due_on, extended_to
from .terms import terms


def must_handle(by: Practitioner, part: RequestPart | None = None) -> None:
    """PermissionDenied for anybody but an officer, for another agency's, and for one to whom a tie or a restriction
    closes the record."""
    if not by.may(Permission.HANDLE_ACCESS_REQUESTS) or (part and not parts_seen_by(by).filter(pk=part.pk).exists()):
        raise PermissionDenied(Permission.HANDLE_ACCESS_REQUESTS)


def is_open(part: RequestPart) -> RequestPart:
    """The part as it stands, held for writing. PermissionDenied where it is ready or gone: then nothing moves in it."""
    kept = RequestPart.objects.select_for_update().select_related("request").get(pk=part.pk)
    if kept.ready_at or kept.released_at:
        raise PermissionDenied
    return kept


@transaction.atomic
def log_request(
    *, person: Person, by: Practitioner, at: datetime, known_as: AgencyRecord | None = None, **asked: Any
) -> AccessRequest:
    """Write a request down, begin its clock, and give a part of it to each agency that holds a record of the person,
    with what it holds. `known_as`: the record by which the officer found them; `asked`: the columns that say who asks,
    how they are known and when it came."""
    must_handle(by)
    if not Person.objects.filter(not_closed(by, "pk"), pk=person.pk).exists():
        raise PermissionDenied
    rules, found = terms(), known_as or record_of(person, agency=by.agency_id)
    due = due_on(received_on=asked["received_on"], identity_on=asked["identity_on"], months=rules.months)
    made = AccessRequest.objects.create(
        person=person, known_as=found, due_on=due, edition=rules.edition, logged_by=by, logged_at=at, **asked
    )
    record(Operation.ALTER, "access request logged", by=by, at=at, about=made.subject, person=person.reference)
    for agency in holders(person):
        part = RequestPart.objects.create(request=made, agency=agency)
        PackItem.objects.bulk_create(uncollected(part))
    return made


@transaction.atomic
def extend(*, request: AccessRequest, because: str, by: Practitioner, at: datetime) -> date:
    """Two months more, once, with the reason that whoever asked is told."""
    must_handle(by)
    if not parts_seen_by(by).filter(request=request).exists():
        raise PermissionDenied
    kept, rules = AccessRequest.objects.select_for_update().get(pk=request.pk), terms()
    if kept.extended_to is None:
        months = {"months": rules.months, "extended_months": rules.extended_months}
        kept.extended_to = extended_to(received_on=kept.received_on, identity_on=kept.identity_on, **months)
        kept.extended_because, kept.extended_by, kept.extended_at = because, by, at
        kept.save(update_fields=["extended_to", "extended_because", "extended_by", "extended_at"])
        record(Operation.ALTER, "access request extended", by=by, at=at, about=kept.subject, purpose=because[:200])
    return kept.extended_to


@transaction.atomic
def collect(*, part: RequestPart, by: Practitioner, at: datetime) -> int:
    """Add what came in since, and take out what is known to be another's. Returns how many came in."""
    must_handle(by, part)
    found = changed(is_open(part))
    forget_items(found.gone)
    PackItem.objects.bulk_create(found.more)
    counts = {"count": len(found.more), "taken_out": len(found.gone)}
    record(Operation.ALTER, "collected for a pack", by=by, at=at, about=part.request.subject, **counts)
    return len(found.more)


@transaction.atomic
def mark(
    *,
    item: PackItem,
    spans: Iterable[tuple[str, Span]],
    exemption: str,
    because: str,
    by: Practitioner,
    at: datetime,
) -> int:
    """Hold back these stretches, each (section, span). Returns how many."""
    must_handle(by, item.part)
    must_read(item, by)
    is_open(item.part)
    told = {"item": item, "exemption": exemption, "because": because, "by": by, "at": at}
    made = [Mark(section=section, start=span.start, end=span.end, **told) for section, span in spans]
    Mark.objects.bulk_create(made)
    record(Operation.ALTER, "held back in a pack", by=by, at=at, about=item.subject, why=exemption, count=len(made))
    return len(made)


@transaction.atomic
def hold_back_whole(*, item: PackItem, exemption: str, because: str, by: Practitioner, at: datetime) -> None:
    """Hold back all of it; it needs no further look."""
    must_handle(by, item.part)
    is_open(item.part)
    Mark.objects.create(item=item, exemption=exemption, because=because, by=by, at=at)
    _looked(item, by=by, at=at)
    record(Operation.ALTER, "held back whole in a pack", by=by, at=at, about=item.subject, why=exemption)


@transaction.atomic
def look_through(*, item: PackItem, by: Practitioner, at: datetime) -> None:
    """Somebody has read it and says that what is not marked can go out."""
    must_handle(by, item.part)
    must_read(item, by)
    is_open(item.part)
    _looked(item, by=by, at=at)
    record(Operation.ALTER, "looked through for a pack", by=by, at=at, about=item.subject)


def _looked(item: PackItem, *, by: Practitioner, at: datetime) -> None:
    PackItem.objects.filter(pk=item.pk).update(looked_by=by, looked_at=at)


@transaction.atomic
def take_mark_away(*, mark: Mark, by: Practitioner, at: datetime) -> None:
    """It would go out after all: the mark stays on file as taken away, and the item wants another look. A stretch is
    judged by whoever may read the item; that it is held back whole may be undone by whoever may do it."""
    must_handle(by, mark.item.part)
    if mark.section:
        must_read(mark.item, by)
    is_open(mark.item.part)
    if Mark.objects.filter(pk=mark.pk, undone_at=None).update(undone_by=by, undone_at=at):
        PackItem.objects.filter(pk=mark.item_id).update(looked_by=None, looked_at=None)
        record(Operation.ALTER, "mark taken away in a pack", by=by, at=at, about=mark.item.subject)
