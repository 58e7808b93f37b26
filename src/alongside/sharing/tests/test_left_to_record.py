"""What was given first by somebody who can record the rest no more: officers of their agency hear, and record it."""

from datetime import timedelta

import pytest
import time_machine
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from alongside.agencies.models import Practitioner
from alongside.agencies.seats import lift, suspend
from alongside.ledger.models import LedgerEvent
from alongside.people.closing import declare_tie
from alongside.people.tests.factories import COUNCIL, POLICE, practitioner
from alongside.sharing.actions import give_now, record_rest
from alongside.sharing.recipients import Target
from alongside.web.tests.reading import words

from .conftest import AT

LATE = AT + timedelta(hours=25)
REST = {"because": "To find him", "family": "told", "bases": ["art_6_1_e", "art_9_2_g"]}
SAID = "Leah Brandt gave something now to Tom Whitaker, School, and can no longer record the rest"


@pytest.fixture
def grace(kai):
    """The council's information officer, who sees no child."""
    return practitioner("grace", "information_officer", COUNCIL, name="Grace Lumb")


@pytest.fixture
def made(kai, leah, tom):
    return give_now(person=kai, to=Target(practitioner=tom), words="Look for a grey car.", by=leah, at=AT)


def page_of(made):
    return reverse("share_left", args=[made.pk])


def test_what_a_suspended_seat_left_is_recorded_by_its_agencys_officer(as_one, grace, leah, made, tom):
    client = as_one(grace)
    suspend(practitioner=leah, because="Left", by="tests", at=AT)
    assert SAID not in words(client.get("/", follow=True))
    assert client.get(page_of(made)).status_code == 404
    with time_machine.travel(LATE, tick=False):
        client = as_one(grace)
        assert SAID in words(client.get("/"))
        assert "Write in a line what they need it for" in words(client.post(page_of(made)))
        assert client.post(page_of(made), REST).status_code == 302
        assert SAID not in words(client.get("/", follow=True))
        assert "To find him" in words(as_one(tom).get(reverse("received_one", args=[made.pk])))
    made.refresh_from_db()
    assert (made.because, made.recorded_at, made.recorded_by) == ("To find him", LATE, grace)


def test_the_page_names_nothing_of_the_child_and_a_look_is_in_the_ledger(as_one, grace, leah, made):
    suspend(practitioner=leah, because="Left", by="tests", at=AT)
    with time_machine.travel(LATE, tick=False):
        page = words(as_one(grace).get(page_of(made)))
    assert "Leah Brandt" in page
    assert not [word for word in ("Kai", "7F3K", "grey car") if word in page]
    looks = LedgerEvent.objects.filter(actor="grace", operation="view", what="giving left to record")
    assert [one.subject for one in looks] == [made.subject]


def test_the_team_reads_who_recorded_it(as_one, grace, leah, made, kai):
    suspend(practitioner=leah, because="Left", by="tests", at=AT)
    record_rest(decision=made, by=grace, at=LATE, because="To find him", family="told", bases=["art_6_1_e"])
    lift(practitioner=leah, because="Back", by="tests", at=LATE)
    leah.refresh_from_db()
    assert "Recorded by: Grace Lumb" in words(as_one(leah).get(reverse("child_shared", args=["7F3K"])))


def test_whoever_may_give_nothing_any_more_leaves_it_too(as_one, grace, leah, made):
    Practitioner.objects.filter(pk=leah.pk).update(role="analyst")
    leah.refresh_from_db()
    with time_machine.travel(LATE, tick=False):
        assert "ecord the rest of what you gave" not in words(as_one(leah).get("/", follow=True))
        assert SAID in words(as_one(grace).get("/"))


def test_nobody_else_hears_or_records(as_one, kai, grace, leah, made, priya):
    other = practitioner("hal", "information_officer", POLICE)
    tied = practitioner("win", "data_protection_lead", COUNCIL)
    declare_tie(person=kai, by=tied, at=AT, because="My nephew")
    with time_machine.travel(LATE, tick=False):
        assert as_one(grace).get(page_of(made)).status_code == 404  # Leah can record it herself.
        suspend(practitioner=leah, because="Left", by="tests", at=AT)
        for who in (other, tied):
            assert SAID not in words(as_one(who).get("/", follow=True))
            assert as_one(who).get(page_of(made)).status_code == 404
        assert as_one(priya).get(page_of(made)).status_code == 403
    for who in (other, tied, priya):
        with pytest.raises(PermissionDenied):
            record_rest(decision=made, by=who, at=LATE, because="x", family="told")


def has_a_tie(kai, officer):
    declare_tie(person=kai, by=officer, at=AT, because="My nephew")


def has_left(kai, officer):
    suspend(practitioner=officer, because="Left", by="tests", at=AT)


def records_no_more(kai, officer):
    Practitioner.objects.filter(pk=officer.pk).update(role="analyst")


@pytest.mark.parametrize("cannot", [has_a_tie, has_left, records_no_more])
def test_where_an_agency_has_nobody_who_can_another_agencys_officer_records_it(
    as_one, kai, grace, leah, made, priya, cannot
):
    """As with emergencies: somebody hears of it."""
    hal, sol = practitioner("hal", "information_officer", POLICE), practitioner("sol", "data_protection_lead", POLICE)
    declare_tie(person=kai, by=sol, at=AT, because="My nephew")
    suspend(practitioner=leah, because="Left", by="tests", at=AT)
    with time_machine.travel(LATE, tick=False):
        assert SAID not in words(as_one(hal).get("/", follow=True))  # Grace can.
        cannot(kai, grace)
        for who in (sol, priya):
            assert SAID not in words(as_one(who).get("/", follow=True))
        client = as_one(hal)
        assert SAID in words(client.get("/", follow=True))
        assert client.post(page_of(made), REST).status_code == 302
    made.refresh_from_db()
    assert (made.because, made.recorded_by) == ("To find him", hal)
