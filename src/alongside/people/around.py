"""Who of those with a seat stands around a child, one by one: whom a restriction would shut out, or can name."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from functools import reduce
from operator import or_

from django.db.models import Count, Q

from alongside.access.permissions import Permission
from alongside.agencies.models import Practitioner
from alongside.agencies.queries import seats_with

from .models import Person, Standing, Tie
from .rules import EMERGENCY

INVOLVED = "Works with the child"
TEAM = "In a team that works with the child"
FRONT_DOOR = "At the front door"
OPENED = "Opened it in an emergency"


@dataclass(frozen=True)
class Around:
    """`named`: each of them, and how they come to read, those who work with the child first. `others`: where a whole
    agency works with the child, its short name, and how many more of it there are; nobody could choose among them."""

    named: dict[Practitioner, str]
    others: dict[str, int]

    def __bool__(self) -> bool:
        return bool(self.named or self.others)

    def __len__(self) -> int:
        return len(self.named) + sum(self.others.values())

    def without(self, readers: Collection[Practitioner]) -> "Around":
        """Who is left when these go on reading."""
        named = {one: how for one, how in self.named.items() if one not in readers}
        counted = [one.agency.short_name for one in readers if one not in self.named]
        others = {agency: many - counted.count(agency) for agency, many in self.others.items()}
        return Around(named, {agency: many for agency, many in others.items() if many > 0})


def around(person: Person, *, standings: Iterable[Standing], but: Collection[int] = ()) -> Around:
    """Everybody with a seat who reads the record by one of these standings, all that hold now of this child, or at the
    front door. Nobody who declared a tie: it is closed to them already. `but`: keys of whom not to tell of."""
    held = list(standings)
    tied = Tie.objects.filter(person=person, ended_at=None).values("practitioner")
    here = seats_with(Permission.SEE_CHILDREN).exclude(pk__in=tied).exclude(pk__in=but).select_related("agency")
    at_the_front_door = Q(pk__in=seats_with(Permission.FRONT_DOOR).values("pk"))
    found = here.filter(reduce(or_, map(_means, held), at_the_front_door)).order_by("name", "pk")
    ways = (INVOLVED, TEAM, FRONT_DOOR, OPENED)
    named = sorted(((one, _how(one, held)) for one in found), key=lambda pair: ways.index(pair[1]))
    whole = {one.agency_id for one in held if not one.practitioner_id and not one.team_id}
    rest = here.filter(agency__in=whole).exclude(pk__in=[one.pk for one, _ in named]) if whole else here.none()
    others = rest.order_by().values_list("agency__short_name").annotate(many=Count("pk"))
    return Around(dict(named), dict(others))


def _means(standing: Standing) -> Q:
    """Whom it means one by one: by seat, by team, or by the name that whoever told of it wrote."""
    if standing.practitioner_id:
        return Q(pk=standing.practitioner_id)
    by_name = Q(agency=standing.agency_id, name__iexact=standing.worker) if standing.worker else Q(pk__in=())
    return by_name | Q(team=standing.team_id) if standing.team_id else by_name


def _how(one: Practitioner, held: list[Standing]) -> str:
    working = [each for each in held if not each.source.startswith(EMERGENCY)]
    if any(_names(each, one) for each in working):
        return INVOLVED
    if any(each.team_id == one.team_id for each in working if each.team_id and not each.practitioner_id):
        return TEAM
    return FRONT_DOOR if one.may(Permission.FRONT_DOOR) else OPENED


def _names(standing: Standing, one: Practitioner) -> bool:
    if standing.practitioner_id:
        return standing.practitioner_id == one.pk
    return standing.agency_id == one.agency_id and standing.worker.casefold() == one.name.casefold()
