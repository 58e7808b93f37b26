from collections.abc import Iterator
from datetime import timedelta

import pytest
import time_machine

from alongside.people.tests.factories import NOW


@pytest.fixture(autouse=True)
def the_morning_of_the_tests() -> Iterator[None]:
    """Pages read the clock once; here it stands at twenty past nine."""
    with time_machine.travel(NOW + timedelta(minutes=20), tick=False):
        yield
