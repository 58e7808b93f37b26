"""Asking every page as everybody, and holding each answer to the oracle."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from django.db import transaction
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from . import oracle
from .places import PLACES, Place
from .world import CANARY, NAME, OnesChild, World

NOBODY = "00000000-0000-0000-0000-000000000000"


@dataclass
class Tally:
    """How many cases were judged, and each that did not agree, in words."""

    cases: int = 0
    wrong: list[str] = field(default_factory=list)

    def judge(self, agrees: bool, words: str) -> None:
        self.cases += 1
        if not agrees:
            self.wrong.append(words)


@dataclass(frozen=True)
class Asker:
    """One of the cast with an open session; `role` "" is nobody, and a suspended seat answers as nobody."""

    client: Client
    role: str
    held: str

    def __str__(self) -> str:
        return self.role or f"nobody, or a suspended {self.held}"

    def ask(self, method: str, address: str) -> HttpResponse:
        """The answer, and everything it changed undone."""
        with transaction.atomic():
            answer = getattr(self.client, method)(address)
            answer.content_read = b"".join(answer.streaming_content) if answer.streaming else answer.content
            transaction.set_rollback(True)
        return answer


def ask_everything(
    world: World, asker: Asker, tally: Tally, methods: Iterable[str], names: Iterable[str] = PLACES
) -> None:
    """Every page of these names, by every method, for every child and entry of the asker's cast."""
    for name in names:
        place = PLACES[name]
        for child, handling, address in asked_of(world, asker, name, place):
            for method in methods:
                judge(world, asker, tally, name, place, method, (child, handling, address))


Asked = tuple[OnesChild | None, str, str]


def asked_of(world: World, asker: Asker, name: str, place: Place) -> Iterator[Asked]:
    """Every address of a page that this asker tries: of each child of theirs, and of each entry of it."""
    if not place.about:
        yield None, "", reverse(name, args=parts_alone(place))
        return
    for relation in oracle.RELATIONS:
        child = world.of(asker.held, relation)
        if place.about == "child":
            yield child, "", address_of_child(asker, name, place, child)
            continue
        for handling, receipt in child.receipts.items():
            args = [receipt] if place.part == "receipt" else [child.person.reference, receipt]
            yield child, handling, reverse(name, args=args)


def parts_alone(place: Place) -> list[object]:
    return {
        "": [],
        "pk": [999_999],
        "draft": [NOBODY],
        "uuid": [NOBODY],
        "uuid-number": [NOBODY, 1],
        "kind": ["general_note"],
        "step": ["general_note", NOBODY, "who"],
        "which": ["places"],
        "measure": ["child"],
        "two": [999_999, 1],
        "three": [999_999, 1, 1],
        "pack": [999_999, "json"],
        "key_alone": ["z-manager"],
        "key_and_verb": ["z-manager", "suspend"],
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
    more = {
        "record": [child.entries["team"].record_id],
        "standing": [1],
        "number": ["reference-1"],
        "key": ["z-manager"],
    }
    return reverse(name, args=[reference, *more.get(place.part, [])])


def judge(world: World, asker: Asker, tally: Tally, name: str, place: Place, method: str, asked: Asked) -> None:
    child, handling, address = asked
    answer = asker.ask(method, address)
    text = answer.content_read.decode("utf-8", "replace")
    who = f"{asker} {method} {name} {child.relation if child else ''} {handling}"
    agrees = status_agrees(asker, place, method, child, handling, answer.status_code)
    tally.judge(agrees, f"{who}: {answer.status_code}")
    shown = {(int(number), word) for number, word in CANARY.findall(text)}
    for number, word in shown:
        tally.judge(may_show(world, asker, place, number, word), f"{who}: shows {number} {word}")
    for number in {int(found) for found in NAME.findall(text)}:
        tally.judge(may_name(world, asker, place, number), f"{who}: names {number}")
    if child is not None:
        judge_own(asker, tally, place, method, child, handling, who, shown)


def judge_own(
    asker: Asker,
    tally: Tally,
    place: Place,
    method: str,
    child: OnesChild,
    handling: str,
    who: str,
    shown: set[tuple[int, str]],
) -> None:
    """Of the asker's own child every handling is a case: shown where it must be, absent where it must not."""
    for each in child.receipts if place.about == "child" else [handling]:
        is_shown = (child.number, each) in shown
        allowed = bool(asker.role) and reads(asker, child, each, forum=place.shows == "the forum's")
        must = allowed and place.shows == "all they read" and method == "get" and asker.role in place.roles
        # Whoever is named on an entry reads it on its own page; a timeline is for the team.
        must = must and (place.about == "entry" or level(asker, child) == "team")
        tally.judge(
            is_shown if must else allowed or not is_shown, f"{who}: {each} is {'' if is_shown else 'not '}shown"
        )


def status_agrees(asker: Asker, place: Place, method: str, child: OnesChild | None, handling: str, status: int) -> bool:
    if status >= 500:
        return False
    if method not in {"get", "head", place.method} or status == 405:
        return status in {302, 403, 404, 405} or method == "post"
    if asker.role not in place.roles:
        return status in place.refuses
    if child is None or method != "get" or place.method != "get":
        return True
    if place.about == "entry" and place.shows == "all they read":
        return (status == 200) == reads(asker, child, handling)
    if place.least:
        near = ("none", "known", "team").index(level(asker, child))
        enough = near >= ("none", "known", "team").index(place.least)
        return (status == 200) == enough or (enough and not place.exact)
    return True


def level(asker: Asker, child: OnesChild) -> str:
    return oracle.level(asker.role, child.relation, own=child.role == asker.held)


def reads(asker: Asker, child: OnesChild, handling: str, *, forum: bool = False) -> bool:
    own = child.role == asker.held
    return oracle.reads(asker.role, child.relation, handling, own=own, teller=child.role, forum=forum)


def may_show(world: World, asker: Asker, place: Place, number: int, handling: str) -> bool:
    """Whether this page may show that entry to this asker at all."""
    if asker.role not in place.roles or place.shows == "nothing":
        return False
    return reads(asker, world.children[number], handling, forum=place.shows == "the forum's")


def may_name(world: World, asker: Asker, place: Place, number: int) -> bool:
    """Whether this page may name that child to this asker: known, named on an entry, or before the forum."""
    child = world.children[number]
    if asker.role not in place.roles:
        return False
    if place.shows == "the forum's" and not oracle.is_closed(child.relation, own=child.role == asker.held):
        return True
    return level(asker, child) != "none" or reads(asker, child, "restricted_me")
