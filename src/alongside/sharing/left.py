"""What somebody gave, or decided not to give, and can see to no more: who does so in their place."""

from collections.abc import Callable, Iterable
from datetime import datetime
from functools import partial

from django.db.models import Exists, OuterRef, Q, QuerySet

from alongside.access.permissions import Permission
from alongside.access.roles import ROLES
from alongside.agencies.models import Practitioner
from alongside.agencies.same_person import a_seat_of, is_same_person
from alongside.people.closing import named_to_tell
from alongside.people.leads import leads_for
from alongside.people.models import Person
from alongside.people.queries import closed_wherever_to, near_the_child, no_tie, no_tie_of_theirs

from .models import Choice, ShareDecision, SharedEntry
from .queries import Shown, decided_since, decisions, may_say_a_word, on_paper, pairs_of, to_tell, wants_deciding
from .recipients import is_kept_from


def for_the_office(viewer: Practitioner) -> Q:
    """What was decided for the viewer's agency, for the office that hears of emergencies there and so sees to what
    whoever decided it cannot any more; but of a child to whom they declared a tie. Where an agency has nobody in that
    office, or only such as have a tie, every agency's office sees to it, as with emergencies."""
    if not viewer.may(Permission.HEAR_EMERGENCIES):
        return Q(pk__in=())
    office = Practitioner.objects.filter(_role_with(Permission.HEAR_EMERGENCIES), is_active=True)
    own = office.filter(no_tie_of_theirs("person"), agency=OuterRef("agency"))
    return (Q(agency=viewer.agency_id) | ~Exists(own)) & no_tie(viewer, "person")


def given_for(viewer: Practitioner) -> QuerySet[ShareDecision]:
    """The same of what was given."""
    if not viewer.may(Permission.HEAR_EMERGENCIES):
        return decisions().none()
    return decisions().filter(for_the_office(viewer), choice=Choice.GIVE)


def _role_with(permission: Permission, seat: str = "") -> Q:
    return Q(**{f"{seat}role__in": [key for key, role in ROLES.items() if permission in role.permissions]})


def giver_is_here() -> Q:
    """Whether whoever made a decision can give still, and so sees to what they gave."""
    return Q(_role_with(Permission.SHARE, "by__"), by__is_active=True)


def left_to_record(viewer: Practitioner, *, at: datetime) -> QuerySet[ShareDecision]:
    """What was given first, is late, and whoever gave it cannot record any more."""
    return given_late(viewer, at=at).filter(recorded_at=None)


def given_late(viewer: Practitioner, *, at: datetime) -> QuerySet[ShareDecision]:
    """The same, also where it was recorded meanwhile."""
    return given_for(viewer).filter(record_by__lt=at).exclude(giver_is_here())


def left_to_tell(viewer: Practitioner, *, at: datetime) -> list[Shown]:
    """Paper whose holder has to be told of what became of it, or asked for it, where whoever gave it has left, or the
    child's record was closed to them since."""
    changed = SharedEntry.objects.filter(
        Q(contribution__is_newest=False) | Q(contribution__withdrawn_at__isnull=False), decision=OuterRef("pk")
    )
    became = Q(gone_at__isnull=False) | Q(ended_at__isnull=False) | Q(Exists(changed))
    left = given_for(viewer).filter(became, on_paper()).exclude(giver_is_here() & ~closed_wherever_to("by", "person"))
    return to_tell(left, viewer=viewer, at=at)


def left_to_decide(viewer: Practitioner, *, at: datetime) -> list[ShareDecision]:
    """What was not given and has to be decided again, where whoever decided it cannot: for who leads for the child."""
    if not viewer.may(Permission.SHARE):
        return []
    others = near_the_child(viewer, at=at, person="person") & ~a_seat_of(viewer, "by")
    left = _left_undecided(others, at=at)
    return [one for one in left if viewer.pk in who_decide(one.person, at=at, but=partial(_cannot, one))]


def left_to_pass_on(viewer: Practitioner, *, at: datetime) -> list[ShareDecision]:
    """The same where nobody who leads for the child can decide it on these pages: the office tells somebody."""
    if not viewer.may(Permission.HEAR_EMERGENCIES):
        return []
    left = [one for one in _left_undecided(for_the_office(viewer), at=at) if not is_kept_from(one, viewer)]
    return [one for one in left if not who_decide(one.person, at=at, but=partial(_cannot, one))]


def _left_undecided(whose: Q, *, at: datetime) -> list[ShareDecision]:
    anybody = Q(by=OuterRef("by")) | Q(at__gte=OuterRef("second_at"))
    waits = Q(choice=Choice.WITHHOLD, seen_to_at=None) & ~Q(second_agrees=True) & ~decided_since(anybody)
    found = list(decisions().filter(whose, waits).annotate(is_shut=closed_wherever_to("by", "person")))
    can = may_say_a_word(pairs_of(found), at=at)
    return [one for one in wants_deciding(found, can) if one.is_shut or (one.by_id, one.person_id) not in can]


def who_decide(person: Person, *, at: datetime, but: Callable[[Practitioner], bool] = lambda _: False) -> set[int]:
    """Whoever leads for the child, or comes next and may give; on a restricted record those who are named. `but`: who
    cannot."""
    passed: set[int] = set()
    while told := leads_for(person, at=at, but=passed):
        if able := _may_give(told, person, at=at, but=but):
            return able
        passed |= {each.pk for each in told}
    return _may_give(named_to_tell(person), person, at=at, but=but)


def _cannot(one: ShareDecision, who: Practitioner) -> bool:
    """Whether it is not theirs to decide in its giver's place: whoever decided it, and those from whom it is kept."""
    return is_same_person(one.by, who) or is_kept_from(one, who)


def _may_give(
    people: Iterable[Practitioner], person: Person, *, at: datetime, but: Callable[[Practitioner], bool]
) -> set[int]:
    # Whose records are another's by now has no page from which to give.
    asked = [(each, person) for each in people if person.stands and not but(each)]
    return {who for who, _ in may_say_a_word(asked, at=at)}
