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

from .asker import Tally
from .judging import may_name, may_show
from .oracle import AGENCY, HANDLINGS
from .places import EVERYBODY, PLACES, Place
from .test_matrix import agrees, asker_of
from .things import whole_world
from .world import CANARY, NAME

pytestmark = [pytest.mark.matrix, pytest.mark.django_db, pytest.mark.usefixtures("agencies")]
WHOLE = os.environ.get("ALONGSIDE_TESTS_LONG") == "1"
# What is no page of ours, as the description of the API.
NO_CHILD = Place(EVERYBODY)
ROLES = tuple(AGENCY) if WHOLE else ("front_door_worker", "meeting_chair", "police_intelligence")


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


def addresses_of(world, role):
    """Pages of each child of this role's cast, whether anything links to them or not."""
    for child in (one for one in world.children.values() if one.role == role):
        yield reverse("child", args=[child.person.reference])
        for handling in HANDLINGS:
            if handling in child.receipts:
                yield reverse("child_entry", args=[child.person.reference, child.receipts[handling]])


@pytest.mark.parametrize("role", ROLES)
def test_no_word_of_a_child_reaches_whom_it_is_not_for(world, caplog, role):
    asker, tally = asker_of(world.viewers[role]), Tally()
    asker.client.raise_request_exception = False
    for visit in walk(asker.client, also=addresses_of(world, role)):
        text, place = text_of(visit), PLACES.get(visit.name, NO_CHILD)
        for number, handling in CANARY.findall(text):
            allowed = may_show(world, asker, place, int(number), handling)
            tally.judge(allowed, f"{role}: {visit.address} shows {number} {handling}")
        for number in NAME.findall(text):
            tally.judge(may_name(world, asker, place, int(number)), f"{role}: {visit.address} names {number}")
        tally.judge(visit.answer.status_code < 500, f"{role}: {visit.address} fails")
    said = caplog.text + " ".join(f"{one.subject} {one.body}" for one in mail.outbox)
    tally.judge(not CANARY.search(said) and not NAME.search(said), f"{role}: a log or an e-mail tells of a child")
    agrees(tally, at_least=40)
