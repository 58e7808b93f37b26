"""Which children a practitioner may know of, how near they stand, and who works with a child."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet, Value

from alongside.access.permissions import Permission
from alongside.access.policy import Act, Child, Near, Nearness, may, nearness
from alongside.access.rules import Decision, Handling, Level
from alongside.agencies.models import Practitioner

from .models import NamedReader, Person, Restriction, Standing, Tie
from .rules import EMERGENCY


def _tied(viewer: Practitioner, person: Any) -> Exists:
    """Whether the viewer declared a tie to that person, and it stands."""
    return Exists(Tie.objects.filter(practitioner=viewer, person=person, ended_at=None))


def _restricted(person: Any) -> Exists:
    return Exists(Restriction.objects.filter(person=person, lifted_at=None))


def _named_on(viewer: Practitioner, person: Any) -> Exists:
    """Whether the viewer is named on the restriction of that person's record."""
    return Exists(_namings(viewer).filter(restriction__person=person))


def _namings(viewer: Practitioner | OuterRef) -> QuerySet[NamedReader]:
    return NamedReader.objects.filter(practitioner=viewer, until=None, restriction__lifted_at=None)


def _child(person: str | Person) -> Any:
    """The child to whom a row's column points, or that one child for all rows."""
    return OuterRef(person) if isinstance(person, str) else person.pk


def not_closed(viewer: Practitioner, person: str | Person) -> Q:
    """Whether neither a tie nor a restriction closes to the viewer the child to whom a row's column `person` points;
    of one child, asked once for all rows."""
    child = _child(person)
    return Q(~_tied(viewer, child)) & (Q(~_restricted(child)) | Q(_named_on(viewer, child)))


def _theirs(child: Any) -> Q:
    """Of ties and restrictions, those of this person and of everybody whose the records are by now that ever were
    this person's: what was kept of somebody before their records moved is about both."""
    return Q(person=child) | Q(person__records__links__person=child)


def _restricted_without(viewer: Practitioner | OuterRef) -> QuerySet[Restriction]:
    """Restrictions that stand and do not name the viewer."""
    named = _namings(viewer).filter(restriction=OuterRef("pk"))
    return Restriction.objects.filter(~Exists(named), lifted_at=None)


def _tied_wherever(viewer: Practitioner | OuterRef, child: Any) -> Exists:
    return Exists(Tie.objects.filter(_theirs(child), practitioner=viewer, ended_at=None))


def not_closed_wherever(viewer: Practitioner, person: str | Person) -> Q:
    """`not_closed`, for what stays with a person when their records move: asked of whoever has the records now, too."""
    child = _child(person)
    return ~Q(_tied_wherever(viewer, child)) & ~Q(Exists(_restricted_without(viewer).filter(_theirs(child))))


def closed_wherever_to(practitioner: str, person: str) -> Q:
    """Whether a tie or a restriction closes the child to whom a row's column `person` points, wherever their records
    are now, to whom its column `practitioner` points: `not_closed_wherever`, of each row's own practitioner."""
    child, whose = OuterRef(person), OuterRef(practitioner)
    tied = Tie.objects.filter(_theirs(child), practitioner=whose, ended_at=None)
    named = NamedReader.objects.filter(practitioner=OuterRef(whose), until=None, restriction=OuterRef("pk"))
    return Q(Exists(tied)) | Q(Exists(Restriction.objects.filter(_theirs(child), ~Exists(named), lifted_at=None)))


def open_since(viewer: Practitioner, person: str, *, since: str) -> Q:
    """The same, of what its column `since` says came to be on purpose: a restriction closes what was before it, and
    leaves open what those named on it did afterwards. One of whoever has the records now came to it with the move,
    so that all was before it."""
    return _open_since(_tied_wherever(viewer, _child(person)), viewer, _child(person), OuterRef(since))


def open_to_each_since(person: str, *, since: str) -> Q:
    """The same of each practitioner among whom somebody is looked for, row by row: both are columns of the row."""
    child = OuterRef(OuterRef(person))
    tied, named = _tied_wherever(OuterRef("pk"), child), OuterRef(OuterRef("pk"))
    return _open_since(tied, named, child, OuterRef(OuterRef(since)))


def _open_since(tied: Exists, named: Practitioner | OuterRef, child: Any, since: OuterRef) -> Q:
    restricted = _restricted_without(named).filter(_theirs(child))
    before_it = restricted.filter(~Q(person=child) | Q(restricted_at__gte=since))
    return ~Q(tied) & ~Q(Exists(before_it))


def no_tie(viewer: Practitioner, person: str | Person) -> Q:
    """Whether the viewer declared no tie to the child, or to whoever has their records now: a restriction may be
    opened on purpose, a tie never is."""
    return ~Q(_tied_wherever(viewer, _child(person)))


def no_tie_of_theirs(person: str) -> Q:
    """The same of each practitioner among whom somebody is looked for, row by row: `person` is a column of the row."""
    return ~Q(_tied_wherever(OuterRef("pk"), OuterRef(OuterRef(person))))


@dataclass(frozen=True)
class Doors:
    """Whose records ties and restrictions close to a viewer, and on whose the viewer is named: a few people, looked
    up once where many questions follow."""

    closed: set[int]
    named: set[int]


def doors_of(viewer: Practitioner) -> Doors:
    """With one look."""
    tied = Tie.objects.filter(practitioner=viewer, ended_at=None).order_by().values_list("person", Value(False))
    is_named = Exists(_namings(viewer).filter(restriction=OuterRef("pk")))
    restricted = Restriction.objects.filter(lifted_at=None).order_by().values_list("person", is_named)
    found = set(tied.union(restricted, all=True))
    closed = {person for person, is_named in found if not is_named}
    return Doors(closed, {person for person, is_named in found if is_named} - closed)


def doors_of_each(viewers: Iterable[Practitioner]) -> dict[int, Doors]:
    """The same of several, by their keys, with three looks however many they are."""
    keys = {one.pk for one in viewers}
    ties = Tie.objects.filter(practitioner__in=keys, ended_at=None).order_by()
    restricted = set(Restriction.objects.filter(lifted_at=None).order_by().values_list("person", flat=True))
    namings = NamedReader.objects.filter(practitioner__in=keys, until=None, restriction__lifted_at=None).order_by()
    tied, named = defaultdict(set), defaultdict(set)
    for viewer, person in ties.values_list("practitioner", "person"):
        tied[viewer].add(person)
    for viewer, person in namings.values_list("practitioner", "restriction__person"):
        named[viewer].add(person)
    closed = {key: tied[key] | (restricted - named[key]) for key in keys}
    return {key: Doors(closed[key], named[key] - closed[key]) for key in keys}


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
    standing = Person.objects.filter(not_closed(viewer, "pk"), stands=True)
    if viewer.may(Permission.FRONT_DOOR):
        return standing
    own = open_standings(at).filter(_names(viewer), level=Level.TEAM)
    named = _namings(viewer).values("restriction__person")
    return standing.filter(Q(pk__in=own.values("person")) | Q(pk__in=named))


def near_the_child(viewer: Practitioner, *, at: datetime, person: str | Person) -> Q:
    """Whether the viewer is in the team of the child to whom a row's column `person` points; of one child, asked
    once for all rows.

    `children_near`, asked of each row by itself: where few rows are looked at, a list of every child near a front
    door would cost more than all else on the page.
    """
    if not isinstance(viewer, Practitioner) or not viewer.may(Permission.SEE_CHILDREN):
        return Q(pk__in=())
    child = _child(person)
    stands = Q(Exists(Person.objects.filter(pk=child, stands=True))) & not_closed(viewer, person)
    if viewer.may(Permission.FRONT_DOOR):
        return stands
    own = open_standings(at).filter(_names(viewer), level=Level.TEAM, person=child)
    return stands & (Q(Exists(own)) | Q(_named_on(viewer, child)))


def children_seen_by(viewer: Practitioner, *, at: datetime, doors: Doors | None = None) -> QuerySet[Person]:
    """Children of whom the viewer may know at all (level known or team). An unknown viewer sees none. `doors`: the
    viewer's, where they were looked up."""
    if not isinstance(viewer, Practitioner) or not viewer.may(Permission.SEE_CHILDREN):
        return Person.objects.none()
    open_ = ~Q(pk__in=doors.closed) if doors else not_closed(viewer, "pk")
    standing = Person.objects.filter(open_, stands=True)
    if viewer.may(Permission.FRONT_DOOR):
        return standing
    working = open_standings(at).filter(Q(is_quiet=False) | _names(viewer))
    known = Q(Exists(working.filter(person=OuterRef("pk")))) | Q(Exists(_shared(OuterRef("pk"))))
    return standing.filter(known | (Q(pk__in=doors.named) if doors else Q(_named_on(viewer, OuterRef("pk")))))


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


def services_named_to(viewer: Practitioner, standings: Iterable[Standing]) -> list[Standing]:
    """Services among these that the viewer may read of. One that told so to a few is named to the front door, which
    answers for who reads a record; nobody reads one unseen. Who opened a record in an emergency is no service."""
    answers = viewer.may(Permission.FRONT_DOOR)
    working = [each for each in standings if not each.source.startswith(EMERGENCY)]
    return [each for each in working if answers or not each.is_quiet]


def near_among(
    people: Iterable[Person], *, viewer: Practitioner, standings: Iterable[Standing], doors: Doors
) -> set[int]:
    """Those of these people, by key, in whose team the viewer is, as `children_near` says. `standings`: all that hold
    now of these people."""
    held: dict[int, list[Standing]] = defaultdict(list)
    for one in standings:
        held[one.person_id].append(one)
    keys = (one.pk for one in people if one.stands)
    return {key for key in keys if is_in_team(viewer, key, standings=held[key], doors=doors)}


def is_in_team(viewer: Practitioner, person: int, *, standings: Iterable[Standing], doors: Doors) -> bool:
    """The same of one person, by their key. `standings`: those of this person."""
    only_for = frozenset([viewer.key]) if person in doors.named else None
    near = tuple(_near(one) for one in standings)
    seen = Child(near, is_tied=person in doors.closed, only_for=only_for)
    return nearness(viewer.reader, seen).level is Level.TEAM


def bearing_on(viewer: Practitioner) -> dict[str, Exists]:
    """What of ties and restrictions bears on a person and this viewer, for annotating people: one look for all."""
    person = OuterRef("pk")
    return {
        "is_tied": _tied(viewer, person),
        "is_restricted": _restricted(person),
        "is_named_on": _named_on(viewer, person),
    }


def child_as_seen(
    *, viewer: Practitioner, person: Person, at: datetime, standings: list[Standing] | None = None
) -> Child:
    """What the policy needs to know of this child. `standings` saves a look where the caller has them, and so does
    a person that was fetched with `bearing_on`."""
    held = list(standings_of(person, at=at)) if standings is None else standings
    if not hasattr(person, "is_tied"):
        person = Person.objects.annotate(**bearing_on(viewer)).get(pk=person.pk)
    only_for = frozenset([viewer.key] if person.is_named_on else []) if person.is_restricted else None
    return Child(tuple(_near(one) for one in held), is_tied=person.is_tied, only_for=only_for)


def _near(one: Standing) -> Near:
    return Near(
        agency=one.agency_id,
        level=Level(one.level),
        team=one.team_id or "",
        practitioner=one.practitioner.key if one.practitioner else "",
        is_quiet=one.is_quiet,
        is_emergency=one.source.startswith(EMERGENCY),
    )


def nearness_of(
    *, viewer: Practitioner, person: Person, at: datetime, standings: list[Standing] | None = None
) -> Nearness:
    """How near the viewer stands to this child, and why."""
    if not isinstance(viewer, Practitioner) or not viewer.is_active:
        return Nearness(Level.NONE, "Nobody with a seat is signed in.")
    seen = child_as_seen(viewer=viewer, person=person, at=at, standings=standings)
    near = nearness(viewer.reader, seen)
    if near.level is not Level.NONE or not viewer.reader.sees_children:
        return near
    return nearness(viewer.reader, replace(seen, is_shared=_shared(person.pk).exists()))


def level_of(*, viewer: Practitioner, person: Person, at: datetime, standings: list[Standing] | None = None) -> Level:
    """How near the viewer stands to this child."""
    return nearness_of(viewer=viewer, person=person, at=at, standings=standings).level


def decision(act: Act, *, viewer: Practitioner, person: Person, at: datetime) -> Decision:
    """May this practitioner do this to this child's record, now, and why?"""
    seen = child_as_seen(viewer=viewer, person=person, at=at)
    return may(act, reader=viewer.reader, child=replace(seen, is_shared=_shared(person.pk).exists()))
