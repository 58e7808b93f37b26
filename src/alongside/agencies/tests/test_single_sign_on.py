"""An agency's own sign-in opens that agency's seats, never makes one, and is believed only as far as it says."""

import json
from datetime import timedelta
from urllib.parse import parse_qs, urlsplit

import pytest
from django.apps import apps
from django.test import Client
from django.utils import timezone

from alongside.agencies.models import Practitioner, SignedIn, SingleSignOnName

from .agency_sign_in import BACK, CLIENT, HELD, ISSUER, MAYA, START, STRANGER, WITH_FACTOR, signs_in
from .conftest import is_in, with_app, with_password

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("outside_the_demo", "council")]


def test_whoever_showed_a_second_factor_there_is_in(client, council, maya):
    assert signs_in(client, council, START + "?next=/help/", **WITH_FACTOR).url == "/help/"
    assert is_in(client)
    session = SignedIn.objects.get()
    assert (session.practitioner, session.how) == (maya, "agency sign-in")


def test_the_agencys_tokens_are_read_once_and_kept_nowhere(client, council, maya):
    """Neither the browser nor a table holds one: not even our own database can act for anybody at the agency."""
    answer = signs_in(client, council, **WITH_FACTOR)
    token = council.answered["id_token"]
    signature = token.rsplit(".", 1)[1]
    held = [json.dumps(dict(client.session)), str(answer.headers), str(client.cookies)]
    for model in apps.get_models():
        held += [str(row) for row in model._default_manager.values()]
    assert any(maya.email in one for one in held)
    for secret in (token, signature, council.answered["access_token"]):
        assert not any(secret in one for one in held)


@pytest.mark.parametrize("amr", [None, [], ["pwd"], "pwd", ["mfa2"]])
def test_without_a_second_factor_there_ours_is_asked_for(client, council, maya, amr):
    assert signs_in(client, council, **MAYA, amr=amr).url == "/sign-in/set-up/"
    assert not is_in(client)
    with_app(maya)
    assert signs_in(Client(), council, **MAYA, amr=amr).url == "/sign-in/second-factor/"


@pytest.mark.parametrize(
    "claims",
    [
        {"email_verified": False},
        {"email_verified": None},
        {"email_verified": "false"},
        {"email": "nobody@alongside.example"},
        {"email": "priya@alongside.example"},
        {"email": None},
        {"sub": None},
        {"iss": "https://login.elsewhere.example"},
        {"aud": "another-client"},
        {"nonce": "of another question"},
        {"exp": 1},
    ],
)
def test_what_does_not_hold_opens_nothing_and_makes_no_seat(client, council, maya, priya, claims):
    before = Practitioner.objects.count()
    answer = signs_in(client, council, **{**WITH_FACTOR, **claims})
    assert answer.status_code == 403
    assert "could not sign you in" in answer.content.decode()
    assert not is_in(client)
    assert Practitioner.objects.count() == before
    assert not SingleSignOnName.objects.exists()


@pytest.mark.parametrize(("key", "algorithm"), [(STRANGER, "RS256"), (HELD * 2, "HS256"), (None, "none")])
def test_a_token_that_the_agency_did_not_sign_opens_nothing(client, council, maya, key, algorithm):
    council.key, council.algorithm = key, algorithm
    assert signs_in(client, council, **WITH_FACTOR).status_code == 403
    assert not is_in(client)


@pytest.mark.parametrize("change", [{"is_active": False}])
def test_a_seat_that_is_not_in_use_opens_nothing(client, council, maya, change):
    Practitioner.objects.filter(pk=maya.pk).update(**change)
    assert signs_in(client, council, **WITH_FACTOR).status_code == 403


def test_an_address_that_goes_to_a_successor_does_not_open_the_seat(client, council, maya):
    signs_in(client, council, **WITH_FACTOR)
    assert signs_in(Client(), council, **{**WITH_FACTOR, "sub": "4712"}).status_code == 403
    elsewhere = {**WITH_FACTOR, "email": "maya.osei@new.example", "email_verified": False}
    assert signs_in(Client(), council, **elsewhere).url == "/"


def test_an_answer_is_taken_once_from_whoever_asked_and_in_time(client, council, maya, frozen):
    back = council.whoever(client.get(START).url, **WITH_FACTOR)
    assert Client().get(BACK, back).status_code == 403
    assert client.get(BACK, {**back, "state": "another"}).status_code == 403
    assert client.get(BACK, back).status_code == 403
    back = council.whoever(client.get(START).url, **WITH_FACTOR)
    frozen.shift(timedelta(minutes=11))
    assert client.get(BACK, back).status_code == 403


def test_we_ask_with_a_proof_that_only_this_session_holds(client, council, maya):
    question = parse_qs(urlsplit(client.get(START).url).query)
    assert question["code_challenge_method"] == ["S256"]
    assert question["redirect_uri"] == [f"http://testserver{BACK}"]
    signs_in(client, council, **WITH_FACTOR)
    (asked,) = council.asked
    assert asked["data"]["code_verifier"]
    assert (asked["auth"].username, asked["auth"].password) == (CLIENT, HELD)


@pytest.mark.parametrize(
    "wrong", [{"issuer": "https://elsewhere.example"}, {"token_endpoint": "http://login.council.example/token"}]
)
def test_a_configuration_that_leads_elsewhere_is_not_followed(client, council, maya, wrong):
    council.configuration |= wrong
    assert client.get(START).status_code == 403


def test_a_name_at_an_issuer_that_two_agencies_share_opens_no_seat_of_the_other(client, council, priya):
    """Priya is of CAMHS: her own agency let her in, and the council's door is not it."""
    SingleSignOnName.objects.create(practitioner=priya, issuer=ISSUER, subject=MAYA["sub"], bound_at=timezone.now())
    signs_in(client, council, **(WITH_FACTOR | {"email": priya.email}))
    assert not is_in(client)
    assert not SignedIn.objects.exists()


def test_an_agency_without_a_sign_in_of_its_own_or_without_our_secret_has_no_such_page(client, settings, agencies):
    assert client.get("/sign-in/with/leeds-camhs/").status_code == 404
    assert "Sign in with your council account" in client.get("/sign-in/").content.decode()
    settings.SINGLE_SIGN_ON_SECRETS = {}
    assert client.get(START).status_code == 404
    assert "your council account" not in client.get("/sign-in/").content.decode()


def test_what_cannot_be_taken_back_is_confirmed_there_anew(client, council, carys, maya, frozen):
    carys_there = {**WITH_FACTOR, "sub": "1", "email": "carys@alongside.example"}
    signs_in(client, council, **carys_there)
    frozen.shift(timedelta(minutes=15))
    page = client.get("/our-people/maya/suspend/").content.decode()
    assert f'href="{START}?again&amp;next=/our-people/maya/suspend/"' in page
    old = int(timezone.now().timestamp()) - 3600
    again = START + "?again&next=/our-people/maya/suspend/"
    for auth_time, opens in ((None, False), (old, False), (old + 3600, True)):
        answer = signs_in(client, council, again, **carys_there, auth_time=auth_time)
        assert answer.url == "/our-people/maya/suspend/"
        assert ("Why?" in client.get(answer.url).content.decode()) is opens


@pytest.mark.parametrize(
    ("ago", "opens"),
    [
        pytest.param(None, False, id="the agency does not say when"),
        pytest.param(timedelta(hours=8), False, id="this morning"),
        pytest.param(timedelta(minutes=9), True, id="a moment ago"),
        pytest.param(timedelta(seconds=-20), True, id="its clock is a little ahead"),
        pytest.param(timedelta(hours=-8), False, id="its clock is hours ahead"),
    ],
)
def test_an_open_laptop_that_signs_in_without_being_asked_shows_no_fresh_second_factor(
    client, council, carys, maya, frozen, ago, opens
):
    now = timezone.now()
    there = {"auth_time": None if ago is None else int((now - ago).timestamp())}
    signs_in(client, council, **{**WITH_FACTOR, "sub": "1", "email": "carys@alongside.example"}, **there)
    assert is_in(client)
    assert ("Why?" in client.get("/our-people/maya/suspend/").content.decode()) is opens
    shown_at = SignedIn.objects.get().factor_at
    assert shown_at is None or shown_at <= now


@pytest.mark.parametrize("told", [True, "now", -1, 0, float("inf"), 10**30, [1]])
def test_a_time_that_is_none_is_no_fresh_second_factor(client, council, maya, told):
    signs_in(client, council, **WITH_FACTOR, auth_time=told)
    assert SignedIn.objects.get().factor_at is None


def test_the_minutes_count_from_when_they_were_asked_there_not_from_when_they_came_back(
    client, council, carys, maya, frozen
):
    carys_there = {**WITH_FACTOR, "sub": "1", "email": "carys@alongside.example"}
    signs_in(client, council, **carys_there)
    six_minutes_ago = int((timezone.now() - timedelta(minutes=6)).timestamp())
    signs_in(client, council, START + "?again&next=/", **carys_there, auth_time=six_minutes_ago)
    assert "Why?" in client.get("/our-people/maya/suspend/").content.decode()
    frozen.shift(timedelta(minutes=5))
    assert "still you" in client.get("/our-people/maya/suspend/").content.decode()


def test_somebody_elses_confirmation_confirms_nothing(client, council, carys, maya, frozen):
    signs_in(client, council, **{**WITH_FACTOR, "sub": "1", "email": "carys@alongside.example"})
    frozen.shift(timedelta(minutes=15))
    now = int(timezone.now().timestamp())
    signs_in(client, council, START + "?again&next=/", **with_claims(maya), auth_time=now)
    assert "still you" in client.get("/our-people/maya/suspend/").content.decode()


def with_claims(practitioner):
    return {**WITH_FACTOR, "email": with_password(practitioner).email}
