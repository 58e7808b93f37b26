"""Two records officers of the council, one of the police, and something told so long ago that it falls due."""

import pytest
from conftest import NOW

from alongside.contributions.actions import accept
from alongside.contributions.tests.example import note
from alongside.flow import follow_pending

LONG_AGO = "1991-05-01T10:00:00Z"


@pytest.fixture
def una(seat):
    return seat("una", "leeds-city-council", "records_officer", name="Una Field")


@pytest.fixture
def joe(seat):
    return seat("joe", "leeds-city-council", "records_officer", name="Joe Marsh")


@pytest.fixture
def pat(seat):
    return seat("pat", "west-yorkshire-police", "records_officer", name="Pat Wood")


@pytest.fixture
def tell(agencies):
    def told(*items):
        verdicts = accept(items, by="tests", at=NOW)
        while follow_pending(at=NOW):
            pass
        return verdicts

    return told


def old(reference="N-1", **changes):
    """A note of the council's that falls due."""
    return note(reference, occurred_at=LONG_AGO, **changes)
