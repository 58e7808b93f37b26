"""Holding one answer to the oracle: who may, how whoever may not is refused, what is written, what is shown."""

from collections.abc import Iterable

from django.http import HttpResponse

from . import oracle
from .asker import Asked, Asker, Tally
from .places import PLACES, Place
from .refusing import WRITTEN_BY_READING, is_refusal, led_to_sign_in
from .world import CANARY, HELD, NAME, WORKS, OnesChild, World

NEAR = ("none", "known", "team")


def judge(world: World, asker: Asker, tally: Tally, name: str, method: str, asked: Asked) -> None:
    place = PLACES[name]
    body = place.body_for(world, asker.held) if method == "post" else None
    answer = asker.ask(method, asked.address, body)
    who = f"{asker} {method} {name} {asked}"
    allowed = may(asker, place, asked)
    agrees = status_agrees(asker, place, method, asked, allowed, answer)
    tally.judge(agrees, f"{who}: {answer.status_code}")
    tally.judge(written_agrees(place, method, allowed, answer), f"{who}: {answer.status_code}, wrote {answer.wrote}")
    shown = judge_shown(world, asker, tally, place, answer.content_read.decode("utf-8", "replace"), who)
    if asked.child is not None:
        judge_own(asker, tally, place, method, asked, who, shown)


def may(asker: Asker, place: Place, asked: Asked) -> bool | None:
    """Whether the asker may open or do this; None where the page asks for more than this matrix knows."""
    if asker.role not in place.roles:
        return False
    if asked.thing is not None:
        return asker.role in asked.thing.roles
    child = asked.child
    if child is None:
        # What is made up is there for nobody.
        return None if place.part else True
    if not place.only(child.relation, asked.handling) or not near_enough(asker, place, child):
        return False
    if place.about == "entry" and not reads(asker, child, asked.handling, forum=place.shows == "the forum's"):
        return False
    return True if place.exact else None


def near_enough(asker: Asker, place: Place, child: OnesChild) -> bool:
    own = child.role == asker.held
    if place.about == "entry" or not place.least:
        return True
    if place.least == "open":
        return not oracle.is_closed(child.relation, own=own)
    near = NEAR.index(level(asker, child)) >= NEAR.index("known" if place.least == "known" else "team")
    if place.least in {"lasting", "no emergency"}:
        forgiven = oracle.FRONT_DOOR if place.least == "lasting" else frozenset()
        return near and not (own and child.relation == "glass" and asker.role not in forgiven)
    return near


def status_agrees(
    asker: Asker, place: Place, method: str, asked: Asked, allowed: bool | None, answer: HttpResponse
) -> bool:
    """Whoever may not is refused, by every method. Whoever may comes in, or reads that the page takes no such
    method; what they send in full is done."""
    status = answer.status_code
    if allowed is False:
        card = asked.child.person.reference if asked.child and level(asker, asked.child) == "known" else ""
        return is_refusal(answer, signed_in=bool(asker.role), card_of=card)
    if method in {"put", "delete"}:
        return status == 405
    if method == "post":
        return status == 302 if allowed and place.body is not None and acts(asked) else status < 500
    if place.method == "post":
        return status == 405
    if allowed and place.opens and (asked.thing is not None or asked.child is not None):
        return status == 200
    # Whoever is signed in is not asked to sign in.
    return status < 500 and (place.is_open or not led_to_sign_in(answer))


def acts(asked: Asked) -> bool:
    """Whether there is something that what is sent is about."""
    return asked.thing is None or asked.thing.acts


def written_agrees(place: Place, method: str, allowed: bool | None, answer: HttpResponse) -> bool:
    """Nobody who may not writes, and nobody by looking; whoever may and sends all that is asked for does."""
    if allowed is False or method in {"put", "delete"}:
        return not answer.wrote
    if method in {"get", "head"}:
        return answer.wrote <= WRITTEN_BY_READING
    return bool(answer.wrote) or not (allowed and place.body is not None and answer.status_code == 302)


def judge_shown(world: World, asker: Asker, tally: Tally, place: Place, text: str, who: str) -> set[tuple[int, str]]:
    """Each word that the answer holds of a child or a thing is for this asker. Gives those of entries."""
    shown = {(int(number), word) for number, word in CANARY.findall(text)}
    for number, word in shown:
        tally.judge(may_show(world, asker, place, number, word), f"{who}: shows {number} {word}")
    for number in {int(found) for found in NAME.findall(text)}:
        tally.judge(may_name(world, asker, place, number), f"{who}: names {number}")
    for number in {int(found) for found in WORKS.findall(text)}:
        tally.judge(may_name_services(world, asker, place, number), f"{who}: says who works with {number}")
    for number in {int(found) for found in HELD.findall(text)}:
        tally.judge(asker.role in world.held[number].roles, f"{who}: shows {world.held[number].words}")
    return shown


def judge_own(
    asker: Asker, tally: Tally, place: Place, method: str, asked: Asked, who: str, shown: Iterable[tuple[int, str]]
) -> None:
    """Of the asker's own child every handling is a case: shown where it must be, absent where it must not."""
    child = asked.child
    for each in child.receipts if place.about == "child" else [asked.handling]:
        is_shown = (child.number, each) in shown
        allowed = bool(asker.role) and reads(asker, child, each, forum=place.shows == "the forum's")
        must = allowed and place.shows == "all they read" and method == "get" and asker.role in place.roles
        # Whoever is named on an entry reads it on its own page; a timeline is for the team.
        must = must and (place.about == "entry" or level(asker, child) == "team")
        tally.judge(
            is_shown if must else allowed or not is_shown, f"{who}: {each} is {'' if is_shown else 'not '}shown"
        )


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


def may_name_services(world: World, asker: Asker, place: Place, number: int) -> bool:
    """Whether this page may say to this asker who works with that child: known, or before the forum."""
    child = world.children[number]
    if asker.role not in place.roles:
        return False
    forum = place.shows == "the forum's" and not oracle.is_closed(child.relation, own=child.role == asker.held)
    return forum or level(asker, child) != "none"
