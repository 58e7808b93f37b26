"""What cannot be taken back asks for the second factor again, and loses nothing of what was written."""

from datetime import timedelta

import pytest
from django.test import Client

from alongside.agencies.models import Practitioner
from alongside.ledger.models import LedgerEvent

from .conftest import code_of, tries, with_app

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("outside_the_demo")]
SUSPEND = "/our-people/maya/suspend/"


@pytest.fixture
def client(carys, maya, frozen):
    """Carys, signed in with a second factor a quarter of an hour ago."""
    client = Client()
    tries(client, with_app(carys))
    client.post("/sign-in/second-factor/", {"code": code_of()})
    frozen.shift(timedelta(minutes=15))
    return client


def suspended() -> bool:
    return Practitioner.objects.get(key="maya").suspended_at is not None


def test_within_ten_minutes_nothing_is_asked(client, carys, frozen):
    frozen.shift(-timedelta(minutes=6))
    client.post(SUSPEND, {"because": "Lost her laptop"})
    assert suspended()


def test_what_was_written_goes_through_with_the_code(client):
    page = client.post(SUSPEND, {"because": "Lost “her” laptop"}).content.decode()
    assert "Show that it is still you" in page
    assert 'value="Lost “her” laptop"' in page
    assert not suspended()
    client.post(SUSPEND, {"because": "Lost “her” laptop", "again_code": code_of()})
    assert Practitioner.objects.get(key="maya").suspended_because == "Lost “her” laptop"
    assert LedgerEvent.objects.filter(what="second factor shown again", actor="carys").exists()


def test_a_wrong_code_does_nothing_and_keeps_what_was_written(client):
    page = client.post(SUSPEND, {"because": "Lost her laptop", "again_code": "000000"}).content.decode()
    assert "does not fit" in page
    assert 'value="Lost her laptop"' in page
    assert "000000" not in page
    assert not suspended()


def test_a_page_that_was_only_to_be_opened_opens_with_the_code(client):
    assert "Show that it is still you" in client.get(SUSPEND).content.decode()
    answer = client.post(SUSPEND, {"again_opens": "yes", "again_code": code_of()})
    assert answer.url == SUSPEND
    assert "Why?" in client.get(SUSPEND).content.decode()
    assert not suspended()


def test_many_wrong_codes_have_to_wait(client):
    told = [client.post(SUSPEND, {"because": "x", "again_code": "000000"}).status_code for _ in range(6)]
    assert told == [200] * 5 + [429]


def test_whoever_may_not_do_it_is_not_even_asked(maya, leah):
    client = Client()
    client.force_login(leah)
    assert client.get(SUSPEND).status_code == 403
