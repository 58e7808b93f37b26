"""A child whom two agencies told of, and the officers who answer for them."""

from collections.abc import Callable, Iterator
from datetime import timedelta

import pytest
import time_machine
from django.test import Client

from alongside.access_requests.actions import log_request
from alongside.chronology.tests.factories import entry
from alongside.people.tests.factories import COUNCIL, NOW, POLICE, child, practitioner, record

AT = NOW + timedelta(minutes=20)
TODAY = AT.date()
ASKED = {
    "asked_by": "Ada Adeyemi",
    "asked_as": "parent",
    "reply_to": "by hand, at the office",
    "identity_how": "passport and birth certificate seen",
    "identity_on": TODAY,
    "received_on": TODAY,
}
NARRATIVE = "Kai came in cold. Zara Brown held the bag. He said nothing more."


@pytest.fixture(autouse=True)
def the_morning_of_the_tests() -> Iterator[None]:
    with time_machine.travel(AT, tick=False):
        yield


@pytest.fixture
def grace(db):
    return practitioner("grace", "information_officer", COUNCIL, name="Grace Lumb")


@pytest.fixture
def imran(db):
    """The other officer of Grace's agency."""
    return practitioner("imran", "data_protection_lead", COUNCIL, name="Imran Shah")


@pytest.fixture
def leah(db):
    """A third, and Noor a fourth: named where something was told to two of them alone."""
    return practitioner("leah", "information_officer", COUNCIL, name="Leah Hill")


@pytest.fixture
def noor(db):
    return practitioner("noor", "data_protection_lead", COUNCIL, name="Noor Aziz")


@pytest.fixture
def piet(db):
    """Police answer for what police told."""
    return practitioner("piet", "information_officer", POLICE, name="Piet Vos")


@pytest.fixture
def kai(db):
    """The council knows Kai as C-1 and told of him and of Zara; police know him too."""
    person = child("7F3K", called="Kai", given_name="Kai", family_name="Adeyemi")
    record(person, COUNCIL, reference="C-1", system="mosaic")
    tell(person, narrative=NARRATIVE)
    record(person, POLICE, reference="N-1")
    entry(person, POLICE, contribution={"told": {"narrative": "Seen by police.", "people": [{"reference": "N-1"}]}})
    return person


def tell(person, of=COUNCIL, *, narrative="Told.", details=None, handling="team", readers="", kind="general_note"):
    """Something that agency told of Kai and Zara Brown."""
    people = [
        {
            "role": "subject",
            "reference": "C-1" if of == COUNCIL else "N-1",
            "given_name": "Kai",
            "family_name": "Adeyemi",
        },
        {"role": "associate", "reference": "X-9", "given_name": "Zara", "family_name": "Brown", "upn": "Z999"},
    ]
    told = {"narrative": narrative, "people": people, "details": details or {}}
    source = {"told": told, "kind": kind, "system": "mosaic" if of == COUNCIL else "niche"}
    return entry(person, of, handling=handling, readers=readers, kind=kind, contribution=source)


@pytest.fixture
def part(kai, grace):
    """The council's part of a request that Kai's mother made."""
    return log_request(person=kai, by=grace, at=AT, **ASKED).parts.get(agency=COUNCIL)


@pytest.fixture
def as_one() -> Callable[..., Client]:
    """A browser in which that practitioner is signed in."""

    def signed_in(who) -> Client:
        client = Client()
        client.force_login(who)
        return client

    return signed_in
