"""Actions that earlier meetings left, as a reader of the briefing may know them, and who may raise another."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta

from django.db.models import Q, QuerySet

from alongside.access.permissions import Permission
from alongside.access.roles import ROLES
from alongside.access.rules import Handling, Level, may_see_entry, parse_handling
from alongside.agencies.models import Practitioner
from alongside.contributions.models import Contribution
from alongside.people.closing import not_shut_out
from alongside.people.models import Person
from alongside.people.queries import not_closed_wherever
from alongside.shared.rows import with_key

from .models import MeetingAction

# How long an action that is done is still said beside the child's name.
REMEMBERED = timedelta(days=28)
# The most widely readable report first: an action is shown to whoever may read the one it was raised for.
WIDEST = list(Handling)


def actions_before(*, on: date, end: datetime, people: Iterable[int]) -> list[MeetingAction]:
    """Actions raised up to that day and open at the meeting, and those raised lately about these children."""
    still = Q(done_at=None) | Q(done_at__gte=end)
    lately = Q(person__in=list(people), raised_for__gte=on - REMEMBERED)
    found = MeetingAction.objects.filter(still | lately, raised_for__lte=on)
    return list(found.select_related("person", "owner__agency", "because").order_by("due", "pk"))


def readable(actions: list[MeetingAction], viewer: Practitioner) -> set[int]:
    """Which of these the reader may read: their own, and those whose report they may read as it stands now; none
    about a child whom a tie or a restriction closes to them, by whatever reference they are known now."""
    newest = _newest_of([one.because for one in actions])
    these = MeetingAction.objects.filter(pk__in=[one.pk for one in actions])
    open_ = set(these.filter(not_closed_wherever(viewer, "person")).values_list("pk", flat=True))
    return {
        one.pk
        for one in actions
        if one.pk in open_
        and (
            viewer.pk in {one.owner_id, one.raised_by_id}
            or all(may_read(told, viewer) for told in (one.because, *newest.get(_key(one.because), [])))
        )
    }


def may_read(told: Contribution, viewer: Practitioner) -> bool:
    """Whether a reader in the forum may read a report. The forum stands as near as the child's own team."""
    handling, readers = parse_handling(told.handling)
    return may_see_entry(reader=viewer.reader, level=Level.TEAM, handling=handling, readers=readers).allowed


def _key(told: Contribution) -> tuple[str, str, str]:
    return told.agency_id, told.system, told.reference


def _newest_of(told: list[Contribution]) -> dict[tuple[str, str, str], list[Contribution]]:
    older = {_key(one) for one in told if not one.is_newest}
    if not older:
        return {}
    found = Contribution.objects.filter(with_key(older), is_newest=True).defer("told")
    return {_key(one): [one] for one in found}


def widest(told: Iterable[Contribution]) -> Contribution | None:
    """Of several reports the one that most may read; of equals the first told."""
    return min(told, key=lambda one: (WIDEST.index(parse_handling(one.handling)[0]), one.pk), default=None)


def owners(person: Person) -> QuerySet[Practitioner]:
    """Who may be given an action about this child: practitioners who may see children, by name, but not whom the
    record is closed to: they would not see that there is something to do."""
    may = Practitioner.objects.filter(is_active=True, role__in=_roles_that(Permission.SEE_CHILDREN))
    return may.filter(not_shut_out(person)).select_related("agency")


def _roles_that(permission: Permission) -> list[str]:
    return sorted(key for key, role in ROLES.items() if permission in role.permissions)


def due_from(owner: Practitioner) -> list[MeetingAction]:
    """What this practitioner has to do, soonest first."""
    due = MeetingAction.objects.filter(not_closed_wherever(owner, "person"), owner=owner, done_at=None)
    return list(due.select_related("person").order_by("due", "pk"))


def action_for(viewer: Practitioner, pk: int) -> MeetingAction | None:
    """An open action that this practitioner may tick off: their own, or, leading meetings, one they may read."""
    found = MeetingAction.objects.filter(pk=pk, done_at=None).select_related("person", "owner__agency", "because")
    action = found.filter(not_closed_wherever(viewer, "person")).first()
    if action is None or action.owner_id == viewer.pk:
        return action
    return action if viewer.may(Permission.LEAD_MEETINGS) and readable([action], viewer) else None
