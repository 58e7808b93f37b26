"""Signing in: with what, to where, how often, and the line that it leaves."""

import pytest
from django.core.cache import cache
from django.urls import reverse

from alongside.ledger.models import LedgerEvent

PASSWORD = "seven quiet otters swim"
SIGN_IN = "/sign-in/"


@pytest.fixture
def maya_with_password(maya):
    cache.clear()
    maya.set_password(PASSWORD)
    maya.save()
    return maya


def tries(client, email, password=PASSWORD, **also):
    return client.post(SIGN_IN, {"email": email, "password": password, **also})


def test_signing_in_leads_to_the_first_page_and_into_the_ledger(client, maya_with_password):
    answer = tries(client, "MAYA@alongside.example")
    assert (answer.status_code, answer.url) == (302, "/")
    line = LedgerEvent.objects.get(what="signed in")
    assert (line.actor, line.agency) == ("maya", "leeds-city-council")


def test_whoever_was_going_somewhere_goes_on(client, maya_with_password):
    answer = client.get(reverse("my_account"))
    assert answer.url == "/sign-in/?next=/my-account/"
    assert tries(client, maya_with_password.email, next="/my-account/").url == "/my-account/"


@pytest.mark.parametrize("away", ["https://example.org/", "//example.org", "javascript:alert(1)"])
def test_nobody_is_sent_to_another_site(client, maya_with_password, away):
    assert tries(client, maya_with_password.email, next=away).url == "/"


@pytest.mark.parametrize("email", ["maya@alongside.example", "nobody@alongside.example"])
def test_a_wrong_password_and_an_unknown_address_are_told_alike(client, maya_with_password, email):
    page = tries(client, email, "not her password")
    assert page.status_code == 200
    assert "do not go together" in page.content.decode()
    assert not LedgerEvent.objects.filter(what="signed in").exists()


def test_a_seat_that_ended_opens_nothing(client, maya_with_password):
    maya_with_password.is_active = False
    maya_with_password.save()
    assert "do not go together" in tries(client, maya_with_password.email).content.decode()


def test_after_ten_failures_one_has_to_wait_even_with_the_right_password(client, maya_with_password):
    for _ in range(10):
        tries(client, maya_with_password.email, "guess")
    assert tries(client, maya_with_password.email).status_code == 429


def test_signing_out_ends_the_session_on_the_server(client, maya):
    client.force_login(maya)
    cookie = client.cookies["sessionid"].value
    assert client.post(reverse("sign_out")).url == SIGN_IN
    client.cookies["sessionid"] = cookie
    assert client.get(reverse("my_account")).status_code == 302
    assert LedgerEvent.objects.filter(what="signed out", actor="maya").exists()


def test_my_account_says_what_my_role_lets_me_do(client, omar):
    client.force_login(omar)
    page = client.get(reverse("my_account")).content.decode()
    assert "Tell partners what you know" in page
    assert "Search for a child" not in page
