"""A child with a team, somebody outside it, and what partners told."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from types import SimpleNamespace

import pytest
import time_machine
from django.test import Client

from alongside.agencies.models import Agency
from alongside.chronology.guard import Look
from alongside.people.queries import level_of, standings_of
from alongside.people.tests.factories import CAMHS, COUNCIL, NOW, POLICE, agency, child, practitioner, standing
from alongside.sharing.actions import give
from alongside.sharing.offering import offers
from alongside.sharing.recipients import Target

AT = NOW + timedelta(minutes=20)
SCHOOL = "leeds-education"


@pytest.fixture(autouse=True)
def the_morning_of_the_tests() -> Iterator[None]:
    with time_machine.travel(AT, tick=False):
        yield


@pytest.fixture
def kai(db):
    """With partners whose sectors are known: the bases that are offered go by them."""
    for slug, sector in {COUNCIL: "social care", POLICE: "police", CAMHS: "health", SCHOOL: "education"}.items():
        agency(slug)
        Agency.objects.filter(pk=slug).update(sector=sector)
    return child("7F3K", called="Kai", given_name="Kai")


@pytest.fixture
def leah(kai):
    """In the team around Kai."""
    seat = practitioner("leah", "social_worker", COUNCIL, name="Leah Brandt", phone="0113 496 0222")
    standing(kai, COUNCIL, practitioner=seat)
    return seat


@pytest.fixture
def priya(kai):
    """Police, in the team around Kai."""
    seat = practitioner("priya", "police_officer", POLICE, name="Priya Nair")
    standing(kai, POLICE, practitioner=seat)
    return seat


@pytest.fixture
def tom(kai):
    """A school's lead, outside the team."""
    return practitioner("tom", "school_lead", SCHOOL, name="Tom Whitaker")


@pytest.fixture
def ann(kai):
    """A clinician, outside the team."""
    return practitioner("ann", "health_worker", CAMHS, name="Ann Oduya")


def look_of(viewer, person) -> Look:
    held = list(standings_of(person, at=AT))
    return Look(viewer, person, level_of(viewer=viewer, person=person, at=AT, standings=held), held, AT)


TOLD = {
    "because": "So that he comes home safely",
    "bases": ["art_6_1_e", "art_9_2_g"],
    "family": "told",
    "expires_on": AT.date() + timedelta(days=90),
}


def given(person, *, by, to=None, outside="", entries=(), **more):
    """Gives these entries, or words, as the page would."""
    receipts = {one.contribution.receipt for one in entries}
    chosen = [one for one in offers(look_of(by, person)) if one.receipt in receipts]
    target = Target(practitioner=to, outside=outside)
    return give(person=person, to=target, chosen=chosen, by=by, at=AT, **(TOLD | more))


@pytest.fixture
def as_one() -> Callable[..., Client]:
    """A browser in which that practitioner is signed in."""

    def signed_in(who) -> Client:
        client = Client()
        client.force_login(who)
        return client

    return signed_in


@pytest.fixture
def filled(tom) -> SimpleNamespace:
    """The page as it is most often filled in."""
    answers = {"to": "p:tom", "because": "So that he comes home safely", "family": "told", "read": "on"}
    day = {"expires_on_day": "21", "expires_on_month": "2", "expires_on_year": "2027"}
    return SimpleNamespace(answers=answers | day | {"bases": ["art_6_1_e", "art_9_2_g"]})
