"""Information governance: who has that part for somebody, by name, and for which agencies they have it."""

from collections.abc import Callable
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import HttpRequest

from alongside.access.permissions import Permission

from .models import Agency, Practitioner
from .queries import seats_with


@dataclass(frozen=True)
class Office:
    """Whom to ask. `is_own`: they are of the same agency as whoever asks; `is_theirs`: who asks has the part too."""

    people: list[Practitioner]
    is_own: bool
    is_theirs: bool


def office_for(whom: Practitioner) -> Office:
    """Who else has the part at their own agency; where nobody has, everybody who has it at another. Asked of no child,
    so that it tells nothing of one."""
    others = seats_with(Permission.HEAR_EMERGENCIES).exclude(pk=whom.pk).select_related("agency").order_by("name", "pk")
    own = list(others.filter(agency=whom.agency_id))
    return Office(own or list(others), bool(own), whom.may(Permission.HEAR_EMERGENCIES))


def agencies_of_office(viewer: Practitioner) -> QuerySet[Agency]:
    """The agencies for which somebody with the part has it: their own, and where nobody has."""
    there = seats_with(Permission.HEAR_EMERGENCIES).filter(agency=OuterRef("pk"))
    return Agency.objects.filter(Q(pk=viewer.agency_id) | ~Exists(there))


def alone_in_office(viewer: Practitioner) -> QuerySet[Practitioner]:
    """Who has the part at another agency and nobody else there does: of what they do themselves, the viewer's office
    reads, as `office_for` says to them."""
    others = seats_with(Permission.HEAR_EMERGENCIES).filter(agency=OuterRef("agency")).exclude(pk=OuterRef("pk"))
    alone = seats_with(Permission.HEAR_EMERGENCIES).exclude(agency=viewer.agency_id)
    return alone.filter(~Exists(others)).select_related("agency")


def governance(request: HttpRequest) -> dict[str, Callable[[], Office | None]]:
    """For templates; looked up only by a page that says it."""
    user = getattr(request, "user", None)
    return {"governance": lambda: office_for(user) if isinstance(user, Practitioner) else None}
