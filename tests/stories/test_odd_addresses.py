"""An address with a sign that no database keeps is an address of nothing, never a failure. PostgreSQL refuses a NUL
where SQLite only finds nothing, so these are run on both."""

import re

import pytest
from django.urls import reverse

from alongside.ledger.models import LedgerEvent
from alongside.people.models import Standing
from alongside.people.tests.factories import POLICE, child, practitioner, standing, team
from tests.house.tracked import pages

pytestmark = pytest.mark.django_db
PART = re.compile(r"<(?:(\w+):)?(\w+)>")
FITS = {"int": "1", "uuid": "00000000-0000-0000-0000-000000000000"}
NUL = "%00"
BECAUSE = {"why": "A child is in danger now", "happening": "Found hurt"}
LOOKED_FOR = ("entry", "agency", "kind", "place", "year", "new", "before", "on", "receipt", "period", "next")


@pytest.fixture
def maya(client):
    """At the front door, in the team around the child 7F3K."""
    worker = practitioner("maya", "front_door_worker", team=team("front-door"))
    standing(child("7F3K"), team=worker.team)
    client.force_login(worker)
    return worker


def with_a_nul() -> list[str]:
    """Each page's address that holds a word, with a NUL at the word's end."""
    worded = (address for address, _ in pages() if {part[1] for part in PART.finditer(address)} - set(FITS))
    return sorted("/" + PART.sub(lambda part: FITS.get(part[1], "7F3K" + NUL), address) for address in worded)


@pytest.mark.parametrize("way", ["get", "post"])
def test_what_is_no_reference_leads_nowhere(client, maya, way):
    client.raise_request_exception = False
    answered = {address: getattr(client, way)(address).status_code for address in with_a_nul()}
    assert len(answered) > 30
    assert {address: status for address, status in answered.items() if status != 404} == {}


def test_in_an_emergency_too_and_nothing_is_opened(client, maya):
    client.force_login(practitioner("priya", "police_officer", POLICE))
    assert client.post(f"/child/7F3K{NUL}/emergency/", BECAUSE).status_code == 404
    assert not Standing.objects.filter(source__startswith="emergency:").exists()
    assert not LedgerEvent.objects.filter(subject__contains="7F3K").exists()


@pytest.mark.parametrize("page", ["child", "child_timeline", "child_looked", "share", "child_shared"])
def test_nor_is_anything_looked_for_by_a_nul_behind_the_question_mark(client, maya, page):
    for name in LOOKED_FOR:
        assert client.get(f"{reverse(page, args=['7F3K'])}?{name}=a{NUL}").status_code == 404
        # A per cent sign and two noughts that somebody typed are no NUL.
        assert client.get(f"{reverse(page, args=['7F3K'])}?{name}=a%2500").status_code == 200


def test_a_system_is_told_so_as_data(client, db):
    answer = client.get(f"/api/v1/contributions/{NUL}")
    assert (answer.status_code, answer.headers["Content-Type"]) == (404, "application/json")
