"""What was given on purpose, told, raised, noticed and begun: each is one person's of the cast, and nobody else's."""

from uuid import uuid4

from conftest import NOW
from django.test import Client
from django.urls import reverse

from alongside.agencies.models import Practitioner, Team
from alongside.contributions.models import Draft
from alongside.contributions.rules import OUR_PAGES
from alongside.meetings.actions import raise_action
from alongside.people.closing import restrict
from alongside.people.emergency import GOVERNANCE, open_in_emergency
from alongside.people.models import EmergencyNotice, Tie
from alongside.sharing.actions import give, give_now, say_second_word, withhold
from alongside.sharing.models import Page, ShareDecision, ShareDraft
from alongside.sharing.recipients import Target

from .belonging import AT, COUNCIL, HOUR, OFFICERS_AT, POLICE, SCHOOLS, another_child, of_agency, seat_at, told
from .oracle import AGENCY, FRONT_DOOR
from .places import BRIEFED, CHAIRS, CHILDREN, GOVERNS, GRADES, RELEASES, SUPERVISES, TELLS
from .world import World, works

TODAY = NOW.date()
WHY = {"because": "So that they come home safely", "bases": ["art_6_1_e", "art_9_2_g"], "family": "told"}
WHY |= {"expires_on": TODAY.replace(year=2027)}


def add_received(world: World) -> None:
    """A school gives something to each of the cast, and to a team of police."""
    giver, child = seat_at("z-giver", "school_lead", SCHOOLS), another_child()
    works(child, SCHOOLS, practitioner=giver)
    given = {"person": child, "chosen": [], "by": giver, "at": AT, **WHY}
    for role, viewer in world.viewers.items():
        words = world.word(f"what was given to {role}", {role})
        one = give(to=Target(practitioner=viewer), words=words, **given)
        world.add("received_one", f"given to {role}", [one.pk], {role})
    team, police = Team.objects.filter(agency=POLICE).order_by("pk").first(), of_agency(POLICE)
    one = give(to=Target(team=team), words=world.word("what was given to police", police), **given)
    world.add("received_one", "given to a team of police", [one.pk], police)


def add_given(world: World) -> None:
    """Each of the cast who works with children gave something of one to an aunt, gave now, and did not give."""
    to = Target(outside="An aunt")
    for role in CHILDREN & set(world.viewers):
        viewer, person = world.viewers[role], world.of(role, "team").person
        # The front door is in every team, and reads what its own agency wrote.
        readers = {role} | (FRONT_DOOR if AGENCY[role] == COUNCIL else set())
        given = {"person": person, "to": to, "by": viewer, "at": AT}
        one = give(chosen=[], words=world.word(f"what {role} gave", readers), **given, **WHY)
        for name in ("gave", "share_rang", "share_paper"):
            world.add(name, f"given by {role}", [one.pk], {role})
        gone = give(chosen=[], words=world.word(f"what {role} gave that is gone", readers), **given, **WHY)
        ShareDecision.objects.filter(pk=gone.pk).update(rang_at=AT, gone_at=AT)
        world.add("share_told", f"gone since {role} gave it", [gone.pk], {role})
        now = give_now(words=world.word(f"what {role} gave now", readers), **given)
        world.add("share_rest", f"given now by {role}", [now.pk], {role})
        # Why it was not given is a line of the ledger, for whoever answers for the agency.
        because = world.word(f"why {role} did not give", {role} | FRONT_DOOR | of_agency(AGENCY[role], GOVERNS))
        asked = {"why_not": "detriment", "second_asked": world.manager, "because": because}
        not_given = withhold(**given, **asked)
        world.add("share_second", f"not given by {role}", [not_given.pk], FRONT_DOOR - {role})


def add_begun(world: World) -> None:
    """Each of the cast who works with children began to give something of one, and to record the rest of it."""
    for role in CHILDREN & set(world.viewers):
        viewer, person = world.viewers[role], world.of(role, "team").person
        begun = {"by": viewer, "person": person, "began_at": AT, "saved_at": AT}
        for page in (Page.SHARE, Page.SHARE_NOW):
            words = world.word(f"what {role} began on {page.label}", {role})
            ShareDraft.objects.create(**begun, page=page, answers={"words": [words]})
        for one in ShareDecision.objects.filter(by=viewer, recorded_at=None):
            words = world.word(f"the rest that {role} began", {role})
            ShareDraft.objects.create(**begun, page=Page.REST, decision=one, answers={"because": [words]})


def add_left(world: World) -> None:
    """Somebody of each of two agencies gave something at once, something by telephone that was disposed of since, and
    something that a colleague reads still, and left without recording the rest, telling the holder, or ending it."""
    reader = seat_at("z-reads-still", "school_lead", SCHOOLS)
    for agency, role in ((COUNCIL, "social_worker"), (POLICE, "police_officer")):
        giver, child = seat_at(f"z-left-{agency}", role, agency), another_child()
        works(child, agency, practitioner=giver, since=NOW - 48 * HOUR)
        words = world.word(f"what was left at {agency}", FRONT_DOOR if agency == COUNCIL else set())
        one = give_now(person=child, to=Target(outside="An aunt"), words=words, by=giver, at=NOW - 30 * HOUR)
        rung = give(person=child, to=Target(outside="An uncle"), chosen=[], words=words, by=giver, at=AT, **WHY)
        ShareDecision.objects.filter(pk=rung.pk).update(rang_at=AT, gone_at=AT)
        still = give(person=child, to=Target(practitioner=reader), chosen=[], words=words, by=giver, at=AT, **WHY)
        Practitioner.objects.filter(pk=giver.pk).update(is_active=False)
        world.add("share_end", f"read still, of {agency}", [still.pk], FRONT_DOOR)
        world.add("share_running_one", f"read still, of {agency}", [still.pk], of_agency(agency, GOVERNS))
        world.add("share_left_told", f"rung by {agency}", [rung.pk], of_agency(agency, GOVERNS))
        world.add("share_left", f"left at {agency}", [one.pk], of_agency(agency, GOVERNS))


def add_undecided(world: World) -> None:
    """Somebody kept two things back that should be given, and left: of a child whom only the front door can decide for
    now, and of one whose record is closed to all."""
    decider, gone = (seat_at(f"z-{key}", "front_door_manager", COUNCIL) for key in ("decided", "restricted"))
    asked = {"to": Target(outside="A club"), "why_not": "detriment", "second_asked": world.manager}
    hear = of_agency(COUNCIL, GOVERNS)
    for page, opens in (("share_left_again", FRONT_DOOR), ("share_left_word", hear)):
        child = another_child()
        because = world.word(f"why it was not given, for {page}", hear | (opens & FRONT_DOOR))
        one = withhold(person=child, because=because, by=decider, at=AT, **asked)
        say_second_word(decision=one, agrees=False, because="They should know", by=world.manager, at=AT)
        world.add(page, "not given, and left", [one.pk], opens)
    restrict(person=child, readers=[], by=gone, at=AT, because="Few")
    Practitioner.objects.filter(pk__in=(decider.pk, gone.pk)).update(is_active=False)


def add_told(world: World) -> None:
    """Each of the cast who tells told something on our pages, and began to tell more."""
    for role in TELLS & set(world.viewers):
        viewer, child = world.viewers[role], another_child()
        over_them = of_agency(AGENCY[role], SUPERVISES) - {role}
        words = world.word(f"what {role} told", {role} | over_them | FRONT_DOOR)
        sent = told(child, AGENCY[role], words, author=viewer, system=OUR_PAGES).contribution
        receipt, begun = sent.receipt, {"author": viewer, "kind": "general_note", "saved_at": AT}
        Draft.objects.create(key=uuid4(), sent_as=sent, answers={"who": {"p1-given_name": ["Kit"]}}, **begun)
        world.add("receipt", f"told by {role}", [receipt], {role})
        for name in ("withdraw", "correct"):
            world.add(name, f"told by {role}", [receipt], {role} | over_them)
        for name in ("look_over", "look_over_tie"):
            world.add(name, f"told by {role}", [receipt], over_them)
        draft = Draft.objects.create(key=uuid4(), **begun)
        world.add("go_on", f"begun by {role}", [draft.key], {role})
        # A note names a child: whoever sees none of them does not tell it.
        world.add("tell_step", f"begun by {role}", ["general_note", draft.key, "who"], {role} & CHILDREN)
    kind, words = "partnership_intelligence", world.word("intelligence", RELEASES | GRADES)
    one = told(another_child(), "catch", words, handling="police", kind=kind)
    for name, roles in (("grade", GRADES), ("release_told", RELEASES)):
        for page in (name, f"{name}_tie"):
            world.add(page, "intelligence", [one.contribution.receipt], roles)


def add_noticed(world: World) -> None:
    """Somebody opened a record in an emergency, and each of the cast was told: whoever holds the office still, or is
    near every child, looks into it, and nobody who leads for the child no more. Each owes an action and has a tie."""
    stranger = seat_at("z-stranger", "police_officer", POLICE)
    opened = open_in_emergency(person=another_child(), by=stranger, at=AT, because="A child is in danger now")
    for role, viewer in world.viewers.items():
        notice, _ = EmergencyNotice.objects.get_or_create(
            standing=opened,
            told=viewer,
            defaults={"told_at": AT, "told_as": GOVERNANCE if role in GOVERNS else "lead"},
        )
        for name in ("emergency_notice", "emergency_notice_tie"):
            world.add(name, f"told to {role}", [notice.pk], {role} & (FRONT_DOOR | GOVERNS))
        tie = Tie.objects.get(practitioner=viewer, person=world.of(role, "tied").person)
        # Where nobody of the agency keeps the walls, those of the others do.
        keepers = of_agency(AGENCY[role], GOVERNS) if AGENCY[role] in OFFICERS_AT else GOVERNS
        world.add("end_tie", f"declared by {role}", [tie.pk], keepers - {role})
    add_actions(world, seat_at("z-chair", "meeting_chair", POLICE))


def add_actions(world: World, chair: Practitioner) -> None:
    child = another_child()
    because = told(child, POLICE, "Seen at the bus station.").contribution
    raised = {"person": child, "because": because, "due": TODAY, "on": TODAY, "by": chair, "at": AT}
    for role in CHILDREN & set(world.viewers):
        what = world.word(f"what {role} does", {role} | BRIEFED | FRONT_DOOR)
        one = raise_action(what=what, owner=world.viewers[role], **raised)
        world.add("tick_off", f"owed by {role}", [one.pk], {role} | CHAIRS)


def add_sought(world: World) -> None:
    """Each of the cast who finds children looked for one, by words that nobody else reads."""
    for role in CHILDREN & set(world.viewers):
        client = Client()
        client.force_login(world.viewers[role])
        client.post(reverse("find"), {"q": world.word(f"what {role} sought", {role})}, follow=True)
