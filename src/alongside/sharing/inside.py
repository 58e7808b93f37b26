"""Whether whoever something would be given to stands in the team around the child, and reads it there."""

from collections.abc import Iterable

from alongside.agencies.models import Practitioner
from alongside.chronology.guard import Look
from alongside.chronology.queries import entries_seen_by
from alongside.people.queries import doors_of_each, is_in_team, services_named_to

from .offering import Offer
from .recipients import Target


def is_inside(look: Look, to: Target) -> bool:
    """Whether this seat, or every seat of this team, is in the team around the child, as far as the giver may know:
    not by a service that told so to a few, nor by an emergency, which ends."""
    seats, known = _seats(to), services_named_to(look.viewer, look.standings)
    doors = doors_of_each(seats)
    return bool(seats) and all(is_in_team(one, look.person.pk, standings=known, doors=doors[one.pk]) for one in seats)


def read_already(look: Look, to: Target, chosen: Iterable[Offer]) -> list[Offer]:
    """Of these entries, those that all of them read in the team: by how each is handled, not every one is."""
    chosen = list(chosen)
    if not chosen or not is_inside(look, to):
        return []
    keys = {one.entry.pk for one in chosen}
    for seat in _seats(to):
        keys &= set(entries_seen_by(seat, at=look.at).filter(pk__in=keys).values_list("pk", flat=True))
    return [one for one in chosen if one.entry.pk in keys]


def stands_inside(look: Look, to: Target) -> str:
    """The same, in words."""
    who = to.practitioner.name if to.practitioner else f"Everybody in {to.team.name}" if to.team else ""
    return f"{who} is in the team around {look.person.likes_to_be_called}"


def _seats(to: Target) -> list[Practitioner]:
    if to.team:
        return list(Practitioner.objects.filter(team=to.team, is_active=True).select_related("agency"))
    return [to.practitioner] if to.practitioner else []
