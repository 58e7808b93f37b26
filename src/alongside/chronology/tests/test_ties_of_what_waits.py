"""What waits for a team does not stay with somebody who is walled off from it: it waits again, for a colleague."""

from datetime import timedelta

import pytest
import time_machine
from django.urls import reverse

from alongside.contributions.calling import calls_to_make, make_calls
from alongside.contributions.front_door import unopened
from alongside.contributions.models import Acknowledgement, Unopened
from alongside.contributions.urgent import acknowledge, unanswered
from alongside.ledger.models import LedgerEvent
from alongside.linkage.actions import move
from alongside.people.closing import declare_tie, name_reader, restrict, restriction_of
from alongside.people.models import Tie
from alongside.people.tests.factories import NOW, POLICE, child, practitioner
from alongside.services.mail.fake import FakeMail
from alongside.web.tests.reading import words

from .factories import entry
from .test_ties_from_work import KAI, WHY, at_a_machine, of_two, says_so

pytestmark = pytest.mark.django_db
TOLD = {"urgent": True, "reported_at": NOW, "received_at": NOW, "told": {"narrative": "A knife.", "people": KAI}}
MINUTE = timedelta(minutes=1)


@pytest.fixture(autouse=True)
def that_morning():
    with time_machine.travel(NOW, tick=False) as clock:
        yield clock


@pytest.fixture
def knife(kai):
    return entry(kai, contribution=TOLD).contribution


@pytest.fixture
def maya():
    return practitioner("maya", "front_door_worker")


@pytest.fixture
def bea():
    return practitioner("bea", "front_door_manager")


def held_and_then_tied(client, maya, one):
    """Maya says that she has it; from the same page she then says that she knows the family. What she reads."""
    client.force_login(maya)
    client.post(reverse("urgent_told", args=[one.receipt]), {"doing": "I call the mother"})
    return words(says_so(client, "urgent_told", one.receipt))


def test_what_is_urgent_and_was_had_by_somebody_with_a_tie_waits_for_a_colleague(client, knife, maya, bea):
    assert "A colleague goes on with it" in held_and_then_tied(client, maya, knife)
    assert unanswered(bea) == [knife]
    machine, page = at_a_machine(bea), reverse("urgent_told", args=[knife.receipt])
    shown = words(machine.get(page))
    assert "Maya said 23 November 2026 at 9am that they have it: I call the mother . They cannot go on with it" in shown
    assert "We have this" in shown
    assert "You said that your team has it" in words(machine.post(page, {"doing": "I go there"}, follow=True))
    assert (unanswered(bea), "has had it since" in words(machine.get(page))) == ([], True)
    kept = Acknowledgement.objects.order_by("pk").values_list("by__key", "doing")
    assert list(kept) == [("maya", "I call the mother"), ("bea", "I go there")]
    listed = words(machine.get(reverse("urgent")))
    assert "I go there" in listed
    assert "I call the mother" not in listed


def test_nobody_takes_it_from_a_colleague_who_can_go_on_with_it(client, knife, maya, bea):
    held_and_then_tied(client, maya, knife)
    cat = practitioner("cat", "front_door_worker")
    assert [acknowledge(contribution=knife, by=one, at=NOW) for one in (bea, cat)] == [True, False]


def test_once_the_tie_has_ended_it_is_theirs_again(client, knife, maya, bea):
    held_and_then_tied(client, maya, knife)
    Tie.objects.update(ended_at=NOW, ended_by=bea, ended_because="They moved")
    assert unanswered(bea) == []


def test_a_restriction_that_shuts_out_whoever_had_it_leaves_it_to_those_named(kai, knife, maya, bea):
    acknowledge(contribution=knife, by=maya, at=NOW)
    assert unanswered(bea) == []
    restrict(person=kai, readers=[], by=bea, at=NOW + MINUTE, because="Moved for safety")
    assert (unanswered(bea), unanswered(maya)) == ([knife], [])


def test_whoever_is_named_goes_on_with_what_they_had(kai, knife, maya, bea):
    acknowledge(contribution=knife, by=maya, at=NOW)
    restrict(person=kai, readers=[maya], by=bea, at=NOW + MINUTE, because="Moved for safety")
    assert unanswered(bea) == []


@pytest.mark.parametrize("walled_off", ["by a tie", "by a restriction"])
def test_what_was_had_long_ago_does_not_wait_again(kai, knife, maya, bea, walled_off):
    acknowledge(contribution=knife, by=maya, at=NOW)
    later = NOW + timedelta(days=40)
    if walled_off == "by a tie":
        declare_tie(person=kai, by=maya, at=later, because="New neighbours")
    else:
        restrict(person=kai, readers=[], by=bea, at=later, because="Moved for safety")
    assert unanswered(bea) == []


def test_it_calls_again_as_if_it_had_come_just_now(client, that_morning, knife, maya, bea):
    post = FakeMail()

    def sent(minutes):
        at = NOW + minutes * MINUTE
        before = len(post.taken)
        make_calls(calls_to_make(at=at), mail=post, at=at)
        return {one.to for one in post.taken[before:]}

    assert sent(0) == {maya.email, bea.email}
    that_morning.move_to(NOW + MINUTE)
    held_and_then_tied(client, maya, knife)
    assert [sent(minutes) for minutes in (2, 3, 31, 32)] == [{bea.email}, set(), set(), {bea.email}]
    assert [one.words.split("\n")[0] for one in post.taken[-2:]] == [
        "Something needs you now. Acknowledge by 9:32am.",
        "Something still needs you now. Nobody has acknowledged it yet; it was due by 9:32am.",
    ]


@pytest.fixture
def came(kai):
    """Something of this morning that only Maya has opened."""
    told = {name: value for name, value in TOLD.items() if name != "urgent"}
    return entry(kai, contribution=told).contribution


def opened(one, *readers):
    for reader in readers:
        assert at_a_machine(reader).get(reverse("came_in", args=[one.receipt])).status_code == 200


def waits_for(viewer) -> list[str]:
    return [one.receipt for one in unopened(viewer)]


def test_what_came_to_the_front_door_waits_for_whoever_is_left_without_a_tie(came, maya, bea):
    cat = practitioner("cat", "front_door_worker")
    for reader in (maya, bea):
        opened(came, reader)
        assert waits_for(cat) == []
        at_a_machine(reader).post(reverse("came_in_tie", args=[came.receipt]), WHY)
        assert waits_for(cat) == [came.receipt]
    assert (waits_for(maya), waits_for(bea)) == ([], [])


def restricted(by, *readers):
    addresses = "\n".join(one.email for one in readers)
    page = reverse("child_restriction", args=["7F3K"])
    told = {"because": "Moved for safety", "readers": addresses, "understood": "maya"}
    assert at_a_machine(by).post(page, told).status_code == 302


def test_a_restriction_that_shuts_out_its_only_reader_has_it_wait_for_those_named(came, maya, bea):
    opened(came, maya)
    restricted(bea)
    assert (waits_for(bea), waits_for(maya)) == ([came.receipt], [])


def test_what_somebody_named_has_read_does_not_wait_again_until_they_are_left_out(came, maya, bea):
    opened(came, maya)
    restricted(bea, maya)
    assert waits_for(bea) == []
    at_a_machine(bea).post(reverse("child_leave_out", args=["7F3K", "maya"]))
    assert waits_for(bea) == [came.receipt]


def test_what_nobody_named_can_open_waits_for_whoever_is_named_later(kai, came, maya, bea):
    opened(came, maya)
    restricted(bea)
    declare_tie(person=kai, by=bea, at=NOW, because="His uncle is mine")
    cat = practitioner("cat", "front_door_worker")
    assert waits_for(cat) == []
    name_reader(restriction=restriction_of(kai), reader=cat, by=bea, at=NOW)
    assert waits_for(cat) == [came.receipt]


@pytest.mark.parametrize("closes", ["tie", "restriction"])
def test_what_moves_to_a_child_closed_to_its_only_reader_waits_again(came, maya, bea, closes):
    """The record turns out to be of another child, whose door was closed before."""
    opened(came, maya)
    another = child("8G4M")
    if closes == "tie":
        declare_tie(person=another, by=maya, at=NOW, because="My neighbour’s son")
    else:
        restrict(person=another, readers=[], by=bea, at=NOW, because="Moved for safety")
    assert waits_for(bea) == []
    move(came.entries.get().record, another, by=bea, at=NOW, rule="decided", because="The same child")
    assert (waits_for(bea), waits_for(maya)) == ([came.receipt], [])


def test_what_moves_to_a_child_open_to_its_reader_does_not_wait_again(came, maya, bea):
    opened(came, maya)
    another = child("8G4M")
    restrict(person=another, readers=[maya], by=bea, at=NOW, because="Moved for safety")
    move(came.entries.get().record, another, by=bea, at=NOW, rule="decided", because="The same child")
    assert waits_for(bea) == []


def test_the_page_that_asks_whom_one_knows_shows_nothing_of_what_was_told_and_leaves_it_unopened(kai, maya, bea):
    one, *_ = of_two(kai, POLICE, reported_at=NOW, received_at=NOW)
    Unopened.objects.create(contribution=one)
    page = at_a_machine(maya).get(reverse("came_in_tie", args=[one.receipt]))
    assert ("Told 2" in words(page), "In a car" in words(page)) == (True, False)
    assert waits_for(bea) == [one.receipt]
    looks = LedgerEvent.objects.filter(operation="view", actor="maya").values_list("subject", flat=True)
    assert set(looks) == {"person:7F3K", "person:8G4M"}
