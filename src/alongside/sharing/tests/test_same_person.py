"""Somebody who has another seat by now is the person they were: no second person, and what was kept from them is."""

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from alongside.people.closing import declare_tie
from alongside.people.tests.factories import COUNCIL, POLICE, moved, practitioner, standing
from alongside.sharing.actions import say_second_word, withhold
from alongside.sharing.left import left_to_decide
from alongside.sharing.models import ShareDecision
from alongside.sharing.recipients import Target, is_kept_from

from .conftest import AT


@pytest.fixture
def made(kai, leah, priya):
    """Priya kept it back, and asked Leah."""
    asked = {"why_not": "detriment", "because": "He goes there to be alone", "second_asked": leah}
    return withhold(person=kai, to=Target(outside="A club"), by=priya, at=AT, **asked)


def again(made):
    return ShareDecision.objects.get(pk=made.pk)


def test_nobody_says_the_second_word_on_what_they_decided_in_another_seat(as_one, kai, leah, priya, made):
    now = moved(priya, "front_door_worker", at=AT)
    assert as_one(now).get(reverse("share_second", args=[made.pk])).status_code == 404
    with pytest.raises(PermissionDenied):
        say_second_word(decision=made, agrees=True, because="I agree", by=now, at=AT)
    assert again(made).second_by is None
    say_second_word(decision=made, agrees=False, because="He is at risk there", by=leah, at=AT)
    assert again(made).second_by == leah


def test_nobody_sees_to_it_in_place_of_themselves(kai, leah, priya, made):
    say_second_word(decision=made, agrees=False, because="He is at risk there", by=leah, at=AT)
    now = moved(priya, "front_door_manager", at=AT)
    standing(kai, COUNCIL, practitioner=now, role="Lead practitioner")
    declare_tie(person=kai, by=leah, at=AT, because="My nephew")
    assert left_to_decide(now, at=AT) == []
    bea = practitioner("bea", "police_officer", POLICE)
    standing(kai, POLICE, practitioner=bea)
    assert left_to_decide(bea, at=AT) == [made]


def test_what_was_kept_from_somebody_is_kept_from_them_in_another_seat(kai, leah, priya, tom):
    asked = {"why_not": "detriment", "because": "He is his uncle", "second_asked": priya}
    made = withhold(person=kai, to=Target(practitioner=tom), by=leah, at=AT, **asked)
    now = moved(tom, "front_door_worker", at=AT)
    assert is_kept_from(again(made), now)
    with pytest.raises(PermissionDenied):
        say_second_word(decision=again(made), agrees=False, because="I should have it", by=now, at=AT)
