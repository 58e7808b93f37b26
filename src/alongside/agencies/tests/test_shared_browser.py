"""Two people at one browser: nothing that the first was shown or had begun goes over to the second."""

import pytest
from django.utils import timezone

from alongside.agencies import seats, second_factor
from alongside.agencies.models import Practitioner, SignedIn

from .agency_sign_in import WITH_FACTOR, signs_in
from .conftest import code_of, is_in, offered, tries, with_app, with_password

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("outside_the_demo")]
APP, ASKED = "/my-account/second-factor/app/", "/sign-in/second-factor/"


@pytest.fixture
def of_maya(client, maya):
    """Maya began to set up her app, was shown its secret, and was called away."""
    tries(client, with_password(maya))
    client.get(APP)
    return offered(client)


def test_the_secret_offered_to_one_is_not_shown_to_the_next(client, leah, of_maya):
    tries(client, with_password(leah))
    assert of_maya not in client.get(APP).content.decode()
    assert offered(client) != of_maya
    client.post(APP, {"code": code_of(of_maya)})
    assert not is_in(client)


def test_nor_to_the_next_whose_session_is_begun_at_once(client, leah, of_maya, settings):
    settings.SECOND_FACTOR = False
    tries(client, with_password(leah))
    assert is_in(client)
    assert of_maya not in client.get(APP).content.decode()


def test_it_is_the_same_for_its_own_person_until_it_is_taken_up(client, maya, of_maya):
    tries(client, maya)
    assert of_maya in client.get(APP).content.decode()
    client.post(APP, {"code": code_of(of_maya)})
    assert is_in(client)
    client.get(APP)
    assert offered(client) != of_maya


def test_somebody_elses_open_session_ends_where_another_signs_in(client, maya, leah):
    tries(client, with_app(maya))
    client.post(ASKED, {"code": code_of()})
    assert is_in(client)
    assert tries(client, with_app(leah)).url == ASKED
    assert not is_in(client)
    assert SignedIn.objects.get(practitioner=maya).ended_because == "somebody signed in anew"


def test_ones_own_stays_open_where_one_signs_in_once_more(client, maya):
    tries(client, with_app(maya))
    client.post(ASKED, {"code": code_of()})
    tries(client, maya)
    assert is_in(client)


def by_agency(client, council, maya, monkeypatch):
    signs_in(client, council, **WITH_FACTOR)


def by_passkey(client, council, maya, monkeypatch):
    monkeypatch.setattr(second_factor, "whose_passkey", lambda answer: maya)
    client.post("/sign-in/passkey/", {"passkey": "{}"})


def by_code(client, council, maya, monkeypatch):
    tries(client, with_app(maya))
    client.post(ASKED, {"code": code_of()})


@pytest.mark.parametrize("way_in", [by_agency, by_passkey, by_code])
def test_a_link_that_one_opened_sets_no_password_for_the_next(client, maya, leah, carys, council, monkeypatch, way_in):
    client.get(f"/join/{seats.make_link(practitioner=leah, by=carys, at=timezone.now())}/")
    way_in(client, council, maya, monkeypatch)
    assert is_in(client)
    assert client.post("/join/", {"password": "a quite long other pass phrase 77"}).url == "/sign-in/"
    assert not Practitioner.objects.get(pk=leah.pk).has_usable_password()


def test_nor_a_link_that_was_opened_while_the_next_looked_for_their_code(client, maya, leah, carys):
    tries(client, with_app(maya))
    client.get(f"/join/{seats.make_link(practitioner=leah, by=carys, at=timezone.now())}/")
    client.post(ASKED, {"code": code_of()})
    assert is_in(client)
    assert client.get("/join/").url == "/sign-in/"


def test_somebody_elses_open_session_ends_where_another_comes_by_their_agency(client, maya, leah, council):
    tries(client, with_app(leah))
    client.post(ASKED, {"code": code_of()})
    signs_in(client, council, **WITH_FACTOR)
    assert SignedIn.objects.get(practitioner=leah).ended_because == "somebody signed in anew"
    assert SignedIn.objects.get(ended_at=None).practitioner == maya
