"""Whoever may hold a copy of what is disposed of is told, and nobody else."""

from datetime import timedelta

import pytest
import time_machine
from conftest import NOW
from django.urls import reverse

from alongside.access.rules import Level
from alongside.agencies.models import Agency
from alongside.contributions.models import Contribution
from alongside.keeping.models import DisposalNotice
from alongside.keeping.receivers import SHOW_IN_SHORT
from alongside.ledger import subjects
from alongside.ledger.models import Operation, record
from alongside.ledger.sentences import SAID
from alongside.linkage.actions import move
from alongside.people.models import AgencyRecord, Person, Standing

from .conftest import old
from .test_disposing import dispose, given_on_purpose

pytestmark = pytest.mark.django_db
POLICE, CAMHS = "west-yorkshire-police", "leeds-camhs"


@pytest.fixture
def ann(seat):
    return seat("ann", CAMHS, "health_worker", name="Ann Frost")


def looks(who, what="timeline", *, person=None, at=NOW):
    person = person or Person.objects.get(stands=True)
    record(Operation.VIEW, what, by=who, at=at, about=subjects.child(person.reference))


def told():
    return set(DisposalNotice.objects.values_list("told", flat=True))


def test_police_who_read_the_whole_timeline_are_told_that_they_may_hold_a_copy(tell, una, joe, pat, priya, client):
    tell(old())
    person = Person.objects.get()
    near = {"practitioner": priya, "agency": priya.agency, "level": Level.TEAM, "role": "Police", "source": "tests"}
    Standing.objects.create(person=person, because="Tests", since=NOW - timedelta(days=1), **near)
    with time_machine.travel(NOW, tick=False):
        client.force_login(priya)
        assert (
            "Seen with two friends" in client.get(reverse("child_timeline", args=[person.reference])).content.decode()
        )
    dispose(una, joe)
    assert told() == {POLICE}
    client.force_login(pat)
    assert "you may hold a copy" in client.get(reverse("keeping")).content.decode()


@pytest.mark.parametrize("what", SHOW_IN_SHORT)
def test_whatever_page_showed_it_in_short_counts(tell, una, joe, priya, what):
    assert what in SAID
    tell(old())
    looks(priya, what)
    dispose(una, joe)
    assert told() == {POLICE}


@pytest.mark.parametrize("what", ["contact card", "search result", "who looked"])
def test_a_page_that_shows_nothing_of_it_does_not(tell, una, joe, priya, what):
    tell(old())
    looks(priya, what)
    dispose(una, joe)
    assert told() == set()


def test_nor_does_a_look_before_it_was_told_or_at_another_child(tell, una, joe, priya):
    tell(old())
    looks(priya, at=NOW - timedelta(minutes=1))
    looks(priya, person=Person.objects.create(reference="ANOTHER"))
    dispose(una, joe)
    assert told() == set()


@pytest.mark.parametrize(
    ("handling", "had"),
    [
        ("partnership", {POLICE, CAMHS, "catch"}),
        ("team", {POLICE, CAMHS, "catch"}),
        ("statutory", {POLICE, CAMHS}),
        ("agencies:leeds-camhs", {CAMHS}),
        ("police", {POLICE}),
        ("restricted:ann", {CAMHS}),
    ],
)
def test_only_those_whom_its_handling_admits_are_told(tell, una, joe, priya, ann, seat, handling, had):
    tell(old(handling=handling))
    assert Contribution.objects.get().handling == handling
    for one in (priya, ann, seat("kit", "catch", "service_worker")):
        looks(one, person=Person.objects.get())
    assert Agency.objects.get(pk="catch").is_statutory is False
    dispose(una, joe)
    assert told() == had


def test_who_read_or_was_given_an_older_version_is_told_too(tell, una, joe, priya, ann):
    tell(old())
    first = Contribution.objects.get()
    record(Operation.VIEW, "entry", by=priya, at=NOW, about=first.subject)
    given_on_purpose(first, by=priya, to=ann)
    tell(old(narrative="Corrected."))
    dispose(una, joe)
    assert told() == {POLICE, CAMHS}


def test_a_look_counts_under_the_name_that_the_child_had_then(tell, una, joe, priya, grace):
    tell(old(), old("N-2", person={"reference": "C-2", "given_name": "Ada", "family_name": "Hill"}))
    ada, siobhan = (AgencyRecord.objects.get(reference=one) for one in ("C-2", "C-1"))
    looks(priya, person=ada.person)
    move(ada, siobhan.person, by=grace, at=NOW, rule="decided", because="Same child")
    dispose(una, joe)
    assert DisposalNotice.objects.filter(told=POLICE).count() == 1
