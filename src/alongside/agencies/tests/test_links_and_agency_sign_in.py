"""A link to a seat and the agency's own sign-in: neither opens what the other was to close."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from alongside.agencies import seats
from alongside.agencies.models import SignedIn, SingleSignOnName
from alongside.ledger.models import LedgerEvent

from .agency_sign_in import MAYA, WITH_FACTOR, signs_in
from .conftest import PASSWORD, code_of, is_in, tries, with_app

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("outside_the_demo")]
UNBOUND = "no longer bound to the agency's own sign-in"
USE_THE_LINK = "Use the link that you were sent"


def link_to(practitioner, by) -> str:
    return seats.make_link(practitioner=practitioner, by=by, at=timezone.now())


def uses(client, token):
    client.get(f"/join/{token}/")
    return client.post("/join/", {"password": PASSWORD})


@pytest.fixture
def lost(maya, carys, council):
    """Maya signed in by her agency, and lost her laptop: a new link is on its way to her."""
    signs_in(Client(), council, **WITH_FACTOR)
    return link_to(maya, carys)


@pytest.mark.parametrize("amr", [None, ["pwd"], ["mfa"]])
def test_a_new_link_closes_the_agency_sign_in_until_it_is_used(client, council, maya, lost, amr):
    answer = signs_in(client, council, **MAYA, amr=amr)
    assert (answer.status_code, USE_THE_LINK in answer.content.decode()) == (403, True)
    assert client.get("/sign-in/set-up/").status_code == 302
    assert not is_in(client)
    assert not SingleSignOnName.objects.exists()


def test_that_stays_so_when_the_link_has_run_out(client, council, maya, lost, frozen):
    frozen.shift(timedelta(days=8))
    assert signs_in(client, council, **WITH_FACTOR).status_code == 403


def test_a_seat_that_is_given_back_opens_by_its_link_alone(client, council, maya, carys):
    signs_in(Client(), council, **WITH_FACTOR)
    seats.end_seat(practitioner=maya, because="left", by=carys, at=timezone.now())
    seats.give_back(practitioner=maya, because="back", by=carys, at=timezone.now())
    assert signs_in(client, council, **WITH_FACTOR).status_code == 403


def test_once_the_link_is_used_the_agency_sign_in_is_bound_anew(client, council, maya, lost):
    assert uses(client, lost).url == "/sign-in/set-up/"
    with_app(maya)
    assert signs_in(Client(), council, **{**MAYA, "sub": "4712"}).url == "/sign-in/second-factor/"
    assert SingleSignOnName.objects.get().subject == "4712"


def test_after_the_link_nobody_sets_up_our_second_factor_but_by_the_password(client, council, maya, lost):
    uses(Client(), lost)
    assert signs_in(client, council, **MAYA).status_code == 403
    assert signs_in(client, council, **MAYA).status_code == 403
    assert tries(client, maya).url == "/sign-in/set-up/"


def test_the_ledger_says_that_the_name_was_unbound_and_only_where_there_was_one(council, maya, carys, lost):
    assert LedgerEvent.objects.get(what=UNBOUND).subject == "maya"
    link_to(maya, carys)
    assert LedgerEvent.objects.filter(what=UNBOUND).count() == 1


def test_a_new_seat_opens_by_the_agency_sign_in_and_its_link_then_opens_nothing(client, council, maya, carys):
    token = link_to(maya, carys)
    assert signs_in(client, council, **WITH_FACTOR).url == "/"
    assert is_in(client)
    assert uses(Client(), token).status_code == 410
    assert SignedIn.objects.filter(practitioner=maya, ended_at=None).exists()


def test_a_new_seat_without_a_second_factor_there_is_opened_by_its_link(client, council, maya, carys):
    token = link_to(maya, carys)
    answer = signs_in(client, council, **MAYA)
    assert (answer.status_code, USE_THE_LINK in answer.content.decode()) == (403, True)
    assert uses(client, token).url == "/sign-in/set-up/"
    client.get("/my-account/second-factor/app/")
    assert signs_in(Client(), council, **MAYA).status_code == 403
    with_app(maya)
    assert signs_in(Client(), council, **MAYA).url == "/sign-in/second-factor/"


def test_a_link_that_was_never_used_opens_nothing_after_any_other_way_in(client, maya, carys):
    token = link_to(maya, carys)
    with_app(maya)
    tries(client, maya)
    client.post("/sign-in/second-factor/", {"code": code_of()})
    assert is_in(client)
    with pytest.raises(seats.UnusableLinkError):
        seats.open_invitation(token, at=timezone.now())
