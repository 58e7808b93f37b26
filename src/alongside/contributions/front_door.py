"""What came to the front door and nobody of it has opened yet: it waits in sight, however much else comes in."""

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from typing import Any

from django.db.models import QuerySet
from django.db.models.functions import Coalesce

from alongside.access.permissions import Permission
from alongside.agencies.models import Practitioner
from alongside.agencies.queries import those_who
from alongside.ledger.models import LedgerEvent, Operation
from alongside.ledger.shown import once_read
from alongside.people.closing import closed_to_somebody
from alongside.people.models import Person

from .kinds import kinds
from .models import Contribution, Unopened
from .queries import may_read, not_closed_to
from .rules import Key

# What was told longer ago than this when it came to us is an account of the past, and was answered in its time.
FRESH = timedelta(days=7)


def waits_no_longer(older: list[int]) -> set[Key]:
    """These versions have newer ones, which wait in their place. Returns what of them waited still to be opened."""
    waiting = Unopened.objects.filter(contribution__in=older)
    keys = ("contribution__agency", "contribution__system", "contribution__reference")
    waited = set(waiting.values_list(*keys))
    waiting.delete()
    return waited


def _is_for_the_front_door(row: Mapping[str, Any]) -> bool:
    """Whether these columns of something told are news for the front door. What is urgent waits in a place of its
    own."""
    told_at = row["reported_at"] or row["occurred_at"]
    return kinds()[row["kind"]].to_front_door and not row["urgent"] and told_at > row["received_at"] - FRESH


def put_before_the_front_door(rows: Mapping[str, Mapping[str, Any]], waited: set[Key]) -> None:
    """Of these, by receipt, what is for the front door waits to be opened, and so does a newer version of what waited.
    Called inside the transaction that keeps them."""
    wait = [key for key, row in rows.items() if row.get("is_newest", True) and _waits(row, waited)]
    if not wait:
        return
    told = Contribution.objects.filter(receipt__in=wait).order_by("pk")
    Unopened.objects.bulk_create(Unopened(contribution_id=pk) for pk in told.values_list("pk", flat=True))


def _waits(row: Mapping[str, Any], waited: set[Key]) -> bool:
    return _is_for_the_front_door(row) or (row["agency_id"], row["system"], row["reference"]) in waited


def opened(receipt: str, *, by: Practitioner) -> None:
    """Somebody reads this in full: once a page of it has gone to one of the front door, it waits no longer. A page that
    the ledger held back was read by nobody."""
    if by.may(Permission.FRONT_DOOR):
        once_read(Unopened.objects.filter(contribution__receipt=receipt).delete)


def wait_again(person: Person, *, at: datetime) -> None:
    """Called once the record has closed to somebody. What of this person came in lately, and is closed by now to all of
    the front door who read it, waits again: for a colleague."""
    front_door = {one.key: one for one in those_who(Permission.FRONT_DOOR)}
    told = Contribution.objects.filter(entries__person=person, is_newest=True, withdrawn_at=None, unopened=None)
    for one in told.filter(received_at__gt=at - FRESH).distinct():
        looks = LedgerEvent.objects.filter(operation=Operation.VIEW, subject=one.subject, actor__in=front_door)
        readers = [front_door[key] for key in set(looks.order_by().values_list("actor", flat=True))]
        if readers and not _is_open_to_any(readers, one) and _is_for_the_front_door(vars(one)):
            Unopened.objects.get_or_create(contribution=one)


def wait_again_with_moved(*, people: set[int], at: datetime, **_: object) -> None:
    """Heard whenever a record moves: what closes either of these is said of both by then, and of what came of them."""
    for person in closed_to_somebody().filter(pk__in=people).order_by("pk"):
        wait_again(person, at=at)


def _is_open_to_any(readers: Iterable[Practitioner], one: Contribution) -> bool:
    told = Contribution.objects.filter(pk=one.pk)
    return any(told.filter(not_closed_to(each)).exists() for each in readers)


def unopened(viewer: Practitioner) -> list[Contribution]:
    """What waits for the front door and this viewer may read, longest waiting first."""
    if not viewer.may(Permission.FRONT_DOOR):
        return []
    waiting = _waiting().filter(not_closed_to(viewer), pending=None)
    return [one for one in waiting if _is_for(viewer, one)]


def being_filed(viewer: Practitioner) -> int:
    """How many more are being filed: until then nobody knows whose they are, and to whom those are closed."""
    return _waiting().filter(pending__isnull=False).count() if viewer.may(Permission.FRONT_DOOR) else 0


def came_in(viewer: Practitioner, receipt: str) -> Contribution | None:
    """One of what came to the front door, opened or not, that this viewer may read, in its newest version: of an older
    one nobody can tell any more to whom it is closed."""
    told = Contribution.objects.filter(not_closed_to(viewer), receipt=receipt, pending=None, is_newest=True)
    one = told.select_related("agency").first()
    return one if one and kinds()[one.kind].to_front_door and may_read(viewer, one) else None


def told_of(one: Contribution) -> QuerySet[Person]:
    """Those on whose timelines it stands, for whoever may read it."""
    return Person.objects.filter(entries__contribution=one).distinct().order_by("family_name", "pk")


def _waiting() -> QuerySet[Contribution]:
    standing = Contribution.objects.filter(unopened__isnull=False, is_newest=True, withdrawn_at=None)
    return standing.select_related("agency", "author").order_by(Coalesce("reported_at", "received_at"), "pk")


def _is_for(viewer: Practitioner, one: Contribution) -> bool:
    """What the front door told itself, or the systems of its agency, is known to it."""
    is_known = one.agency_id == viewer.agency_id and (one.author is None or one.author.may(Permission.FRONT_DOOR))
    return not is_known and may_read(viewer, one)
