"""Police grade what partners saw or heard (3x5x2), and clear what the morning meeting may hear."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce

from alongside.access.permissions import Permission
from alongside.agencies.models import Practitioner
from alongside.ledger.models import Operation, record

from .kinds import kinds
from .models import Contribution, Grade
from .queries import not_closed_to
from .unfiled import is_open, open_among

MOST = 100


def with_grade(told: QuerySet[Contribution]) -> QuerySet[Contribution]:
    """Each with its last grade: `graded_at`, `cleared`, `words_for_meeting`, `became`; None where it has none."""
    last = Grade.objects.filter(contribution=OuterRef("pk")).order_by("-at", "-pk")
    names = {"graded_at": "at", "cleared": "cleared", "words_for_meeting": "words_for_meeting", "became": "became"}
    return told.annotate(**{name: Subquery(last.values(field)[:1]) for name, field in names.items()})


def intelligence_seen_by(viewer: Practitioner) -> QuerySet[Contribution]:
    """Partnership intelligence as it stands, for whoever grades it. Their handling is asked one by one."""
    graded = [key for key, kind in kinds().items() if kind.graded]
    told = Contribution.objects.filter(not_closed_to(viewer), kind__in=graded, is_newest=True, withdrawn_at=None)
    told = told if viewer.may(Permission.GRADE_INTELLIGENCE) else told.none()
    told = with_grade(told).select_related("agency", "pending")
    return told.order_by("-urgent", Coalesce("reported_at", "received_at"), "pk")


def to_grade(viewer: Practitioner, *, limit: int = MOST) -> list[Contribution]:
    """What nobody has graded yet, neither here nor where it was told: for now first, then longest waiting."""
    waiting = intelligence_seen_by(viewer).filter(graded_at=None, told__details__source_grade__isnull=True)
    return open_among(viewer, waiting[: 2 * limit])[:limit]


def graded_lately(viewer: Practitioner) -> list[Contribution]:
    """What was graded here, newest first."""
    graded = intelligence_seen_by(viewer).filter(graded_at__isnull=False).order_by("-graded_at", "pk")
    return open_among(viewer, graded[:MOST])


def intelligence_told(viewer: Practitioner, receipt: str) -> Contribution | None:
    one = intelligence_seen_by(viewer).filter(receipt=receipt).first()
    return one if one and is_open(viewer, one) else None


def state_of(one: Contribution, *, is_read: bool = False) -> str:
    """How far it has come, as one word of the status table; `one` comes from `with_grade`."""
    if one.graded_at is None:
        return "being_graded" if is_read else "received"
    return one.became or ("cleared" if one.cleared else "graded")


def grade_seen_by(viewer: Practitioner, one: Contribution) -> Grade | None:
    """The last grade, for whoever may see what only police may see."""
    if not viewer.may(Permission.SEE_POLICE_ONLY):
        return None
    return one.grades.select_related("by").first()


@transaction.atomic
def grade(*, contribution: Contribution, by: Practitioner, at: datetime, **graded: Any) -> Grade:
    """Grade what was told; it takes the place of no word of its author's."""
    made = Grade.objects.create(contribution=contribution, by=by, at=at, **graded)
    record(Operation.ALTER, "graded", by=by, at=at, about=contribution.subject, grade=str(made), cleared=made.cleared)
    return made
