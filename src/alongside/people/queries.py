"""Which children a practitioner may know of, how near they stand, and who works with a child."""

from datetime import datetime

from django.db.models import Exists, OuterRef, Q, QuerySet

from alongside.access.permissions import Permission
from alongside.access.rules import Handling, Level
from alongside.agencies.models import Practitioner

from .models import Person, Standing
from .rules import Near, Seeker, level_near


def seeker(viewer: Practitioner) -> Seeker:
    """A practitioner as the rules of nearness see them."""
    return Seeker(
        practitioner=viewer.pk,
        team=viewer.team_id or "",
        agency=viewer.agency_id,
        sees_children=viewer.may(Permission.SEE_CHILDREN),
        is_front_door=viewer.may(Permission.FRONT_DOOR),
    )


def open_standings(at: datetime) -> QuerySet[Standing]:
    """Standings that hold at that moment."""
    return Standing.objects.filter(Q(until=None) | Q(until__gt=at), since__lte=at)


def _names(viewer: Practitioner) -> Q:
    """`Near.names`, said in SQL."""
    named = Q(practitioner=viewer) | Q(practitioner=None, team=None, agency=viewer.agency_id)
    return named | Q(practitioner=None, team=viewer.team_id) if viewer.team_id else named


def children_near(viewer: Practitioner, *, at: datetime) -> QuerySet[Person]:
    """Children in whose team the viewer is: by a standing, or because the front door sees all."""
    if not isinstance(viewer, Practitioner) or not viewer.may(Permission.SEE_CHILDREN):
        return Person.objects.none()
    standing = Person.objects.filter(stands=True)
    if viewer.may(Permission.FRONT_DOOR):
        return standing
    own = open_standings(at).filter(_names(viewer), level=Level.TEAM)
    return standing.filter(pk__in=own.values("person"))


def near_the_child(viewer: Practitioner, *, at: datetime, person: str | Person) -> Q:
    """Whether the viewer is in the team of the child to whom a row's column `person` points; of one child, asked
    once for all rows.

    `children_near`, asked of each row by itself: where few rows are looked at, a list of every child near a front
    door would cost more than all else on the page.
    """
    if not isinstance(viewer, Practitioner) or not viewer.may(Permission.SEE_CHILDREN):
        return Q(pk__in=())
    child = OuterRef(person) if isinstance(person, str) else person.pk
    stands = Q(Exists(Person.objects.filter(pk=child, stands=True)))
    if viewer.may(Permission.FRONT_DOOR):
        return stands
    own = open_standings(at).filter(_names(viewer), level=Level.TEAM, person=child)
    return stands & Q(Exists(own))


def children_seen_by(viewer: Practitioner, *, at: datetime) -> QuerySet[Person]:
    """Children of whom the viewer may know at all (level known or team). An unknown viewer sees none."""
    if not isinstance(viewer, Practitioner) or not viewer.may(Permission.SEE_CHILDREN):
        return Person.objects.none()
    standing = Person.objects.filter(stands=True)
    if viewer.may(Permission.FRONT_DOOR):
        return standing
    working = open_standings(at).filter(Q(is_quiet=False) | _names(viewer))
    return standing.filter(Exists(working.filter(person=OuterRef("pk"))) | Exists(_shared(OuterRef("pk"))))


def _shared(person: object) -> QuerySet[Person]:
    """The person, where a partner shared an entry about them with the whole partnership."""
    shared = {"entries__handling": Handling.PARTNERSHIP, "entries__withdrawn": False}
    return Person.objects.filter(pk=person, **shared)


def standings_of(person: Person, *, at: datetime) -> QuerySet[Standing]:
    """Who works with this child now, longest first."""
    return (
        open_standings(at)
        .filter(person=person)
        .select_related("agency", "team", "practitioner")
        .order_by("since", "pk")
    )


def level_of(*, viewer: Practitioner, person: Person, at: datetime, standings: list[Standing] | None = None) -> Level:
    """How near the viewer stands to this child; `standings` saves a look where the caller has them."""
    if not isinstance(viewer, Practitioner):
        return Level.NONE
    held = list(standings_of(person, at=at)) if standings is None else standings
    near = [Near(s.agency_id, Level(s.level), s.team_id or "", s.practitioner_id, s.is_quiet) for s in held]
    who = seeker(viewer)
    level = level_near(seeker=who, standings=near, is_shared=False)
    if level is not Level.NONE or not who.sees_children:
        return level
    return level_near(seeker=who, standings=near, is_shared=_shared(person.pk).exists())
