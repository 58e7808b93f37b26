"""A child, a clinician, and the officer who looks into emergencies."""

import pytest

from .factories import CAMHS, COUNCIL, child, practitioner


@pytest.fixture
def kai(db):
    return child("7F3K")


@pytest.fixture
def ann(db):
    return practitioner("ann", "health_worker", CAMHS)


@pytest.fixture
def grace(db):
    return practitioner("grace", "information_officer", COUNCIL)
