"""Whoever reads the session table, or a backup of it, can open no seat with what stands there."""

import pytest
from django.contrib.sessions.models import Session
from django.utils import timezone

from alongside.agencies import seats

from .conftest import PASSWORD, code_of, is_in, offered, tries, with_password

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("outside_the_demo")]
APP = "/my-account/second-factor/app/"


def kept() -> str:
    return str([one.get_decoded() for one in Session.objects.all()])


def test_a_link_that_was_followed_and_not_used_yet_is_not_in_it(client, maya, carys):
    token = seats.make_link(practitioner=maya, by=carys, at=timezone.now())
    assert client.get(f"/join/{token}/").url == "/join/"
    assert token not in kept()
    assert client.post("/join/", {"password": PASSWORD}).url == "/sign-in/set-up/"


def test_a_link_that_was_replaced_after_it_was_followed_opens_nothing(client, maya, carys):
    token = seats.make_link(practitioner=maya, by=carys, at=timezone.now())
    client.get(f"/join/{token}/")
    seats.make_link(practitioner=maya, by=carys, at=timezone.now())
    assert client.post("/join/", {"password": PASSWORD}).status_code == 410
    maya.refresh_from_db()
    assert not maya.has_usable_password()


def test_a_link_that_never_was_opens_nothing(client, db):
    assert client.get("/join/another/").url == "/join/"
    assert client.get("/join/").status_code == 410
    assert "another" not in kept()


def test_the_secret_offered_to_an_app_is_sealed_in_it(client, leah):
    tries(client, with_password(leah))
    secret = offered(client)
    assert secret not in kept()
    client.post(APP, {"code": code_of(secret)})
    assert is_in(client)
