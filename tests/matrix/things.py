"""The world with everything in it: the cast, their children, and the things that somebody made, by the product's own
actions where there is one. Each belongs to one agency or one person, so that for most of the cast it is somebody
else's; who may open it is said where it is made, from the agreement."""

from collections.abc import Iterable

from .things_asked import add_requests
from .things_given import add_begun, add_given, add_left, add_noticed, add_received, add_sought, add_told, add_undecided
from .things_kept import add_imports, add_pairs, add_records, add_seats
from .things_packed import add_packed
from .world import World, made_for

ADDED = (
    *(add_requests, add_received, add_given, add_begun, add_left, add_undecided, add_told, add_noticed, add_sought),
    *(add_records, add_seats, add_imports, add_pairs, add_packed),
)


def whole_world(roles: Iterable[str]) -> World:
    """Everybody with these roles, and whatever there is to ask for."""
    world = made_for(roles)
    for add in ADDED:
        add(world)
    return world
