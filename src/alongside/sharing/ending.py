"""Who else than its giver ends the reading of what was given: a recipient may turn out to be the danger, and whoever
gave it may have left, or have a tie. Only of what somebody with a seat reads still: paper is asked back by hand."""

from collections.abc import Iterable
from datetime import datetime

from django.db.models import Case, Exists, OuterRef, Q, QuerySet, Value, When

from alongside.access.permissions import Permission
from alongside.agencies.models import Practitioner
from alongside.people.models import Person
from alongside.people.queries import closed_wherever_to, open_to_each_since

from .left import given_for, giver_is_here, who_decide
from .models import ShareDecision
from .queries import decisions_seen_by, is_in_the_team, read_still


def for_the_office_to_end(viewer: Practitioner, *, at: datetime) -> QuerySet[ShareDecision]:
    """What the viewer's agency gave and somebody can read still, for its office. `giver_can`: whether its giver can
    end it."""
    can = When(giver_is_here() & ~closed_wherever_to("by", "person"), then=Value(True))
    found = given_for(viewer).filter(read_still(at), _somebody_reads(), to_outside="")
    return found.annotate(giver_can=Case(can, default=Value(False)))


def _somebody_reads() -> Q:
    """Whether a seat it was given to can open it, or could once its suspension is lifted: what a restriction or a tie
    closed to them is no reading. A team always: whoever joins it tomorrow reads what it was given."""
    seats = Practitioner.objects.filter(open_to_each_since("person", since="at"), ended_at=None)
    return Q(to_team__isnull=False) | Q(Exists(seats.filter(pk=OuterRef("to_practitioner"))))


def of_others(viewer: Practitioner, *, seen: Iterable[ShareDecision], at: datetime) -> set[int]:
    """Of what a reader of a child's page may know of, by their keys, that which others gave and is read still."""
    keys = [one.pk for one in seen if one.by_id != viewer.pk and one.has_seat]
    found = ShareDecision.objects.filter(read_still(at), pk__in=keys).order_by()
    return set(found.values_list("pk", flat=True)) if keys else set()


def known_of(viewer: Practitioner, decision: ShareDecision, *, at: datetime) -> list[Person]:
    """The children in whose team this reader may know of it, where others gave it and it is read still: whoever it was
    given of, and whose their records are by now."""
    if not viewer.may(Permission.SHARE):
        return []
    theirs = Q(records__links__person=decision.person_id) | Q(records__in=decision.entries.values("record"))
    found = Person.objects.filter(Q(pk=decision.person_id) | theirs, stands=True).distinct()
    return [each for each in found if _is_known(viewer, decision, each, at=at)]


def _is_known(viewer: Practitioner, decision: ShareDecision, person: Person, *, at: datetime) -> bool:
    if not is_in_the_team(viewer, person, at=at):
        return False
    return decision.pk in of_others(viewer, seen=decisions_seen_by(viewer, person=person, at=at), at=at)


def may_end(decision: ShareDecision, *, by: Practitioner, at: datetime) -> bool:
    """Whether somebody else than its giver may end it now: the office, or whoever leads for the child or comes next
    and may give."""
    if for_the_office_to_end(by, at=at).filter(pk=decision.pk).exists():
        return True
    return any(by.pk in who_decide(child, at=at) for child in known_of(by, decision, at=at))
