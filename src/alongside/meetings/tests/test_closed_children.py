"""What is left in the briefing of a child whose record is closed to its reader."""

from datetime import date

import pytest

from alongside.chronology.models import ChronologyEntry
from alongside.ledger.models import LedgerEvent
from alongside.linkage.actions import move
from alongside.linkage.models import RecordLink
from alongside.meetings.actions import raise_action
from alongside.meetings.carrying import action_for, due_from
from alongside.meetings.queries import briefing, heard_about
from alongside.meetings.rendering import as_json, as_text
from alongside.people.closing import declare_tie, restrict

from .conftest import FRIDAY_NIGHT, MONDAY, STATION

ON = date(2026, 11, 23)
POLICE = "west-yorkshire-police"


def read(viewer):
    return briefing(viewer=viewer, on=ON, at=MONDAY)


@pytest.fixture
def bea(seat):
    return seat("bea", "leeds-city-council", "front_door_manager", name="Bea Lund")


def restricted(kai, chair, bea):
    restrict(person=kai, readers=[], by=bea, at=MONDAY, because="Moved")


def tied(kai, chair, bea):
    declare_tie(person=kai, by=chair, at=MONDAY, because="My nephew")


@pytest.mark.parametrize("closes", [restricted, tied])
def test_a_closed_child_keeps_a_place_and_nothing_else(chair, bea, night, closes):
    kai, zoe = night.child("Kai"), night.child("Zoë")
    night.tells(POLICE, "police_incident", kai, zoe, **STATION)
    night.tells(POLICE, "police_protection_notification", kai, place="Canary Wharf")
    night.tells(POLICE, "missing_episode", kai, place="Canary Row")
    closes(kai, chair, bea)
    made = read(chair)
    assert [child.called for child in made.incidents[0].children] == ["Restricted", "Zoë"]
    assert [one.hidden for one in made.missing] == [True]
    said = as_json(made, printed_by="x", at=MONDAY) + as_text(made, printed_by="x", at=MONDAY)
    assert "Kai" not in said
    assert "Canary" not in said
    assert heard_about(kai.reference, viewer=chair, on=ON, at=MONDAY) is None
    assert heard_about(zoe.reference, viewer=chair, on=ON, at=MONDAY) is not None


def test_whoever_is_named_reads_it_as_ever(bea, night):
    kai = night.child("Kai")
    night.tells(POLICE, "police_incident", kai, **STATION)
    restricted(kai, None, bea)
    assert [child.called for child in read(bea).children] == ["Kai"]


CLEARED = {"cleared_for_meeting": True}


def in_every_form(made):
    return as_json(made, printed_by="x", at=MONDAY) + as_text(made, printed_by="x", at=MONDAY)


@pytest.mark.parametrize("closes", [restricted, tied])
@pytest.mark.parametrize("handling", ["police", "team"])
def test_intelligence_of_a_closed_child_keeps_a_place_and_nothing_else(chair, bea, night, closes, handling):
    kai, zoe = night.child("Kai"), night.child("Zoë")
    words = CLEARED | {"words_for_meeting": "Canary, by the quay."}
    night.tells(POLICE, "partnership_intelligence", kai, zoe, handling=handling, details=words)
    assert "Canary" in in_every_form(read(chair))
    closes(kai, chair, bea)
    made = read(chair)
    assert [(one.words, one.told_by, one.about) for one in made.intelligence] == [
        ("Restricted. Ask the chair.", "", ())
    ]
    assert "Canary" not in in_every_form(made)


def test_intelligence_is_read_as_a_look_at_the_children_whom_it_concerns(chair, night):
    kai, zoe = night.child("Kai"), night.child("Zoë")
    night.tells(POLICE, "partnership_intelligence", kai, details=CLEARED | {"words_for_meeting": "By the quay."})
    night.tells(POLICE, "partnership_intelligence", zoe, handling="police", details=CLEARED)
    night.contribution(POLICE, "partnership_intelligence", FRIDAY_NIGHT, details=CLEARED)
    read(chair)
    looked = LedgerEvent.objects.filter(what="briefing").values_list("subject", flat=True)
    assert list(looked) == [f"person:{kai.reference}"]


@pytest.fixture
def action(night, chair):
    """About Kay, raised because of a report that names her."""
    kay = night.child("Kay")
    told = night.tells(POLICE, "police_incident", kay, **STATION)
    one = kay.records.get()
    RecordLink.objects.create(record=one, person=kay, rule="first record", reason="x", linked_at=MONDAY)
    what = {"what": "Visit the aunt at Canary Row", "owner": chair, "due": ON}
    return raise_action(person=kay, because=told, on=ON, by=chair, at=MONDAY, **what)


def joined(one, to, by) -> None:
    move(one.records.get(), to, by=by, at=MONDAY, rule="details", because="Same child")


@pytest.fixture
def grace(seat):
    return seat("grace", "leeds-city-council", "information_officer")


@pytest.mark.parametrize("closes", [restricted, tied])
def test_an_action_is_closed_with_whoever_the_child_turns_out_to_be(chair, bea, grace, night, action, closes):
    """What one meeting decided stays with the child, whose records go to another."""
    kai = night.child("Kai")
    joined(action.person, kai, grace)
    assert due_from(chair) == [action]
    closes(kai, chair, bea)
    assert [row.hidden for row in read(chair).carried] == [True]
    assert due_from(chair) == []
    assert action_for(chair, action.pk) is None


def test_so_is_one_whose_report_is_on_nobodys_timeline_any_more(chair, bea, grace, night, action):
    kai = night.child("Kai")
    ChronologyEntry.objects.all().delete()
    joined(action.person, kai, grace)
    restricted(kai, chair, bea)
    assert due_from(chair) == []


def test_an_action_goes_with_its_report(chair, grace, night, action):
    kay, kai = action.person, night.child("Kai")
    joined(kay, kai, grace)
    assert [one.person for one in due_from(chair)] == [kai]
    joined(kai, kay, grace)
    action.refresh_from_db()
    assert action.person == kay
