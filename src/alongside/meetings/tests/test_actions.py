"""An action is raised in the meeting, carried to the next, and ticked off with what came of it."""

from datetime import date, timedelta

import pytest
import time_machine
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from alongside.contributions.models import Contribution
from alongside.ledger.models import LedgerEvent
from alongside.meetings.actions import raise_action, tick_off
from alongside.meetings.carrying import owners, widest
from alongside.meetings.models import MeetingAction
from alongside.meetings.queries import briefing
from alongside.meetings.rendering import as_json, as_text
from alongside.people.closing import declare_tie
from alongside.people.tests.factories import child
from alongside.web.tests.reading import words

from .conftest import MONDAY, STATION

ON, TUESDAY = date(2026, 11, 23), date(2026, 11, 24)
POLICE = "west-yorkshire-police"
GIVEN = {"what": "Call the school", "due_day": "24", "due_month": "11", "due_year": "2026"}


@pytest.fixture(autouse=True)
def monday_morning():
    with time_machine.travel(MONDAY, tick=False):
        yield


@pytest.fixture
def given(night, chair, leah):
    """Raises an action about a child of the night, because of a report told so."""

    def raised(handling="team", *, on=ON, due=TUESDAY, owner=leah, called="Kai"):
        kai = night.child(called)
        told = night.tells(POLICE, "police_incident", kai, handling=handling, **STATION)
        what = {"what": "Call the school", "owner": owner, "due": due}
        return raise_action(person=kai, because=told, on=on, by=chair, at=MONDAY, **what)

    return raised


def on_tuesday(viewer, on=TUESDAY):
    return briefing(viewer=viewer, on=on, at=MONDAY + timedelta(days=1))


def test_the_chair_raises_one_from_the_briefing_and_the_next_one_carries_it(client, chair, fight, leah):
    client.force_login(chair)
    address = reverse("raise_action", args=[fight[0].reference]) + "?on=2026-11-23"
    assert address in client.get(reverse("briefing")).content.decode()
    page = words(client.post(address, {**GIVEN, "owner": leah.pk}, follow=True))
    assert "The action is raised." in page
    assert "5 Carried actions (1)" in page
    (carried,) = on_tuesday(chair).carried
    assert (carried.called, carried.what, carried.due) == ("Kai", "Call the school", TUESDAY)
    about = LedgerEvent.objects.filter(subject=f"person:{fight[0].reference}", what="action raised").get()
    assert (about.actor, about.details["owner"], about.purpose) == ("hall", "leah", "Project Shield, 2026-11-23")


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"what": ""}, "Write what will be done"),
        ({"owner": ""}, "Choose who will do it"),
        ({"due_day": "22"}, "Enter a day on or after the meeting"),
        ({"due_day": ""}, "Add the day, the month and the year"),
    ],
)
def test_what_is_missing_is_said(client, chair, fight, leah, changed, said):
    client.force_login(chair)
    address = reverse("raise_action", args=[fight[0].reference]) + "?on=2026-11-23"
    assert said in words(client.post(address, {**GIVEN, "owner": leah.pk, **changed}))
    assert not MeetingAction.objects.exists()


def test_only_a_child_whom_the_briefing_names_to_the_chair(client, chair, fight, night):
    client.force_login(chair)
    for reference in (fight[1].reference, night.child("Nobody").reference, "NONE"):
        assert client.get(reverse("raise_action", args=[reference])).status_code == 404
    assert not LedgerEvent.objects.filter(what="raising an action").exists()


@pytest.mark.parametrize("who", ["maya", "priya", "leah", "omar", "grace", "sam"])
def test_nobody_else_raises_one(client, request, fight, who):
    viewer = request.getfixturevalue(who)
    client.force_login(viewer)
    assert client.get(reverse("raise_action", args=[fight[0].reference])).status_code == 403
    if viewer.may("see_briefing"):
        assert "Raise an action" not in client.get(reverse("briefing")).content.decode()
    told = Contribution.objects.first()
    with pytest.raises(PermissionDenied):
        raise_action(
            **{"person": fight[0], "because": told, "what": "x", "owner": viewer},
            **{"due": ON, "on": ON, "by": viewer, "at": MONDAY},
        )


@pytest.mark.parametrize(
    ("handling", "who", "reads"),
    [
        ("team", "maya", True),
        ("police", "maya", False),
        ("police", "priya", True),
        ("restricted:maya", "maya", True),
        ("restricted:priya", "maya", False),
        ("restricted:priya", "leah", True),
        (f"agencies:{POLICE}", "maya", False),
    ],
)
def test_whoever_may_not_read_why_reads_only_that_there_is_one(request, given, handling, who, reads):
    viewer = request.getfixturevalue(who)
    given(handling, called="Sol")
    made = on_tuesday(viewer)
    assert [one.hidden for one in made.carried] == [not reads]
    whole = as_json(made, printed_by="x", at=MONDAY) + as_text(made, printed_by="x", at=MONDAY)
    assert ("Sol" in whole) is reads
    assert ("Call the school" in whole) is reads


@pytest.mark.parametrize(("who", "lines"), [("priya", 1), ("maya", 0)])
def test_whoever_reads_of_whom_an_action_is_has_looked_at_that_child(request, given, who, lines):
    """Also where that day's briefing tells of them in nothing else."""
    reference, viewer = given("police").person.reference, request.getfixturevalue(who)
    made = on_tuesday(viewer)
    assert reference not in [child.reference for child in made.children]
    looks = LedgerEvent.objects.filter(operation="view", what="briefing", subject=f"person:{reference}")
    assert looks.filter(actor=who).count() == lines


def test_a_report_that_was_since_told_to_fewer_hides_its_action(maya, given):
    told = given().because
    newer = {"pk": None, "version": 2, "handling": "police", "receipt": "newer"}
    Contribution.objects.filter(pk=told.pk).update(is_newest=False)
    for name, value in newer.items():
        setattr(told, name, value)
    told.save(force_insert=True)
    assert [one.hidden for one in on_tuesday(maya).carried] == [True]


@pytest.mark.parametrize(
    ("on", "done_after", "carried"), [(-3, None, True), (1, None, False), (-3, 5, True), (-3, -24, False)]
)
def test_what_a_meeting_carries(chair, given, on, done_after, carried):
    action = given(on=TUESDAY + timedelta(days=on))
    if done_after is not None:
        at = MONDAY + timedelta(days=1, hours=done_after)
        tick_off(action=action, outcome="They met", by=chair, at=at)
    assert bool(on_tuesday(chair).carried) is carried


def test_what_came_of_it_is_said_once_and_beside_the_child(chair, given, leah):
    action = given(on=ON - timedelta(days=3))
    tick_off(action=action, outcome="They met", by=leah, at=MONDAY + timedelta(minutes=5))
    tick_off(action=action, outcome="Again", by=chair, at=MONDAY + timedelta(minutes=9))
    action.refresh_from_db()
    assert (action.outcome, action.done_by) == ("They met", leah)
    (child,) = on_tuesday(chair, on=ON).children
    assert child.before == ((ON - timedelta(days=3), False),)
    assert LedgerEvent.objects.filter(what="action done").count() == 1


@pytest.mark.parametrize(("who", "status"), [("leah", 200), ("chair", 200), ("maya", 404), ("omar", 403)])
def test_who_ticks_it_off(client, request, given, who, status):
    viewer = request.getfixturevalue(who)
    action = given()
    client.force_login(viewer)
    address = reverse("tick_off", args=[action.pk])
    assert client.get(address).status_code == status
    assert client.post(address, {"outcome": ""}).status_code == status
    done = client.post(address, {"outcome": "They met"})
    assert done.status_code == (302 if status == 200 else status)
    action.refresh_from_db()
    assert bool(action.done_at) is (status == 200)
    if status == 404:
        with pytest.raises(PermissionDenied):
            tick_off(action=action, outcome="x", by=viewer, at=MONDAY)


def test_a_chair_ticks_off_nothing_that_they_may_not_read(client, seat, given):
    action = given("restricted:priya")
    other = seat("noor", "leeds-city-council", "meeting_chair")
    client.force_login(other)
    assert client.get(reverse("tick_off", args=[action.pk])).status_code == 404


def test_it_stands_in_every_form_and_says_when_it_is_late(client, chair, given):
    given(on=ON - timedelta(days=4), due=ON - timedelta(days=1))
    text = as_text(briefing(viewer=chair, on=ON, at=MONDAY), printed_by="x", at=MONDAY)
    assert "5 Carried actions (1)" in text
    assert "By 22 November, raised 19 November. Past due" in text
    assert "Before meetings: Thursday 19 November, action open" in text
    client.force_login(chair)
    assert client.get(reverse("briefing_pdf")).content.startswith(b"%PDF")
    assert "Past due" in words(client.get(reverse("briefing")))


def test_it_is_raised_because_of_the_report_that_most_may_read(night):
    handlings = ("restricted:x", "police", "team")
    told = [night.contribution(POLICE, "police_incident", MONDAY, handling) for handling in handlings]
    assert widest(told) == told[2]
    assert widest([]) is None


@pytest.mark.parametrize("number", [1, 30])
def test_many_actions_cost_no_more(chair, given, number, django_assert_max_num_queries):
    for _ in range(number):
        given(on=ON - timedelta(days=1))
    with django_assert_max_num_queries(16):
        assert len(briefing(viewer=chair, on=ON, at=MONDAY).carried) == number


def test_nobody_who_knows_the_family_is_given_an_action_about_the_child(leah):
    kai = child("7F3K", called="Kai")
    assert leah in owners(kai)
    declare_tie(person=kai, by=leah, at=MONDAY, because="My niece’s boy")
    assert leah not in owners(kai)
