"""Who leads for a child, where several services are open, and which practitioners that means."""

from collections.abc import Collection, Iterable
from datetime import datetime
from functools import lru_cache
from pathlib import Path

from django.conf import settings
from django.db.models import Exists, OuterRef, Q
from pydantic import BaseModel, ConfigDict

from alongside import playbook
from alongside.access.permissions import Permission
from alongside.access.rules import Level
from alongside.agencies.models import Practitioner
from alongside.agencies.queries import those_who

from .models import Person, Standing
from .queries import open_standings, standings_of

LEAD = "the child’s lead practitioner"
TEAM = "one of the team that leads for the child"
FRONT_DOOR = "one of the front door: nobody who leads for the child has a seat"


class Leads(BaseModel):
    """Agencies in the order in which their workers lead."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    order: tuple[str, ...]


def lead_order() -> tuple[str, ...]:
    """The order of the partnership that this server is for."""
    return read(settings.PLAYBOOK / "leads.toml").order


@lru_cache
def read(file: Path) -> Leads:
    return playbook.load(file, Leads)


def leading_first(standings: Iterable[Standing]) -> list[Standing]:
    """The service whose worker leads before the others, and what nobody near the child confirmed last; of one agency
    what was told here first, however early a day whoever told it typed."""
    order = {agency: place for place, agency in enumerate(lead_order())}
    return sorted(standings, key=lambda one: (one.level != Level.TEAM, order.get(one.agency_id, len(order)), one.pk))


def practitioners_of(standing: Standing) -> list[Practitioner]:
    """Whom a standing means: somebody named, by seat or by name, else everybody in its team. Nobody whose seat
    ended: they would hear nothing."""
    if standing.practitioner and standing.practitioner.is_active:
        return [standing.practitioner]
    here = Practitioner.objects.filter(agency=standing.agency_id, is_active=True)
    named = list(here.filter(name__iexact=standing.worker)) if standing.worker else []
    return named or (list(here.filter(team=standing.team_id)) if standing.team_id else [])


def leads_for(person: Person, *, at: datetime, but: Collection[int] = ()) -> dict[Practitioner, str]:
    """The child's lead practitioner, and what they are to the child in words; where none has a seat, their team, or
    else the front door, so that somebody is told. Nobody by their own word alone, before somebody near the child
    confirmed it. Nobody whose role sees no child: what they are told of would not open to them. `but`: seats that must
    not hear of it; whoever leads next does."""
    for standing in leading_first(standings_of(person, at=at).filter(level=Level.TEAM, is_quiet=False)):
        meant = [one for one in practitioners_of(standing) if one.may(Permission.SEE_CHILDREN)]
        if found := [one for one in meant if one.pk not in but]:
            return {one: _in_words(standing, one) for one in found}
    return {one: FRONT_DOOR for one in those_who(Permission.FRONT_DOOR) if one.pk not in but}


def leads_still(viewer: Practitioner, *, at: datetime, person: str) -> Q:
    """`practitioners_of`, asked of each row: whether work that goes on now with the child to whom its column `person`
    points means the viewer, also where their own team is another. What nobody confirmed means nobody."""
    if not viewer.may(Permission.SEE_CHILDREN):
        return Q(pk__in=())
    here = Q(worker__iexact=viewer.name)
    if viewer.team_id:
        here |= Q(team=viewer.team_id)
    nobody_else = Q(agency=viewer.agency_id) & (Q(practitioner=None) | Q(practitioner__is_active=False))
    meant = Q(practitioner=viewer) | (nobody_else & here)
    return Q(Exists(open_standings(at).filter(meant, person=OuterRef(person), level=Level.TEAM, is_quiet=False)))


def _in_words(standing: Standing, one: Practitioner) -> str:
    """Only whom the standing names leads; their team stands in for them."""
    if standing.practitioner_id == one.pk or standing.worker.casefold() == one.name.casefold():
        return LEAD
    if not standing.worker:
        return TEAM
    return f"a colleague in the team of {standing.worker}, who has no seat"
