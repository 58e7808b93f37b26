"""What somebody gave, or decided not to give, and can see to no more: who does so in their place."""

from datetime import datetime

from django.db.models import Exists, OuterRef, Q, QuerySet

from alongside.access.permissions import Permission
from alongside.access.roles import ROLES
from alongside.agencies.models import Practitioner
from alongside.people.queries import closed_wherever_to, no_tie, no_tie_of_theirs

from .models import Choice, ShareDecision, SharedEntry
from .queries import Shown, decisions, on_paper, to_tell


def for_the_office(viewer: Practitioner) -> QuerySet[ShareDecision]:
    """What was decided for the viewer's agency, for the office that hears of emergencies there and so sees to what
    whoever decided it cannot any more; but of a child to whom they declared a tie. Where an agency has nobody in that
    office, or only such as have a tie, every agency's office sees to it, as with emergencies."""
    if not viewer.may(Permission.HEAR_EMERGENCIES):
        return decisions().none()
    office = Practitioner.objects.filter(_role_with(Permission.HEAR_EMERGENCIES), is_active=True)
    own = office.filter(no_tie_of_theirs("person"), agency=OuterRef("agency"))
    return decisions().filter(Q(agency=viewer.agency_id) | ~Exists(own), no_tie(viewer, "person"))


def given_for(viewer: Practitioner) -> QuerySet[ShareDecision]:
    """The same of what was given."""
    return for_the_office(viewer).filter(choice=Choice.GIVE)


def _role_with(permission: Permission, seat: str = "") -> Q:
    return Q(**{f"{seat}role__in": [key for key, role in ROLES.items() if permission in role.permissions]})


def giver_is_here() -> Q:
    """Whether whoever made a decision can give still, and so sees to what they gave."""
    return Q(_role_with(Permission.SHARE, "by__"), by__is_active=True)


def left_to_record(viewer: Practitioner, *, at: datetime) -> QuerySet[ShareDecision]:
    """What was given first, is late, and whoever gave it cannot record any more."""
    return given_for(viewer).filter(recorded_at=None, record_by__lt=at).exclude(giver_is_here())


def left_to_tell(viewer: Practitioner, *, at: datetime) -> list[Shown]:
    """Paper whose holder has to be told of what became of it, where whoever gave it has left, or the child's record was
    closed to them since."""
    changed = SharedEntry.objects.filter(
        Q(contribution__is_newest=False) | Q(contribution__withdrawn_at__isnull=False), decision=OuterRef("pk")
    )
    became = Q(gone_at__isnull=False) | Q(Exists(changed))
    left = given_for(viewer).filter(became, on_paper()).exclude(giver_is_here() & ~closed_wherever_to("by", "person"))
    return to_tell(left, viewer=viewer, at=at)
