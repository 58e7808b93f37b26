"""The cast of the tests of what waits on the first page."""

import pytest

from alongside.agencies.models import Practitioner
from alongside.people.models import Person
from alongside.people.tests.factories import COUNCIL, POLICE, child, practitioner


@pytest.fixture
def kai() -> Person:
    return child("7F3K", called="Kai")


@pytest.fixture
def priya() -> Practitioner:
    return practitioner("priya", "police_officer", POLICE, name="Priya Nair")


@pytest.fixture
def grace() -> Practitioner:
    return practitioner("grace", "information_officer", COUNCIL, name="Grace Lumb")
