"""What partners told for immediate handling: it is shown until somebody says that they have it."""

from datetime import datetime

from django.db import transaction
from django.db.models import Exists, F, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce

from alongside.access.permissions import Permission
from alongside.access.rules import Handling
from alongside.agencies.models import Practitioner
from alongside.ledger.models import Operation, record
from alongside.people.models import Person
from alongside.people.queries import near_the_child

from .front_door import told_of
from .held import KEY, LATELY, held
from .models import Acknowledgement, Contribution
from .queries import not_closed_to
from .rules import in_danger_now
from .unfiled import is_open

OPEN_HANDLING = (Handling.PARTNERSHIP, Handling.TEAM, Handling.STATUTORY)


def receives(viewer: Practitioner, one: Contribution) -> bool:
    """Whether this viewer is of the team that answers: the front door; what is told to fewer, whoever of those
    answers."""
    if not viewer.may(Permission.ANSWER_URGENT) or not is_open(viewer, one):
        return False
    return viewer.may(Permission.FRONT_DOOR) or one.handling not in OPEN_HANDLING


def urgent_now() -> QuerySet[Contribution]:
    """What stands and was told for immediate handling, longest waiting first."""
    standing = Contribution.objects.filter(urgent=True, is_newest=True, withdrawn_at=None)
    return standing.select_related("agency", "pending").order_by(Coalesce("reported_at", "received_at"), "pk")


def unanswered(viewer: Practitioner) -> list[Contribution]:
    """What nobody has acknowledged yet in any version, for the team that receives it: where somebody may be in
    danger first, then longest waiting first."""
    if not viewer.may(Permission.ANSWER_URGENT):
        return []
    waiting = [one for one in nobody_has().filter(not_closed_to(viewer)) if receives(viewer, one)]
    return sorted(waiting, key=lambda one: not in_danger_now(one.told))


def nobody_has() -> QuerySet[Contribution]:
    """What nobody has acknowledged in any version, or nobody who can go on with it."""
    said = held().filter(**{f"contribution__{name}": OuterRef(name) for name in KEY})
    return urgent_now().filter(~Exists(said))


def answered_lately(viewer: Practitioner, *, at: datetime) -> list[Contribution]:
    """What was acknowledged in the last two days, newest first, each with `doing`, `who` and `since`."""
    last = Subquery(held().filter(contribution=OuterRef("pk")).values("pk")[:1])
    named = {"who": F("acknowledgements__by__name"), "doing": F("acknowledgements__doing")}
    answered = (
        urgent_now()
        .filter(not_closed_to(viewer), acknowledgements=last, acknowledgements__at__gt=at - LATELY)
        .annotate(since=F("acknowledgements__at"), **named)
        .order_by("-since", "pk")
    )
    return [one for one in answered if receives(viewer, one)]


def urgent_told(viewer: Practitioner, receipt: str) -> Contribution | None:
    """One of them, for the team that receives it."""
    told = Contribution.objects.filter(not_closed_to(viewer), urgent=True, receipt=receipt, is_newest=True)
    one = told.select_related("agency", "pending").first()
    return one if one and receives(viewer, one) else None


def may_open(viewer: Practitioner, one: Contribution, *, at: datetime) -> QuerySet[Person]:
    """Those whom it is about and whose pages open to this viewer: not everybody who answers works with the child."""
    return told_of(one).filter(near_the_child(viewer, at=at, person="pk"))


@transaction.atomic
def acknowledge(*, contribution: Contribution, by: Practitioner, at: datetime, doing: str = "") -> bool:
    """Say: we have this. False where somebody said so before, and can go on with it."""
    # Held, so that of two who say so at once one is first.
    Contribution.objects.select_for_update().get(pk=contribution.pk)
    if held().filter(contribution=contribution).exists():
        return False
    Acknowledgement.objects.create(contribution=contribution, by=by, at=at, doing=doing)
    record(Operation.ALTER, "acknowledged", by=by, at=at, about=contribution.subject)
    return True
