"""The office’s list of what is still being read holds what somebody can read, or could again, and nothing else."""

from datetime import timedelta

import pytest
from django.urls import reverse

from alongside.agencies.seats import end_seat, lift, suspend
from alongside.people.closing import declare_tie, restrict
from alongside.people.tests.factories import CAMHS, COUNCIL, practitioner, team
from alongside.sharing.actions import give
from alongside.sharing.recipients import Target
from alongside.web.tests.reading import words

from .conftest import AT, TOLD, given

MINUTE = timedelta(minutes=1)
RUNNING = reverse("share_running")


@pytest.fixture
def bea(kai):
    return practitioner("bea", "front_door_manager", COUNCIL)


@pytest.fixture
def grace(as_one, kai):
    return as_one(practitioner("grace", "information_officer", COUNCIL, name="Grace Lumb"))


@pytest.fixture
def made(kai, leah, tom):
    return given(kai, by=leah, to=tom, words="Look for a grey car.")


@pytest.mark.parametrize("how", ["restricted", "tied", "ended"])
def test_what_nobody_can_read_is_not_still_being_read(grace, kai, tom, bea, made, how):
    assert "To Tom Whitaker" in words(grace.get(RUNNING))
    if how == "restricted":
        restrict(person=kai, readers=[], by=bea, at=AT + MINUTE, because="Few")
    elif how == "tied":
        declare_tie(person=kai, by=tom, at=AT, because="My nephew")
    else:
        end_seat(practitioner=tom, because="Left", by="tests", at=AT)
    assert "Tom Whitaker" not in words(grace.get(RUNNING))
    assert grace.get(reverse("share_running_one", args=[made.pk])).status_code == 404


def test_what_was_given_after_the_restriction_or_to_somebody_named_is_read(grace, kai, leah, tom, bea, made):
    restrict(person=kai, readers=[leah], by=bea, at=AT - MINUTE, because="Few")
    assert "To Tom Whitaker" in words(grace.get(RUNNING))


def test_what_a_suspended_recipient_could_read_again_is_ended_before(as_one, grace, leah, tom, made):
    """They may have been suspended because they are the danger, and its giver may have left."""
    end_seat(practitioner=leah, because="Left", by="tests", at=AT)
    suspend(practitioner=tom, because="He may be the danger", by="tests", at=AT)
    assert "To Tom Whitaker" in words(grace.get(RUNNING))
    grace.post(reverse("share_running_one", args=[made.pk]), {"because": "He may be the danger"})
    lift(practitioner=tom, because="It was somebody else", by="tests", at=AT)
    tom.refresh_from_db()
    assert as_one(tom).get(reverse("received_one", args=[made.pk])).status_code == 410


def test_what_a_team_was_given_is_ended_whoever_is_in_it_today(grace, kai, leah):
    """Somebody who joins it tomorrow could read it."""
    crisis = team("crisis", CAMHS)
    made = give(person=kai, to=Target(team=crisis), chosen=[], words="x", by=leah, at=AT, **TOLD)
    assert f"To {crisis.name}" in words(grace.get(RUNNING))
    seat = practitioner("a", "health_worker", CAMHS, team=crisis)
    declare_tie(person=kai, by=seat, at=AT, because="My nephew")
    assert f"To {crisis.name}" in words(grace.get(RUNNING))
    grace.post(reverse("share_running_one", args=[made.pk]), {"because": "Not needed"})
    assert f"To {crisis.name}" not in words(grace.get(RUNNING))
