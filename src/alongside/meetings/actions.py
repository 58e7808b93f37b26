"""Raising an action in the meeting, and saying what came of it."""

from collections.abc import Iterable
from datetime import date, datetime

from django.core.exceptions import PermissionDenied
from django.db import transaction

from alongside.access.permissions import Permission
from alongside.agencies.models import Practitioner
from alongside.chronology.models import ChronologyEntry
from alongside.contributions.models import Contribution
from alongside.ledger import subjects
from alongside.ledger.models import Operation, record
from alongside.people.models import Person

from .models import MeetingAction
from .project_shield import project_shield


@transaction.atomic
def raise_action(
    *,
    person: Person,
    because: Contribution,
    what: str,
    owner: Practitioner,
    due: date,
    on: date,
    by: Practitioner,
    at: datetime,
) -> MeetingAction:
    """An action of that day's meeting, with one owner and a day. Raises PermissionDenied for anybody who does
    not lead meetings."""
    if not by.may(Permission.LEAD_MEETINGS):
        raise PermissionDenied(Permission.LEAD_MEETINGS)
    raised = MeetingAction.objects.create(
        **{"person": person, "because": because, "what": what, "owner": owner, "due": due},
        **{"raised_for": on, "raised_by": by, "raised_at": at},
    )
    purpose = f"{project_shield().name}, {on.isoformat()}"
    about = subjects.child(person.reference)
    record(Operation.ALTER, "action raised", by=by, at=at, about=about, purpose=purpose, owner=owner.key)
    return raised


@transaction.atomic
def tick_off(*, action: MeetingAction, outcome: str, by: Practitioner, at: datetime) -> None:
    """Done, and what came of it. Its owner or whoever leads the meeting may; PermissionDenied for others. What
    is done already stays as it was told first."""
    if by.pk != action.owner_id and not by.may(Permission.LEAD_MEETINGS):
        raise PermissionDenied(Permission.LEAD_MEETINGS)
    still = MeetingAction.objects.filter(pk=action.pk, done_at=None)
    if still.update(done_at=at, done_by=by, outcome=outcome):
        about = subjects.child(action.person.reference)
        record(Operation.ALTER, "action done", by=by, at=at, about=about, purpose=outcome[:200])


def follow_reports(people: Iterable[int]) -> None:
    """Records moved between these people: an action goes with the report it was raised for, so that it stands beside
    the child's name. Called inside the transaction that moves them, which writes the line in the ledger."""
    people = set(people)
    for action in MeetingAction.objects.filter(person__in=people).select_related("because"):
        one = action.because
        same = {"agency": one.agency_id, "system": one.system, "reference": one.reference}
        told = ChronologyEntry.objects.filter(
            person__in=people, **{f"contribution__{name}": value for name, value in same.items()}
        )
        now = set(told.order_by().values_list("person", flat=True))
        if len(now) == 1 and action.person_id not in now:
            action.person_id = now.pop()
            action.save(update_fields=["person"])
