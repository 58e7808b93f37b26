"""Emergency access that ends before its hours are over, and that never opens."""

from datetime import timedelta

import pytest

from alongside.access.rules import Level
from alongside.agencies import seats
from alongside.people.emergency import ask_in_emergency, judge
from alongside.people.models import EmergencyNotice, Standing
from alongside.people.queries import level_of

from .factories import COUNCIL, NOW, practitioner

pytestmark = pytest.mark.django_db
SOON, LATER = NOW + timedelta(minutes=20), NOW + timedelta(hours=2, minutes=1)
BECAUSE = "A child is in danger now: found hurt"


def level(kai, who, *, at=SOON):
    return level_of(viewer=who, person=kai, at=at)


def asked(by, *, at=NOW):
    ask_in_emergency(reference="7F3K", by=by, at=at, because=BECAUSE)


def judged(verdict, by):
    judge(notice=EmergencyNotice.objects.get(told=by), verdict=verdict, because="I called", by=by, at=SOON)


@pytest.mark.parametrize(
    ("verdict", "level_then"),
    [("judged_not_fair", Level.NONE), ("judged_fair", Level.TEAM), ("training_agreed", Level.TEAM)],
)
def test_a_use_that_was_not_fair_ends_at_once(kai, ann, grace, verdict, level_then):
    asked(ann)
    assert level(kai, ann) is Level.TEAM
    judged(verdict, grace)
    assert level(kai, ann) is level_then


def test_it_does_not_open_again_while_it_would_have_lasted_and_does_afterwards(kai, ann, grace):
    asked(ann)
    judged("judged_not_fair", grace)
    asked(ann, at=SOON)
    assert level(kai, ann) is Level.NONE
    assert EmergencyNotice.objects.filter(told=grace, judged_at=None).count() == 1
    asked(ann, at=LATER)
    assert level(kai, ann, at=LATER) is Level.TEAM


@pytest.mark.parametrize("stop", [seats.suspend, seats.end_seat])
def test_it_ends_with_the_seat_and_is_not_open_when_the_seat_comes_back(kai, ann, grace, stop):
    asked(ann)
    stop(practitioner=ann, because="Misuse", by="tests", at=NOW + timedelta(minutes=5))
    back = seats.lift if stop is seats.suspend else seats.give_back
    back(practitioner=ann, because="Back", by="tests", at=NOW + timedelta(minutes=10))
    ann.refresh_from_db()
    assert level(kai, ann) is Level.NONE


def test_nothing_else_that_a_seat_stands_for_ends_with_it(kai, ann):
    other = Standing.objects.create(
        person=kai, practitioner=ann, agency=ann.agency, level="team", role="Nurse", because="x", since=NOW, source="x"
    )
    seats.suspend(practitioner=ann, because="Leave", by="tests", at=SOON)
    other.refresh_from_db()
    assert other.until is None


def test_it_does_not_open_where_nobody_can_be_told(kai, ann):
    asked(ann)
    assert level(kai, ann) is Level.NONE
    assert Standing.objects.get().level == Level.NONE
    practitioner("maya", "front_door_worker", COUNCIL)
    asked(ann, at=SOON)
    assert level(kai, ann) is Level.TEAM
