"""A tie and a restriction close what was told of an emergency as they close the record."""

import pytest
import time_machine
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from alongside.people.closing import declare_tie, restrict
from alongside.people.emergency import ask_in_emergency, judge, notices_waiting_for, open_in_emergency
from alongside.people.models import EmergencyNotice
from alongside.people.tests.factories import CAMHS, COUNCIL, NOW, practitioner, standing
from alongside.web.tests.reading import words

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def the_morning_of_the_tests():
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def leah(kai):
    lead = practitioner("leah", "social_worker", COUNCIL)
    standing(kai, COUNCIL, practitioner=lead)
    return lead


def told() -> set[str]:
    return set(EmergencyNotice.objects.values_list("told__key", flat=True))


def opened(kai, by):
    open_in_emergency(person=kai, by=by, at=NOW, because="Hurt at his uncle’s flat")


def pages_of(client, who) -> tuple[list[str], int]:
    """What a practitioner reads of the one notice of theirs: on three pages, and the answer of the last."""
    client.force_login(who)
    notice = client.get(reverse("emergency_notice", args=[EmergencyNotice.objects.get(told=who).pk]))
    pages = [client.get("/"), client.get(reverse("emergency_queue")), notice]
    return [words(page) for page in pages], notice.status_code


def test_whoever_is_tied_to_the_child_is_not_told_and_the_next_is(kai, priya, leah, grace):
    ann = practitioner("ann", "health_worker", CAMHS)
    practitioner("gil", "information_officer", CAMHS)
    standing(kai, CAMHS, practitioner=ann)
    for who in (leah, grace):
        declare_tie(person=kai, by=who, at=NOW, because="My nephew")
    opened(kai, priya)
    assert told() == {"ann", "gil"}


def test_of_a_restricted_record_nobody_who_is_tied_is_told(kai, priya, leah, grace):
    bea, ron = (practitioner(key, "front_door_manager", COUNCIL) for key in ("bea", "ron"))
    restrict(person=kai, readers=[leah], by=bea, at=NOW, because="Moved")
    for who in (bea, leah):
        declare_tie(person=kai, by=who, at=NOW, because="My nephew")
    ask_in_emergency(reference="7F3K", by=priya, at=NOW, because="Hurt")
    assert told() == {"ron", "grace"}
    assert len(notices_waiting_for(ron)) == 1


@pytest.mark.parametrize("who", ["leah", "grace"])
def test_a_tie_that_is_declared_later_closes_the_notice(client, request, kai, priya, leah, grace, who):
    opened(kai, priya)
    viewer = request.getfixturevalue(who)
    declare_tie(person=kai, by=viewer, at=NOW, because="My nephew")
    pages, status = pages_of(client, viewer)
    assert status == 404
    assert not any("uncle" in page or "7F3K" in page for page in pages)
    with pytest.raises(PermissionDenied):
        judge(notice=EmergencyNotice.objects.get(told=viewer), verdict="judged_fair", because="x", by=viewer, at=NOW)


def test_a_later_restriction_closes_it_to_the_lead_and_leaves_the_word_to_the_office(client, kai, priya, leah, grace):
    opened(kai, priya)
    restrict(person=kai, readers=[], by=practitioner("bea", "front_door_manager"), at=NOW, because="Moved")
    pages, status = pages_of(client, leah)
    assert status == 404
    assert not any("uncle" in page or "7F3K" in page for page in pages)
    judge(notice=EmergencyNotice.objects.get(told=grace), verdict="judged_fair", because="Called", by=grace, at=NOW)
    assert not notices_waiting_for(grace)
