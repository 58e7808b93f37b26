"""A crawl of everything that can be reached, as every role: no word of a child reaches somebody it is not for, on no
page, in no file, e-mail or line of a log."""

import logging
import os
from io import BytesIO

import pytest
import time_machine
from conftest import NOW
from django.core import mail
from django.urls import reverse
from pypdf import PdfReader

from tests.crawl import Visit, walk

from .asker import Tally, asker_of
from .judging import judge_shown
from .oracle import AGENCY, HANDLINGS
from .places import EVERYBODY, PLACES, Place
from .test_matrix import agrees
from .things import whole_world
from .world import CANARY, HELD, NAME, WORKS

pytestmark = [pytest.mark.matrix, pytest.mark.django_db, pytest.mark.usefixtures("agencies")]
WHOLE = os.environ.get("ALONGSIDE_TESTS_LONG") == "1"
# What is no page of ours, as the description of the API.
NO_CHILD = Place(EVERYBODY)
SHORT = ("front_door_worker", "information_officer", "meeting_chair", "health_worker", "police_intelligence")
ROLES = tuple(AGENCY) if WHOLE else SHORT


@pytest.fixture
def world(caplog):
    caplog.set_level(logging.DEBUG)
    with time_machine.travel(NOW, tick=False):
        yield whole_world(ROLES)


def text_of(visit: Visit) -> str:
    """What somebody can read of the answer; of a PDF its words."""
    answer = visit.answer
    body = b"".join(answer.streaming_content) if answer.streaming else answer.content
    if answer.get("Content-Type", "").startswith("application/pdf"):
        return " ".join(page.extract_text() for page in PdfReader(BytesIO(body)).pages)
    return f"{answer.headers} {body.decode('utf-8', 'replace')}"


def addresses_of(world, asker):
    """Pages of each child of this role's cast and of each thing, whether anything links to them or not; and of what
    this reader is answered who looks for a child."""
    for child in (one for one in world.children.values() if one.role == asker.held):
        yield reverse("child", args=[child.person.reference])
        for handling in HANDLINGS:
            if handling in child.receipts:
                yield reverse("child_entry", args=[child.person.reference, child.receipts[handling]])
    for name, things in world.things.items():
        yield from (reverse(name, args=thing.args) for thing in things)
    yield from sought_by(world, asker.client)


def sought_by(world, client):
    """By a name that many bear, and by the name of each child, in small letters: the page says again what was typed."""
    names = [one.person.family_name.lower() for one in world.children.values()]
    for name in ["Kit 2011", *names]:
        answer = client.post(reverse("find"), {"q": name})
        if answer.status_code == 302:
            yield answer["Location"]


@pytest.mark.parametrize("role", ROLES)
def test_no_word_of_a_child_reaches_whom_it_is_not_for(world, caplog, role):
    asker, tally = asker_of(world.viewers[role]), Tally()
    asker.client.raise_request_exception = False
    for visit in walk(asker.client, also=addresses_of(world, asker)):
        place, who = PLACES.get(visit.name, NO_CHILD), f"{role}: {visit.address}"
        judge_shown(world, asker, tally, place, text_of(visit), who)
        tally.judge(visit.answer.status_code < 500, f"{who} fails")
    said = caplog.text + " ".join(f"{one.subject} {one.body}" for one in mail.outbox)
    told = [words for words in (CANARY, NAME, WORKS, HELD) if words.search(said)]
    tally.judge(not told, f"{role}: a log or an e-mail tells of a child: {told}")
    agrees(tally, at_least=40)
