"""Somebody who has another seat by now is the person they were: what closed a record to them closes it still."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied

from alongside.access.doors import door_changed
from alongside.access.rules import Level
from alongside.ledger.models import LedgerEvent
from alongside.people import closing
from alongside.people.emergency import ask_in_emergency, judge, notices_waiting_for, open_in_emergency
from alongside.people.models import EmergencyNotice, NamedReader, Tie
from alongside.people.queries import level_of

from .factories import COUNCIL, NOW, POLICE, child, moved, practitioner

pytestmark = pytest.mark.django_db
SOON = NOW + timedelta(minutes=20)


@pytest.fixture
def priya():
    return practitioner("priya", "police_officer", POLICE, name="Priya Nair")


def test_a_tie_goes_over_to_the_new_seat_with_its_line(kai, priya):
    closing.declare_tie(person=kai, by=priya, at=NOW, because="My nephew")
    doors = []
    door_changed.connect(heard := lambda sender, **_: doors.append(sender))
    again = moved(priya, "front_door_worker", at=SOON)
    door_changed.disconnect(heard)
    assert level_of(viewer=again, person=kai, at=SOON) is Level.NONE
    assert [(tie.because, tie.declared_at) for tie in closing.ties_of(again)] == [("My nephew", NOW)]
    line = LedgerEvent.objects.get(what="tie went over to a new seat")
    assert (line.subject, line.details) == ("person:7F3K", {"whose": again.key})
    assert doors.count(Tie) == 1


def test_a_tie_that_was_ended_does_not(kai, priya):
    tie = closing.declare_tie(person=kai, by=priya, at=NOW, because="My nephew")
    gil = practitioner("gil", "information_officer", POLICE)
    closing.end_tie(tie=tie, by=gil, at=NOW, because="The wrong record")
    assert level_of(viewer=moved(priya, "front_door_worker"), person=kai, at=SOON) is Level.TEAM


def test_it_goes_on_from_seat_to_seat_until_somebody_else_ends_it(kai, priya, grace):
    closing.declare_tie(person=kai, by=priya, at=NOW, because="My nephew")
    second = moved(priya, "front_door_worker")
    closing.end_tie(tie=closing.ties_of(second).get(), by=grace, at=SOON, because="The wrong record")
    assert level_of(viewer=second, person=kai, at=SOON) is Level.TEAM
    third = moved(second, "police_officer", POLICE, at=SOON)
    assert not closing.ties_of(third).exists()


def test_being_named_on_a_restriction_does_not_go_over_since_it_opens(kai, priya):
    bea = practitioner("bea", "front_door_manager")
    closing.restrict(person=kai, readers=[priya], by=bea, at=NOW, because="Moved for safety")
    again = moved(priya, "front_door_worker")
    assert level_of(viewer=again, person=kai, at=SOON) is Level.NONE
    assert set(NamedReader.objects.values_list("practitioner__key", flat=True)) == {"bea", "priya"}


def refused(tie, by):
    with pytest.raises(PermissionDenied):
        closing.end_tie(tie=tie, by=by, at=SOON, because="I do not know him")


def test_nobody_ends_a_tie_of_their_own_from_another_seat(kai, priya, grace):
    """Where nobody keeps the walls at the agency of the first, whoever does at another does; and not they, though a
    colleague ended the tie of their present seat."""
    tie = closing.declare_tie(person=kai, by=priya, at=NOW, because="My nephew")
    again = moved(priya, "information_officer")
    over = closing.ties_of(again).get()
    refused(tie, again)
    refused(over, again)
    closing.end_tie(tie=over, by=grace, at=SOON, because="He is nobody of hers")
    refused(tie, again)
    other = child("ZOE1")
    closing.declare_tie(person=other, by=practitioner("sol", "police_officer", POLICE), at=NOW, because="My niece")
    assert [one.person for one in closing.ties_kept_by(again)] == [other]


def test_whoever_came_back_is_not_who_keeps_their_own_tie_there(kai, priya):
    """At the agency of the first seat nobody else keeps the walls: another agency's officer does."""
    closing.declare_tie(person=kai, by=priya, at=NOW, because="My nephew")
    gil = practitioner("gil", "information_officer", COUNCIL)
    moved(moved(priya, "social_worker"), "information_officer", POLICE, at=SOON)
    Tie.objects.exclude(practitioner=priya).update(ended_at=SOON, ended_by=gil, ended_because="x")
    assert priya.pk in closing.ties_kept_by(gil).values_list("practitioner", flat=True)


def test_nobody_judges_what_they_opened_from_another_seat(kai, priya):
    """The officer who was told has left, and whoever opened it is the officer now."""
    gil = practitioner("gil", "information_officer", COUNCIL)
    open_in_emergency(person=kai, by=priya, at=NOW, because="A child is in danger now: hurt")
    moved(gil, "police_officer", POLICE)
    una, again = practitioner("una", "information_officer"), moved(priya, "information_officer")
    notice = EmergencyNotice.objects.get()
    assert (notices_waiting_for(una, at=SOON), notices_waiting_for(again, at=SOON)) == ([notice], [])
    with pytest.raises(PermissionDenied):
        judge(notice=notice, verdict="judged_fair", because="I was right", by=again, at=SOON)


def test_what_was_not_fair_does_not_open_from_another_seat_either(kai, priya, grace):
    open_in_emergency(person=kai, by=priya, at=NOW, because="A child is in danger now: hurt")
    judge(notice=EmergencyNotice.objects.get(), verdict="judged_not_fair", because="I called", by=grace, at=NOW)
    again = moved(priya, "social_worker")
    ask_in_emergency(reference="7F3K", by=again, at=SOON, because="A child is in danger now: hurt")
    assert level_of(viewer=again, person=kai, at=SOON) is Level.NONE
