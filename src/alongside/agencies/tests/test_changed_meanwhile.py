"""A seat that changes between what somebody proves and what that opens: what was decided last holds."""

import pytest
from allauth.mfa.models import Authenticator
from django.test import Client
from django.utils import timezone

from alongside.agencies import seats, second_factor, single_sign_on
from alongside.agencies import sign_in as signing
from alongside.agencies.models import SignedIn, SingleSignOnName

from .agency_sign_in import WITH_FACTOR, signs_in
from .conftest import PASSWORD, code_of, is_in, offered, tries, with_app, with_password

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("outside_the_demo")]
ASKED, APP = "/sign-in/second-factor/", "/my-account/second-factor/app/"


@pytest.fixture
def right_after(monkeypatch):
    """Something happens right after a step of signing in, before the next."""

    def arrange(room, step, happens):
        real = getattr(room, step)

        def and_then(*args, **kwargs):
            answer = real(*args, **kwargs)
            happens()
            return answer

        monkeypatch.setattr(room, step, and_then)

    return arrange


@pytest.fixture
def new_link(maya, carys):
    """Carys makes Maya a new link, each time it is called; the tokens that were made."""
    made = []

    def make():
        made.append(seats.make_link(practitioner=maya, by=carys, at=timezone.now()))

    make.made = made
    return make


def opens(token):
    return seats.open_invitation(token, at=timezone.now())


def test_a_new_link_outlives_the_sign_in_that_was_under_way(client, maya, council, right_after, new_link):
    """Whoever is on the last step is not Maya, who has been in before and lost her telephone."""
    maya.last_login = timezone.now()
    tries(client, with_app(maya))
    right_after(second_factor, "fits_code", new_link)
    refused = client.post(ASKED, {"code": code_of()})
    assert (refused.status_code, "Sign in once more" in refused.content.decode()) == (403, True)
    assert not is_in(client)
    assert opens(new_link.made[0])
    assert not SignedIn.objects.exists()
    assert signs_in(Client(), council, **WITH_FACTOR).status_code == 403


def test_so_it_does_where_the_agency_knew_the_seat_already(client, maya, council, right_after, new_link):
    signs_in(Client(), council, **WITH_FACTOR)
    right_after(single_sign_on, "seat_of", new_link)
    assert signs_in(client, council, **WITH_FACTOR).status_code == 403
    assert not is_in(client)
    assert opens(new_link.made[0])
    assert not SingleSignOnName.objects.exists()


def test_a_seat_that_is_stopped_at_that_moment_begins_no_session(client, maya, carys, right_after):
    tries(client, with_app(maya))
    stop = {"practitioner": maya, "because": "lost", "by": carys, "at": timezone.now()}
    right_after(second_factor, "fits_code", lambda: seats.suspend(**stop))
    assert client.post(ASKED, {"code": code_of()}).status_code == 403
    assert not SignedIn.objects.exists()


def test_nobody_leaves_their_own_second_factor_on_a_seat_that_has_a_new_link(client, maya, right_after, new_link):
    tries(client, with_password(maya))
    secret = offered(client)
    right_after(signing, "half_signed_in", new_link)
    assert client.post(APP, {"code": code_of(secret)}).status_code == 403
    assert not Authenticator.objects.exists()


def test_nor_their_own_password(client, maya, right_after, new_link):
    """Whoever knows the old one sits in an open session of hers."""
    tries(client, with_app(maya))
    client.post(ASKED, {"code": code_of()})
    right_after(signing, "try_password", new_link)
    theirs = {"before": PASSWORD, "password": "eleven loud magpies walk"}
    assert client.post("/my-account/password/", theirs).status_code == 403
    maya.refresh_from_db()
    assert not maya.has_usable_password()
    assert opens(new_link.made[0])


def test_nor_recovery_codes(client, maya, right_after, new_link):
    tries(client, with_app(maya))
    client.post(ASKED, {"code": code_of()})
    right_after(second_factor, "codes_left", new_link)
    assert client.post(APP, {"code": code_of(offered(client))}).status_code == 403
    assert not Authenticator.objects.exists()
