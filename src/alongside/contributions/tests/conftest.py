"""Those who tell, signed in, each at their own machine."""

import pytest
from django.test import Client

from alongside.agencies.models import Agency
from alongside.contributions.tokens import make_token


@pytest.fixture
def now(monkeypatch):
    from conftest import NOW

    monkeypatch.setattr("django.utils.timezone.now", lambda: NOW)


def at_a_machine(practitioner):
    client = Client()
    client.force_login(practitioner)
    return client


@pytest.fixture
def officer(seat):
    team = "west-yorkshire-police-safeguarding"
    return at_a_machine(seat("priya", "west-yorkshire-police", "police_officer", team=team, name="Priya Nair"))


@pytest.fixture
def sergeant(seat):
    team = "west-yorkshire-police-safeguarding"
    return at_a_machine(seat("hall", "west-yorkshire-police", "police_supervisor", team=team, name="Ros Hall"))


@pytest.fixture
def new_sergeant(seat):
    """Of another team of the same agency."""
    team = "west-yorkshire-police-response"
    return at_a_machine(seat("nora", "west-yorkshire-police", "police_supervisor", team=team, name="Nora Kaye"))


@pytest.fixture
def highways(omar):
    return at_a_machine(omar)


@pytest.fixture
def front_door(maya):
    return at_a_machine(maya)


@pytest.fixture
def desk(seat):
    """Police intelligence: reads first what partners saw, and grades it."""
    return at_a_machine(seat("kofi", "west-yorkshire-police", "police_intelligence", name="Kofi Mensah"))


@pytest.fixture
def key(agencies):
    """A key of the council, for every kind."""
    from conftest import NOW

    council = Agency.objects.get(pk="leeds-city-council")
    return make_token(agency=council, name="mosaic", kinds=[], by="tests", at=NOW)[1]
