"""Every page that hands out a file to keep or print counts towards the limit of a seat, and gives none beyond it."""

from datetime import timedelta

import pytest
import time_machine
from conftest import NOW

from alongside.access.limits import Measure
from alongside.web.exports import MARKING_HEADER
from tests.matrix.doors import CAST, Doors
from tests.matrix.things import whole_world
from tests.matrix.things_kept import add_rows_to_mend

from .failing import undone

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("agencies")]
COPIES = {"briefing_pdf", "briefing_json", "briefing_text", "access_pack", "import_rejects", "share_paper"}


@pytest.fixture
def doors(settings, tmp_path):
    settings.UPLOADS = tmp_path
    with time_machine.travel(NOW, tick=False) as clock:
        world = whole_world(CAST)
        add_rows_to_mend(world)
        yield list(Doors(world).that_open()), clock


def taken(door, clock):
    """The answers to two askings, a moment apart."""
    answers = []
    with undone(door.asker.client):
        for _ in range(2):
            answers.append(getattr(door.asker.client, door.method)(door.address, door.body))
            answers[-1].close()
            clock.shift(timedelta(seconds=1))
    return answers


def test_whoever_took_one_copy_too_many_gets_no_more(doors, monkeypatch):
    few = {Measure.EXPORT: {"day": (1, 2)}}
    monkeypatch.setattr("alongside.access.queries.limits_for", lambda measure, **_: few.get(measure, {}))
    opened, clock = doors
    copies = {}
    for door in opened:
        first, second = taken(door, clock)
        if MARKING_HEADER in first:
            copies[door.name] = (first.status_code, second.status_code, MARKING_HEADER in second)
    assert copies == dict.fromkeys(COPIES, (200, 429, False))
