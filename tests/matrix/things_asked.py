"""Requests for what is held, as far on as each page wants them: the council's part, and that of police."""

from conftest import NOW

from alongside.access_requests.actions import hold_back_whole, log_request, look_through
from alongside.access_requests.models import RequestPart
from alongside.access_requests.releasing import release, say_ready
from alongside.agencies.models import Practitioner
from alongside.people.models import AgencyRecord

from .belonging import COUNCIL, HOUR, OFFICERS_AT, another_child, of_agency, seat_at, told
from .oracle import FRONT_DOOR
from .places import GOVERNS
from .world import World

AT, TODAY = NOW - HOUR, NOW.date()
ASKED = {"asked_as": "parent", "reply_to": "by hand", "identity_how": "passport seen"}
ASKED |= {"identity_on": TODAY, "received_on": TODAY}
EXEMPTION = "third_party"
# How far on a request is, and the pages that want it so.
PAGES = {
    "open": ("access_request", "access_extend", "access_tie", "access_collect"),
    "read": ("access_ready",),
    "ready": ("access_release",),
    "released": (),
}


def add_requests(world: World) -> None:
    officers = {agency: officers_of(agency) for agency in OFFICERS_AT}
    for state in PAGES:
        person = another_child()
        for agency in officers:
            readers = FRONT_DOOR | of_agency(agency, GOVERNS)
            told(person, agency, world.word(f"what {agency} told for a pack", readers))
        if state == "open":
            AgencyRecord.objects.filter(person=person, agency=COUNCIL).update(reference="ZQ-ASKED")
        asked_by = world.word("who asked for a pack", GOVERNS)
        made = log_request(person=person, by=officers[COUNCIL][0], at=AT, asked_by=asked_by, **ASKED)
        for part in made.parts.all():
            bring_to(state, part, *officers[part.agency_id])
            add_part(world, state, part)


def officers_of(agency: str) -> tuple[Practitioner, Practitioner]:
    """Two of that agency, none of them of the cast."""
    one, two = (seat_at(f"z-{agency}-asked-{which}", "information_officer", agency) for which in ("one", "two"))
    return one, two


def bring_to(state: str, part: RequestPart, one: Practitioner, two: Practitioner) -> None:
    """So far by one officer, and out by another."""
    if state == "open":
        hold_back_whole(item=part.items.first(), exemption=EXEMPTION, because="A friend is named", by=one, at=AT)
        told(part.request.person, part.agency_id, "More came in.")
        return
    for item in part.items.all():
        look_through(item=item, by=one, at=AT)
    if state in {"ready", "released"}:
        say_ready(part=part, by=one, at=AT)
    if state == "released":
        release(part=part, by=two, at=AT)


def add_part(world: World, state: str, part: RequestPart) -> None:
    words, roles = f"a part of {part.agency_id}, {state}", of_agency(part.agency_id, GOVERNS)
    for name in PAGES[state]:
        world.add(name, words, [part.pk], roles)
    if state == "open":
        item = part.items.first()
        world.add("access_item", words, [part.pk, item.pk], roles)
        world.add("access_unmark", words, [part.pk, item.pk, item.marks.get().pk], roles)
    if state == "released":
        world.add("access_pack", words, [part.pk, "json"], roles)
        world.add("access_pack", words, [part.pk, "pdf"], roles)
