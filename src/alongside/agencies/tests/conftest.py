"""Practitioners with a password and a second factor, and codes as their app would show them."""

import re

import pytest
import time_machine
from allauth.mfa.totp.internal import auth as totp
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from django.test import Client
from django.utils import timezone

from alongside.agencies import single_sign_on
from alongside.agencies.models import Practitioner
from alongside.agencies.signing_in import SigningIn

from .agency_sign_in import CLIENT, COUNCIL, HELD, ISSUER, AgencySignInPlayed

PASSWORD = "seven quiet otters swim"
SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"


def code_of(secret: str = SECRET, *, steps: int = 0) -> str:
    """What an app shows now, or so many half minutes later."""
    counter = int(timezone.now().timestamp()) // 30 + steps
    return totp.format_hotp_value(totp.hotp_value(secret, counter))


def with_password(practitioner: Practitioner) -> Practitioner:
    practitioner.set_password(PASSWORD)
    practitioner.save()
    return practitioner


def with_app(practitioner: Practitioner) -> Practitioner:
    totp.TOTP.activate(with_password(practitioner), SECRET)
    return practitioner


def tries(client: Client, practitioner: Practitioner, password: str = PASSWORD, **also: str):
    return client.post("/sign-in/", {"email": practitioner.email, "password": password, **also})


def offered(client: Client) -> str:
    """The secret that this browser's session offers to an app, as its page shows it."""
    return re.search(r"app-key\">(\w+)<", client.get("/my-account/second-factor/app/").content.decode())[1]


def is_in(client: Client) -> bool:
    return client.get("/my-account/").status_code == 200


@pytest.fixture
def outside_the_demo(settings) -> None:
    """As on a real server: a second factor is asked of everybody."""
    settings.SECOND_FACTOR = True


@pytest.fixture
def frozen():
    """The clock stands still until it is moved."""
    with time_machine.travel(timezone.now(), tick=False) as traveller:
        yield traveller


@pytest.fixture
def carys(seat):
    """Runs the council's seats; sees no child."""
    return seat("carys", "leeds-city-council", "seat_manager", name="Carys Bowen")


@pytest.fixture
def council(monkeypatch, settings):
    """Social care's own sign-in, in the playbook and the environment."""
    played = AgencySignInPlayed()
    told = {"agency": COUNCIL, "name": "your council account", "issuer": ISSUER, "client_id": CLIENT}
    book = SigningIn(single_sign_on=(told,))
    settings.SINGLE_SIGN_ON_SECRETS = {COUNCIL: HELD}
    monkeypatch.setattr(single_sign_on, "signing_in", lambda: book)
    monkeypatch.setattr(DefaultSocialAccountAdapter, "get_requests_session", lambda self: played)
    single_sign_on._configuration.cache_clear()
    yield played
    single_sign_on._configuration.cache_clear()
