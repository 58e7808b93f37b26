"""The pages on which a record closes, and what is left of the child on every other page."""

from datetime import timedelta

import pytest
from django.urls import reverse

from alongside.chronology.timeline_facts import timeline_facts
from alongside.ledger.models import LedgerEvent
from alongside.people.closing import declare_tie, keepers_of, readers_of, restrict, restriction_of
from alongside.people.models import Tie
from alongside.people.tests.factories import COUNCIL, NOW, POLICE, practitioner, record, standing
from alongside.web.tests.reading import words

from .factories import entry

pytestmark = pytest.mark.django_db
PAGES = ["child", "child_timeline", "child_records", "child_looked", "child_places", "child_tie", "child_restriction"]


@pytest.fixture
def bea():
    return practitioner("bea", "front_door_manager")


def test_whoever_declares_a_tie_is_out_at_once_and_reads_why(client, signed_in, kai):
    maya = signed_in("maya", "front_door_worker", COUNCIL)
    entry(kai, title="canary")
    assert "Do you know Kai or the family outside work?" in words(client.get(reverse("child", args=["7F3K"])))
    answer = client.post(reverse("child_tie", args=["7F3K"]), {"because": "My neighbour’s son"}, follow=True)
    assert "closed to you from now on" in words(answer)
    for name in PAGES[:-1]:
        page = client.get(reverse(name, args=["7F3K"]))
        assert page.status_code == 403
        assert "You said that you know this child" in words(page)
        assert "Kai" not in words(page)
    assert Tie.objects.get().practitioner == maya


def test_whoever_alone_keeps_a_restriction_reads_whom_to_tell_of_a_tie(client, signed_in, kai):
    """Before, so that they can name somebody; and afterwards, when they no longer can."""
    bea, address = signed_in("bea", "front_door_manager", COUNCIL), reverse("child_tie", args=["7F3K"])
    assert "Nobody else can lift the restriction" not in words(client.get(address))
    made = restrict(person=kai, readers=[], by=bea, at=NOW, because="Moved")
    page = words(client.get(address))
    assert "Nobody else can lift the restriction on this record: name somebody first who can" in page
    said = words(client.post(address, {"because": "My nephew"}, follow=True))
    assert "Nobody named on the record can lift its restriction now. Tell whoever runs Alongside" in said
    assert keepers_of(made) == []


def test_where_somebody_else_keeps_it_nothing_more_is_said(client, signed_in, kai, bea):
    ida, address = signed_in("ida", "front_door_manager", COUNCIL), reverse("child_tie", args=["7F3K"])
    restrict(person=kai, readers=[bea], by=ida, at=NOW, because="Moved")
    assert "Nobody else can lift the restriction" not in words(client.get(address))
    said = words(client.post(address, {"because": "My nephew"}, follow=True))
    assert "can lift its restriction now" not in said


def test_a_tie_needs_a_line_of_words(client, signed_in, kai):
    signed_in("maya", "front_door_worker", COUNCIL)
    page = client.post(reverse("child_tie", args=["7F3K"]), {"because": ""})
    assert "Write in a line how you know them" in words(page)
    assert not Tie.objects.exists()


def test_a_tied_reader_opens_nothing_in_an_emergency(client, signed_in, kai):
    maya = signed_in("maya", "front_door_worker", COUNCIL)
    declare_tie(person=kai, by=maya, at=NOW, because="My nephew")
    asked = {"why": "A child is in danger now", "happening": "He rang me"}
    page = client.post(reverse("child_emergency", args=["7F3K"]), asked, follow=True)
    assert page.status_code == 403
    assert "closed to you, in an emergency too" in words(page)


def test_a_tie_is_listed_and_ended_by_who_keeps_the_walls(client, signed_in, kai):
    maya = practitioner("maya", "front_door_worker")
    declare_tie(person=kai, by=maya, at=NOW, because="My nephew")
    signed_in("grace", "information_officer", COUNCIL)
    page = words(client.get(reverse("ties")))
    assert "Maya Child 7F3K" in page
    assert "Kai" not in page
    tie = Tie.objects.get()
    page = client.post(reverse("end_tie", args=[tie.pk]), {"because": "The wrong record"}, follow=True)
    assert "The tie has ended" in words(page)
    assert client.get(reverse("end_tie", args=[tie.pk])).status_code == 404


def tied_to(kai, grace):
    declare_tie(person=kai, by=grace, at=NOW, because="I am his grandmother")


def restricted(kai, grace):
    restrict(person=kai, readers=[], by=practitioner("bea", "front_door_manager"), at=NOW, because="Moved")


@pytest.mark.parametrize("closes", [tied_to, restricted])
def test_a_tie_to_a_closed_child_is_not_theirs_to_keep(client, signed_in, kai, closes):
    tie = declare_tie(person=kai, by=practitioner("leah"), at=NOW, because="Canary, his aunt in Whitby")
    closes(kai, signed_in("grace", "information_officer", COUNCIL))
    page = words(client.get(reverse("ties")))
    assert "Canary" not in page
    assert "7F3K" not in page
    assert client.get(reverse("end_tie", args=[tie.pk])).status_code == 404
    assert client.post(reverse("end_tie", args=[tie.pk]), {"because": "x"}).status_code == 404
    tie.refresh_from_db()
    assert tie.ended_at is None


def test_a_restriction_does_not_change_in_an_emergency_whichever_page_is_asked(client, signed_in, kai):
    """Whoever was held back opens the record in an emergency, to read it."""
    bea, rowan = signed_in("bea", "front_door_manager", COUNCIL), practitioner("rowan")
    made = restrict(person=kai, readers=[rowan], by=bea, at=NOW, because="Moved")
    standing(kai, COUNCIL, practitioner=bea, source="emergency:bea:x", until=NOW + timedelta(hours=1))
    posts = {
        reverse("child_restriction", args=["7F3K"]): {"readers": "bea@example.org"},
        reverse("child_leave_out", args=["7F3K", "rowan"]): {},
        reverse("child_lift", args=["7F3K"]): {"because": "It is over"},
    }
    for address, told in posts.items():
        answer = client.post(address, told)
        assert answer.status_code == 403
        assert "Emergency access is for reading" in words(answer)
    assert restriction_of(kai) == made
    assert [one.practitioner for one in readers_of(made)] == [bea, rowan]


def test_a_record_is_restricted_named_left_out_and_lifted(client, signed_in, kai):
    signed_in("bea", "front_door_manager", COUNCIL)
    rowan, address = practitioner("rowan"), reverse("child_restriction", args=["7F3K"])
    page = client.post(address, {"because": "Moved for safety", "readers": "nobody@example.org"})
    assert "Nobody with a seat has the address nobody@example.org" in words(page)
    client.post(address, {"because": "Moved for safety", "readers": "ROWAN@example.org"})
    stands = restriction_of(kai)
    assert [one.practitioner.key for one in readers_of(stands)] == ["bea", "rowan"]
    assert "Restricted Only the people named on it" in words(client.get(reverse("child", args=["7F3K"])))
    client.post(reverse("child_leave_out", args=["7F3K", rowan.key]))
    assert [one.practitioner.key for one in readers_of(stands)] == ["bea"]
    client.post(reverse("child_lift", args=["7F3K"]), {"because": ""})
    assert restriction_of(kai) == stands
    client.post(reverse("child_lift", args=["7F3K"]), {"because": "It is over"})
    assert restriction_of(kai) is None


def test_a_restricted_child_is_as_if_there_were_none(client, signed_in, kai, bea):
    entry(kai, title="canary")
    record(kai, POLICE)
    restrict(person=kai, readers=[], by=bea, at=NOW, because="Moved")
    signed_in("maya", "front_door_worker", COUNCIL)
    for name in PAGES[:-1]:
        restricted = client.get(reverse(name, args=["7F3K"]))
        nobody = client.get(reverse(name, args=["NOBODY"]))
        assert restricted.status_code == nobody.status_code == 403
        assert words(restricted).replace("7F3K", "") == words(nobody).replace("NOBODY", "")
    found = client.post(reverse("find"), {"q": "Kai Adeyemi"}, follow=True)
    assert "No one matches that we may show you" in words(found)
    assert "Someone may know more: ask the duty team" in words(found)
    looks = LedgerEvent.objects.filter(subject="person:7F3K", operation="view")
    assert not looks.exists()


def test_a_playbook_may_say_nothing_more_under_a_search_that_finds_nobody(client, signed_in, monkeypatch):
    silent = timeline_facts().model_copy(update={"nobody_found": ""})
    monkeypatch.setattr("alongside.chronology.find_views.timeline_facts", lambda: silent)
    signed_in("maya", "front_door_worker", COUNCIL)
    found = words(client.post(reverse("find"), {"q": "Kai Adeyemi"}, follow=True))
    assert "Try part of a name or a date." in found
    assert "Someone may know more" not in found


def test_who_does_not_restrict_comes_to_no_such_page(client, signed_in, kai):
    signed_in("maya", "front_door_worker", COUNCIL)
    assert client.get(reverse("child_restriction", args=["7F3K"])).status_code == 403
    assert "Restrict this record" not in words(client.get(reverse("child", args=["7F3K"])))


def test_an_emergency_reader_restricts_nothing(client, signed_in, kai):
    bea = signed_in("ida", "front_door_manager", COUNCIL)
    standing(kai, practitioner=bea, source="emergency:y")
    assert client.post(reverse("child_restriction", args=["7F3K"]), {"because": "x"}).status_code == 403
    assert restriction_of(kai) is None
