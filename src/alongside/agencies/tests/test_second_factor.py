"""The second factor: asked of everybody outside the demo, good once, and never taken from a session half open."""

import base64
import secrets
from datetime import timedelta

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal import auth as recovery
from allauth.mfa.totp.internal import auth as totp
from django.test import Client
from django.urls import reverse

from alongside.agencies import second_factor
from alongside.agencies.sign_in import HALF
from alongside.ledger.models import LedgerEvent

from .conftest import SECRET, code_of, is_in, offered, tries, with_app, with_password

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("outside_the_demo")]
ASKED = "/sign-in/second-factor/"


@pytest.fixture
def maya(maya):
    return with_app(maya)


def test_a_password_alone_opens_nothing(client, maya):
    assert tries(client, maya, next="/help/").url == ASKED
    assert not is_in(client)
    assert client.get(ASKED).status_code == 200
    answer = client.post(ASKED, {"code": code_of()})
    assert answer.url == "/help/"
    assert is_in(client)


def test_a_code_is_good_once_and_for_its_time(client, maya, frozen):
    tries(client, maya)
    used = code_of()
    client.post(ASKED, {"code": used})
    for late in (0, 30):
        frozen.shift(timedelta(seconds=late))
        other = Client()
        tries(other, maya)
        assert other.post(ASKED, {"code": used}).status_code == 200
        assert not is_in(other)
    other = Client()
    tries(other, maya)
    assert other.post(ASKED, {"code": code_of(steps=2)}).status_code == 200
    assert other.post(ASKED, {"code": code_of()}).status_code == 302


def drawn(monkeypatch, name):
    """How many bytes are drawn from the system's own source of chance, each time that one is."""
    lengths, draw = [], getattr(secrets, name)
    monkeypatch.setattr(secrets, name, lambda length: lengths.append(length) or draw(length))
    return lengths


def test_an_apps_secret_comes_from_chance_and_has_160_bits(monkeypatch):
    lengths = drawn(monkeypatch, "token_bytes")
    made = {totp.generate_totp_secret() for _ in range(20)}
    assert len(made) == 20
    assert {len(base64.b32decode(one)) for one in made} == {20}
    assert lengths == [20] * 20


def test_recovery_codes_come_from_chance_and_cannot_be_guessed(monkeypatch, maya, client):
    lengths = drawn(monkeypatch, "token_hex")
    codes = recovery.RecoveryCodes.activate(maya).generate_codes()
    assert lengths == [40]
    assert len(set(codes)) == len(codes) == 10
    # Eight digits are 26 bits; ASVS asks for 20, and after five wrong ones the password is asked again.
    assert all(len(one) == 8 and one.isdigit() for one in codes)


def test_a_wrong_code_is_in_the_servers_log(client, maya, capsys):
    tries(client, maya)
    client.post(reverse("second_factor"), {"code": "000000"})
    assert "how=code" in capsys.readouterr().out


def test_after_five_wrong_codes_the_password_is_asked_again_and_its_owner_hears(client, maya, mailoutbox):
    tries(client, maya)
    told = [client.post(ASKED, {"code": "000000"}) for _ in range(5)]
    assert [one.status_code for one in told] == [200] * 4 + [302]
    assert told[-1].url == "/sign-in/"
    assert HALF not in client.session
    assert "your right password" in mailoutbox[0].body
    assert LedgerEvent.objects.filter(what="wrong codes after a right password", subject="maya").exists()


def test_codes_tried_from_elsewhere_make_nobody_wait_at_home(client, maya, frozen):
    tries(client, maya)
    client.post(ASKED, {"code": code_of()})
    client.post("/sign-out/")
    stranger = Client(REMOTE_ADDR="203.0.113.9")
    for _ in range(12):
        frozen.shift(timedelta(seconds=40))
        tries(stranger, maya)
        stranger.post(ASKED, {"code": "000000"})
    tries(stranger, maya)
    assert stranger.post(ASKED, {"code": code_of()}).status_code == 429
    assert not is_in(stranger)
    tries(client, maya)
    assert client.post(ASKED, {"code": code_of()}).url == "/"


def test_whoever_waits_too_long_between_the_halves_begins_anew(client, maya, frozen):
    tries(client, maya)
    frozen.shift(timedelta(minutes=11))
    assert client.post(ASKED, {"code": code_of()}).url == "/sign-in/"


@pytest.mark.parametrize("change", [{"is_active": False}, {"password": "!gone"}])
def test_a_seat_that_changes_between_the_halves_opens_nothing(client, maya, change):
    tries(client, maya)
    type(maya).objects.filter(pk=maya.pk).update(**change)
    assert client.post(ASKED, {"code": code_of()}).url == "/sign-in/"


def test_a_recovery_code_lets_in_once(client, maya):
    codes = second_factor.new_recovery_codes(practitioner=maya, at=maya.checked_at)
    for expected in (302, 200):
        tries(client, maya)
        assert client.post(ASKED, {"code": codes[3]}).status_code == expected
        client.post("/sign-out/")
    assert second_factor.codes_left(maya) == 9


def test_whoever_has_none_sets_one_up_before_anything_opens(client, leah):
    with_password(leah)
    assert tries(client, leah).url == "/sign-in/set-up/"
    for page in ("/sign-in/set-up/", "/my-account/second-factor/passkey/", "/my-account/second-factor/app/"):
        assert client.get(page).status_code == 200
    assert not is_in(client)
    secret = offered(client)
    assert client.post("/my-account/second-factor/app/", {"code": "000000"}).status_code == 200
    assert not is_in(client)
    page = client.post("/my-account/second-factor/app/", {"code": code_of(secret)}).content.decode()
    assert "Your recovery codes" in page
    assert is_in(client)


def test_a_password_thief_cannot_set_up_a_second_factor_beside_the_owners(client, maya):
    tries(client, maya)
    for page in ("/sign-in/set-up/", "/my-account/second-factor/app/", "/my-account/second-factor/passkey/"):
        assert client.get(page).url == "/sign-in/"
        assert client.post(page, {"code": code_of()}).status_code in {302, 405}
    assert Authenticator.objects.count() == 1


def test_secrets_are_unreadable_where_they_are_kept(maya):
    kept = Authenticator.objects.get()
    assert SECRET not in str(kept.data)
    second_factor.new_recovery_codes(practitioner=maya, at=maya.checked_at)
    assert len(Authenticator.objects.get(type="recovery_codes").data["seed"]) > 80


def test_a_new_secret_key_still_reads_what_the_old_one_hid(client, maya, settings):
    settings.SECRET_KEY_FALLBACKS, settings.SECRET_KEY = [settings.SECRET_KEY], "another key, as long as need be"
    tries(client, maya)
    assert client.post(ASKED, {"code": code_of()}).status_code == 302


@pytest.mark.parametrize("answer", ["", "{", "[]", "{}", '{"id": 1}', '{"response": {"userHandle": "MQ"}}'])
def test_what_is_no_passkey_opens_nothing_and_breaks_nothing(client, maya, answer):
    client.get("/sign-in/")
    page = client.post("/sign-in/passkey/", {"passkey": answer})
    assert "opens no seat" in page.content.decode()
    tries(client, maya)
    assert client.post(ASKED, {"passkey": answer, "code": ""}).status_code == 200
    assert not is_in(client)


def test_the_last_second_factor_stays(client, maya):
    tries(client, maya)
    client.post(ASKED, {"code": code_of()})
    own = Authenticator.objects.get(type="totp")
    assert client.post(reverse("take_factor_away", args=[own.pk])).status_code == 403
    assert Authenticator.objects.filter(type="totp").exists()


def test_nobody_takes_away_somebody_elses(client, maya, leah):
    with_app(leah)
    tries(client, maya)
    client.post(ASKED, {"code": code_of()})
    other = Authenticator.objects.get(user=leah)
    assert client.post(reverse("take_factor_away", args=[other.pk])).status_code == 404
