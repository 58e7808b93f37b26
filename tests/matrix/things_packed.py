"""Requests in which not every officer reads everything: what is for named people now, its older words, and what an
agency that has no officer told police only."""

from alongside.access_requests.actions import hold_back_whole, log_request, look_through, mark
from alongside.access_requests.models import RequestPart
from alongside.access_requests.queries import items_of
from alongside.access_requests.releasing import release, say_ready
from alongside.access_requests.rules import Span
from alongside.agencies.models import Practitioner
from alongside.contributions.actions import accept
from alongside.contributions.tests.example import note
from alongside.flow import follow_pending
from alongside.linkage.actions import move, unlink
from alongside.people.models import AgencyRecord, Person
from alongside.people.tests.factories import record

from .belonging import AT, COUNCIL, HIGHWAYS, HOUR, LONG_AGO, another_child, of_agency, seat_at, told
from .oracle import FRONT_DOOR, reads_in_pack
from .places import GOVERNS, GRADES, RELEASES
from .things_asked import ASKED, EXEMPTION
from .world import World

OFFICERS = of_agency(COUNCIL, GOVERNS)
# Of the cast's officers one is named, the other is not.
NAMED = frozenset({"data_protection_lead"})
# How far on each request is, and about whom: nobody takes one of them for another.
STATES = {
    "open": ("Amira", "Zokafor", "2009-01-14"),
    "read": ("Bartek", "Znowak", "2010-10-02"),
    "ready": ("Chloe", "Zevans", "2012-07-29"),
    "released": ("Dwayne", "Zhughes", "2014-05-21"),
}
# What went out, and afterwards was told to fewer, or turned out to be another's.
SINCE = {"narrowed": ("Efua", "Zmensah", "2011-08-17"), "moved": ("Farid", "Zqureshi", "2013-03-09")}
# Of the cast, who said that a pack is ready.
LET_GO = "information_officer"
OLD, NEW = "team", "restricted"
# What is held back of what was told to named people, before the word that is looked for.
MARKED = "Ada said:"


def add_packed(world: World) -> None:
    one, two = (seat_at(f"z-packs-{which}", "information_officer", COUNCIL) for which in ("one", "two"))
    named = [one.key, two.key, *(viewer.key for role, viewer in world.viewers.items() if role in NAMED)]
    for state in STATES:
        person = told_to_fewer(world, state, named)
        made = log_request(person=person, by=one, at=AT, asked_by=world.word("who asked for it", GOVERNS), **ASKED)
        add_for_some(world, state, made.parts.get(agency=COUNCIL), one, two)
    add_for_police(world, one)
    add_narrowed(world, one, two)
    add_moved(world, one, two, named)


def readers_of(teller: str, *handlings: str, **more: object) -> frozenset[str]:
    """Of the cast, by the agreement."""
    asked = {"teller": teller, "wrote_down": COUNCIL, "named": NAMED} | more
    return frozenset(role for role in GOVERNS if reads_in_pack(role, handlings, **asked))


def told_to_fewer(world: World, state: str, named: list[str]) -> Person:
    """The council told of a child, and corrected for whom it is."""
    for turn, (own, handling) in enumerate(((OLD, OLD), (NEW, f"{NEW}:{','.join(named)}"))):
        # Nobody reads the older words but where they are asked for.
        words = world.word(f"what was told for {own} and is {NEW}", readers_of(COUNCIL, own, NEW))
        say(state, words, handling, hours=2 - turn)
    return record_called(state).person


def say(state: str, words: str, handling: str, *, hours: int) -> None:
    """The council tells this of the child of that state, so long before."""
    names = dict(zip(("given_name", "family_name", "date_of_birth"), (STATES | SINCE)[state], strict=True))
    reference = f"ZQ-P-{state}"
    said = {"narrative": f"{MARKED} {words}", "handling": handling, "occurred_at": LONG_AGO.isoformat()}
    person = {"reference": reference, "postcode": ""} | names
    accept([note(reference, person=person, **said)], by="tests", at=AT - HOUR * hours)
    while follow_pending(at=AT):
        pass


def record_called(state: str) -> AgencyRecord:
    return AgencyRecord.objects.get(reference=f"ZQ-P-{state}")


def add_for_some(world: World, state: str, part: RequestPart, one: Practitioner, two: Practitioner) -> None:
    """So far by two who are named."""
    words, readers = f"a part with something for named people, {state}", readers_of(COUNCIL, NEW)
    if state == "open":
        add_items(world, words, part, one, readers)
        return
    look_through_all(part, one)
    if state == "read":
        world.add("access_ready", words, [part.pk], readers)
        return
    say_ready(part=part, by=one, at=AT)
    world.add("access_request", words, [part.pk], OFFICERS)
    if state == "ready":
        world.add("access_release", words, [part.pk], readers)
        return
    release(part=part, by=two, at=AT)
    add_copies(world, words, part, readers)


def look_through_all(part: RequestPart, by: Practitioner) -> None:
    for item in items_of(part):
        look_through(item=item, by=by, at=AT)


def add_copies(world: World, words: str, part: RequestPart, readers: frozenset[str]) -> None:
    for form in ("json", "pdf"):
        world.add("access_pack", words, [part.pk, form], readers)


def let_go(part: RequestPart, one: Practitioner, two: Practitioner) -> None:
    look_through_all(part, one)
    say_ready(part=part, by=one, at=AT)
    release(part=part, by=two, at=AT)


def add_narrowed(world: World, one: Practitioner, two: Practitioner) -> None:
    """One of the cast said that a pack is ready; what is in it is told to somebody else alone since."""
    by, asked = world.viewers.get(LET_GO, one), {"let_go": {LET_GO}, "named": ()}
    readers, words = readers_of(COUNCIL, OLD, NEW, **asked), "a pack that is told to fewer since"
    say("narrowed", world.word("what went out and is told to fewer since", readers), OLD, hours=2)
    made = log_request(person=record_called("narrowed").person, by=one, at=AT, asked_by="Their mother", **ASKED)
    part = made.parts.get(agency=COUNCIL)
    let_go(part, by, two)
    newest = world.word("what was told to fewer since a pack went out", readers_of(COUNCIL, NEW, named=()))
    say("narrowed", newest, f"{NEW}:{one.key}", hours=0)
    world.add("access_request", words, [part.pk], OFFICERS)
    add_copies(world, words, part, readers)


def add_moved(world: World, one: Practitioner, two: Practitioner, named: list[str]) -> None:
    """What went out with a pack, for named people, turned out to be of another child."""
    told_to_fewer(world, "moved", named)
    held, person = record_called("moved"), another_child()
    known = record(person, COUNCIL)
    move(held, person, by=one, at=AT, rule="decided", because="The same child.")
    made = log_request(person=person, known_as=known, by=one, at=AT, asked_by="Their mother", **ASKED)
    part, words = made.parts.get(agency=COUNCIL), "a pack in which a record is another’s since"
    let_go(part, one, two)
    unlink(record_=held, by=one, at=AT, because="Another child.")
    world.add("access_request", words, [part.pk], OFFICERS)
    add_copies(world, words, part, readers_of(COUNCIL, NEW))


def add_items(world: World, words: str, part: RequestPart, one: Practitioner, readers: frozenset[str]) -> None:
    """Its page is there for every officer, who may hold it back; a stretch of it is judged by whoever may read it."""
    for item in (each for each in items_of(part) if each.contribution):
        because = world.word("why a stretch is held back", readers)
        why = {"exemption": EXEMPTION, "because": because, "by": one, "at": AT}
        mark(item=item, spans=[("narrative", Span(0, len(MARKED)))], **why)
        world.add("access_item", words, [part.pk, item.pk], OFFICERS, acts=False)
        world.add("access_unmark", words, [part.pk, item.pk, item.marks.get().pk], readers)


def add_for_police(world: World, one: Practitioner) -> None:
    """Highways told one thing for police and one for the team; nobody there answers requests."""
    person = another_child()
    record(person, COUNCIL)
    for handling, others in (("police", RELEASES | GRADES), ("team", FRONT_DOOR)):
        readers = readers_of(HIGHWAYS, handling) | others
        told(person, HIGHWAYS, world.word(f"what highways told for {handling}", readers), handling=handling)
    part = log_request(person=person, by=one, at=AT, asked_by="Their mother", **ASKED).parts.get(agency=HIGHWAYS)
    for item in items_of(part):
        hold_back_whole(item=item, exemption=EXEMPTION, because="Police were asked", by=one, at=AT)
        world.add("access_item", "a part of highways", [part.pk, item.pk], OFFICERS, acts=False)
        world.add("access_unmark", "a part of highways", [part.pk, item.pk, item.marks.get().pk], OFFICERS)
    world.add("access_request", "a part of highways", [part.pk], OFFICERS)
