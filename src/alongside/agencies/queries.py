"""Whose seats somebody may see, and how each stands."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet

from alongside.access.permissions import Permission
from alongside.access.roles import ROLES

from .addresses import is_let_go
from .models import Practitioner
from .rules import may_change_seat, state_of_seat
from .signing_in import limits

# What may be done with a seat in each state, in the order of the page.
TO_DO = {
    "open": ("move", "link", "suspend", "end"),
    "check_due": ("keep", "move", "link", "suspend", "end"),
    "check_overdue": ("keep", "move", "link", "suspend", "end"),
    "invited": ("link", "move", "suspend", "end"),
    "suspended": ("lift", "end"),
    "ended": ("give-back",),
}


@dataclass(frozen=True)
class SeatLine:
    """One seat as the list shows it."""

    who: Practitioner
    state: str
    may_be_changed: bool

    @property
    def to_do(self) -> tuple[str, ...]:
        return TO_DO[self.state] if self.may_be_changed and not self.went_elsewhere else ()

    @property
    def went_elsewhere(self) -> bool:
        """Whether the seat's address is that of a seat elsewhere by now."""
        return is_let_go(self.who)

    @property
    def waits(self) -> bool:
        return self.state in {"check_due", "check_overdue"}


def seats_seen_by(viewer: Practitioner) -> QuerySet[Practitioner]:
    """The seats of the viewer's own agency, for whoever runs them. Every other query starts here."""
    if not viewer.may(Permission.MANAGE_SEATS):
        return Practitioner.objects.none()
    return Practitioner.objects.filter(agency=viewer.agency_id).select_related("team").order_by("name", "pk")


def lines_seen_by(viewer: Practitioner, *, at: datetime) -> list[SeatLine]:
    return [line_of(each, viewer=viewer, at=at) for each in seats_seen_by(viewer)]


def line_of(practitioner: Practitioner, *, viewer: Practitioner, at: datetime) -> SeatLine:
    state = state_of_seat(practitioner.seat, at=at, limits=limits())
    may = may_change_seat(by=viewer.seat, manages=viewer.may(Permission.MANAGE_SEATS), seat=practitioner.seat)
    return SeatLine(practitioner, state, may.allowed)


def seats_with(permission: Permission) -> QuerySet[Practitioner]:
    """Practitioners whose role has that word."""
    roles = [key for key, role in ROLES.items() if permission in role.permissions]
    return Practitioner.objects.filter(role__in=roles, is_active=True)


def those_who(permission: Permission, *, agency: str = "") -> list[Practitioner]:
    """The same as a list, of one agency or of all."""
    found = seats_with(permission)
    return list(found.filter(agency=agency) if agency else found)
