"""What came to the front door and nobody of it has opened yet: it waits in sight, however much else comes in."""

from collections.abc import Iterable, Mapping
from datetime import timedelta
from typing import Any

from django.db.models import QuerySet
from django.db.models.functions import Coalesce

from alongside.access.permissions import Permission
from alongside.agencies.models import Practitioner
from alongside.people.models import Person

from .kinds import kinds
from .models import Contribution, Unopened
from .queries import may_read, not_closed_to

# What was told longer ago than this when it came to us is an account of the past, and was answered in its time.
FRESH = timedelta(days=7)


def is_for_the_front_door(row: Mapping[str, Any]) -> bool:
    """Whether these columns of something told are news for the front door. What is urgent waits in a place of its
    own."""
    told_at = row["reported_at"] or row["occurred_at"]
    return kinds()[row["kind"]].to_front_door and not row["urgent"] and told_at > row["received_at"] - FRESH


def put_before_the_front_door(receipts: Iterable[str]) -> None:
    """These wait to be opened; called inside the transaction that keeps them."""
    told = Contribution.objects.filter(receipt__in=list(receipts)).order_by("pk")
    Unopened.objects.bulk_create(Unopened(contribution_id=pk) for pk in told.values_list("pk", flat=True))


def opened(receipt: str, *, by: Practitioner) -> None:
    """Somebody reads this in full: once that is one of the front door, it waits no longer."""
    if by.may(Permission.FRONT_DOOR):
        Unopened.objects.filter(contribution__receipt=receipt).delete()


def unopened(viewer: Practitioner) -> list[Contribution]:
    """What waits for the front door and this viewer may read, longest waiting first. What their own agency told is
    known to them."""
    if not viewer.may(Permission.FRONT_DOOR):
        return []
    return [one for one in _waiting().filter(not_closed_to(viewer)) if _is_for(viewer, one)]


def came_in(viewer: Practitioner, receipt: str) -> Contribution | None:
    """One of what came to the front door, opened or not, that this viewer may read."""
    told = Contribution.objects.filter(not_closed_to(viewer), receipt=receipt)
    one = told.select_related("agency").first()
    return one if one and kinds()[one.kind].to_front_door and may_read(viewer, one) else None


def told_of(one: Contribution) -> QuerySet[Person]:
    """Those on whose timelines it stands, for whoever may read it."""
    return Person.objects.filter(entries__contribution=one).distinct().order_by("family_name", "pk")


def _waiting() -> QuerySet[Contribution]:
    standing = Contribution.objects.filter(unopened__isnull=False, is_newest=True, withdrawn_at=None)
    return standing.select_related("agency").order_by(Coalesce("reported_at", "received_at"), "pk")


def _is_for(viewer: Practitioner, one: Contribution) -> bool:
    return one.agency_id != viewer.agency_id and may_read(viewer, one)
