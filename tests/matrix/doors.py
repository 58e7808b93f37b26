"""For every page somebody of the cast for whom it opens, what they ask for, and what they send to do something."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Any

from django.test import Client

from .asker import Asked, Asker, asker_of
from .asking import asked_of
from .judging import acts, may
from .places import PLACES, Place
from .world import World

# Between them every page opens; the whole cast would only ask the same again.
CAST = ("front_door_manager", "social_worker", "team_manager", "meeting_chair", "police_intelligence")
CAST += ("information_officer", "records_officer", "seat_manager")
# Not there but for the demo, or without what a partner's own sign-in or a device brings: nothing of a child is behind.
SHUT = frozenset({"sign_in_with", "sign_in_back", "sign_in_passkey", "take_factor_away", "be_someone"})


@dataclass(frozen=True)
class Door:
    """One way into a page: who asks, by which method, at which address, and with what in hand."""

    name: str
    asker: Asker
    method: str
    address: str
    body: dict[str, Any] | None = None

    def __str__(self) -> str:
        return f"{self.asker} {self.method} {self.name}"

    def answers(self, status: int) -> bool:
        return self.asker.ask(self.method, self.address, self.body).status_code == status


class Doors:
    """The ways into the pages of one world."""

    def __init__(self, world: World) -> None:
        nobody = Asker(Client(raise_request_exception=False), "", next(iter(world.viewers)))
        self.world = world
        self.askers = {role: asker_of(viewer) for role, viewer in world.viewers.items()} | {"": nobody}

    def that_open(self, names: Iterable[str] = PLACES) -> Iterator[Door]:
        """By each method that a page of these takes, the first where something is shown, or done; where there is none,
        the first that leads on, or says what is amiss."""
        for name, method in ((one, method) for one in names for method in methods_of(PLACES[one])):
            tried, best = self.tried(name, method), (200, 302) if method == "get" else (302, 200)
            yield from islice((one for status in best for one in tried if one.answers(status)), 1)

    def tried(self, name: str, method: str) -> list[Door]:
        """Whoever may for certain comes first, and of a child the one whose team they are in: there is most to see."""
        certain, unsure = [], []
        for role in sorted(PLACES[name].roles & set(self.askers), key=lambda one: (one == "", one)):
            asker = self.askers[role]
            for asked in sorted(asked_of(self.world, asker, name, PLACES[name]), key=is_far):
                allowed = may(asker, PLACES[name], asked)
                if allowed is not False:
                    surely = allowed and acts(asked)
                    (certain if surely else unsure).append(self.door_of(asker, name, method, asked))
        return certain + unsure

    def door_of(self, asker: Asker, name: str, method: str, asked: Asked) -> Door:
        body = (PLACES[name].body_for(self.world, asker.held) or {}) if method == "post" else None
        return Door(name, asker, method, asked.address, body)


def methods_of(place: Place) -> list[str]:
    shows, takes_post = place.method == "get", place.method == "post" or place.body is not None
    return ["get"] * shows + ["post"] * takes_post


def is_far(asked: Asked) -> bool:
    return asked.child is not None and asked.child.relation != "team"
