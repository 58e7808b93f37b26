"""Asking every page as everybody: each address there is to ask for, by every method."""

from collections.abc import Iterable, Iterator

from django.urls import reverse

from . import oracle
from .asker import Asked, Asker, Tally
from .judging import judge
from .places import PLACES, Place
from .world import OnesChild, World

# Keys of what is not there.
NOTHING = 999_999
NOBODY = "00000000-0000-0000-0000-000000000000"


def ask_everything(
    world: World, asker: Asker, tally: Tally, methods: Iterable[str], names: Iterable[str] = PLACES
) -> None:
    """Every page of these names, by every method, for every child, entry and thing that the asker tries."""
    for name in names:
        for asked in asked_of(world, asker, name, PLACES[name]):
            for method in methods:
                judge(world, asker, tally, name, method, asked)


def asked_of(world: World, asker: Asker, name: str, place: Place) -> Iterator[Asked]:
    """Every address of a page that this asker tries: of each child of theirs, of each entry of it, and of each thing
    that somebody made."""
    for thing in world.things.get(name, []):
        yield Asked(reverse(name, args=thing.args), thing=thing)
    if not place.about:
        yield Asked(reverse(name, args=parts_alone(place)))
        return
    for relation in oracle.RELATIONS:
        child = world.of(asker.held, relation)
        if place.about == "child":
            yield Asked(address_of_child(asker, name, place, child), child)
            continue
        for handling, receipt in child.receipts.items():
            args = [receipt] if place.part == "receipt" else [child.person.reference, receipt]
            yield Asked(reverse(name, args=args), child, handling)


def parts_alone(place: Place) -> list[object]:
    return {
        "": [],
        "pk": [NOTHING],
        "draft": [NOBODY],
        "uuid": [NOBODY],
        "uuid-number": [NOBODY, 1],
        "kind": ["general_note"],
        "step": ["general_note", NOBODY, "who"],
        "which": ["places"],
        "measure": ["child"],
        "two": [NOTHING, 1],
        "three": [NOTHING, 1, 1],
        "pack": [NOTHING, "json"],
        "key_alone": ["nobody-here"],
        "key_and_verb": ["nobody-here", "suspend"],
        "agency": ["leeds-city-council"],
        "token": ["no-such-token"],
    }[place.part]


def address_of_child(asker: Asker, name: str, place: Place, child: OnesChild) -> str:
    reference = child.person.reference
    if place.part == "found":
        # What was typed lies in the session, as the form would have left it.
        session = asker.client.session
        session["finds"] = {"zq": "Kit 2011"}
        session.save()
        return reverse(name, args=["zq"])
    record = child.entries["team"].record_id
    more = {
        "record": [record],
        "standing": [child.person.standings.values_list("pk", flat=True).first() or NOTHING],
        "number": [f"reference-{record}"],
        "key": ["z-manager"],
    }
    return reverse(name, args=[reference, *more.get(place.part, [])])
