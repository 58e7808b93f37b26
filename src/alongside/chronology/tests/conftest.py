from collections.abc import Iterator
from datetime import timedelta

import pytest
import time_machine

from alongside.people.tests.factories import NOW, child, practitioner


@pytest.fixture(autouse=True)
def the_morning_of_the_tests() -> Iterator[None]:
    """Pages read the clock once; here it stands at twenty past nine."""
    with time_machine.travel(NOW + timedelta(minutes=20), tick=False):
        yield


@pytest.fixture
def kai():
    return child("7F3K", called="Kai", given_name="Kai-Emmanuel", trusted_person="Coach Dean")


@pytest.fixture
def signed_in(client):
    """Signs somebody in: `signed_in("maya", "front_door_worker", COUNCIL)`."""

    def as_one(key, role, of, **more):
        viewer = practitioner(key, role, of, **more)
        client.force_login(viewer)
        return viewer

    return as_one
