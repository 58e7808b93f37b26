"""Signing in: with what, to where, how often, and the line that it leaves."""

from datetime import timedelta
from unittest.mock import patch

import pytest
from django.contrib.auth.hashers import MD5PasswordHasher
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from alongside.agencies.models import Tries
from alongside.agencies.tries import forget_old
from alongside.ledger.models import LedgerEvent

from .conftest import PASSWORD, is_in, tries, with_password

SIGN_IN = "/sign-in/"


@pytest.fixture
def maya(maya):
    return with_password(maya)


def test_signing_in_leads_to_the_first_page_and_into_the_ledger(client, maya):
    answer = client.post(SIGN_IN, {"email": "MAYA@alongside.example", "password": PASSWORD})
    assert (answer.status_code, answer.url) == (302, "/")
    line = LedgerEvent.objects.get(what="signed in")
    assert (line.actor, line.agency) == ("maya", "leeds-city-council")


def test_whoever_was_going_somewhere_goes_on(client, maya):
    answer = client.get(reverse("my_account"))
    assert answer.url == "/sign-in/?next=/my-account/"
    assert tries(client, maya, next="/my-account/").url == "/my-account/"


@pytest.mark.parametrize("away", ["https://example.org/", "//example.org", "javascript:alert(1)"])
def test_nobody_is_sent_to_another_site(client, maya, away):
    assert tries(client, maya, next=away).url == "/"


def refused(client, email, password):
    """The words of a refusal, and how often a password was hashed on the way to it."""
    with patch.object(MD5PasswordHasher, "encode", autospec=True, side_effect=MD5PasswordHasher.encode) as hashed:
        page = client.post(SIGN_IN, {"email": email, "password": password})
    assert page.status_code == 200
    return page.context["form"].non_field_errors(), hashed.call_count


def test_nothing_tells_whether_there_is_such_a_seat(maya, seat):
    without = seat("ann", "leeds-camhs", "health_worker")
    gone = with_password(seat("gone", "leeds-camhs", "health_worker"))
    type(gone).objects.filter(pk=gone.pk).update(is_active=False)
    told = [refused(Client(), email, "not it") for email in (maya.email, without.email, "nobody@alongside.example")]
    told.append(refused(Client(), gone.email, PASSWORD))
    assert told == [told[0]] * 4
    assert told[0][1] == 1
    assert "do not go together" in told[0][0][0]


def test_each_try_that_fails_is_in_the_servers_log_without_what_was_typed(client, maya, capsys):
    client.post(SIGN_IN, {"email": maya.email, "password": "guessed wrong"})
    client.post(SIGN_IN, {"email": "nobody@alongside.example", "password": "guessed wrong"})
    client.post(reverse("sign_in_passkey"), {"passkey": "{}"})
    said = [line for line in capsys.readouterr().out.splitlines() if "sign_in_refused" in line]
    assert [line.split("sign_in_refused")[1].split() for line in said] == [
        ["has_to_wait=False", f"how={how}", "place=127.0.0.1", f"seat={seat}"]
        for how, seat in (("password", "maya"), ("password", "none"), ("passkey", "none"))
    ]
    assert not [word for word in ("guessed", "nobody@") if word in str(said)]


def test_each_refusal_is_in_the_servers_log_with_the_seat_and_no_child(client, omar, capsys):
    client.get("/child/7F3K/")
    client.force_login(omar)
    for address in ("/", "/child/7F3K/", "/no/such/page/", reverse("health")):
        client.get(address, follow=True)
    said = [line for line in capsys.readouterr().out.splitlines() if "refused " in line]
    assert [line.split("refused")[1].split() for line in said] == [
        [f"page={page}", "seat=omar", f"status={status}"]
        for page, status in (("child", 403), ("none", 404), ("health", 403))
    ]
    assert "7F3K" not in str(said)


def test_wrong_tries_cost_time_and_a_right_one_in_between_does_not_help(client, maya, frozen):
    for _ in range(5):
        tries(client, maya, "guess")
    assert tries(client, maya).status_code == 429
    frozen.shift(timedelta(seconds=1))
    assert tries(client, maya, "guess").status_code == 200
    frozen.shift(timedelta(seconds=1))
    assert tries(client, maya).status_code == 429
    frozen.shift(timedelta(seconds=1))
    assert tries(client, maya).status_code == 302


def test_somebody_who_is_not_there_has_to_wait_as_well(client, db, frozen):
    told = [
        client.post(SIGN_IN, {"email": "nobody@alongside.example", "password": "guess"}).status_code for _ in range(6)
    ]
    assert told == [200] * 5 + [429]


def test_a_stranger_who_tries_for_hours_makes_nobody_wait_on_their_own_device(client, maya, frozen):
    tries(client, maya)
    client.post("/sign-out/")
    stranger = Client(REMOTE_ADDR="203.0.113.9")
    for _ in range(200):
        tries(stranger, maya, "guess")
        frozen.shift(timedelta(seconds=30))
    assert tries(stranger, maya).status_code == 429
    assert tries(client, maya).status_code == 302


def test_many_strangers_together_wait_a_minute_each_and_the_known_device_never(client, maya, frozen):
    tries(client, maya)
    client.post("/sign-out/")
    for number in range(60):
        tries(Client(REMOTE_ADDR=f"203.0.113.{number}"), maya, "guess")
    assert tries(Client(REMOTE_ADDR="198.51.100.7"), maya).status_code == 429
    assert tries(client, maya).status_code == 302
    frozen.shift(timedelta(minutes=1))
    assert tries(Client(REMOTE_ADDR="198.51.100.7"), maya).status_code == 302


def test_a_cookie_of_ones_own_buys_no_tries_at_somebody_elses_seat(client, maya, priya, frozen):
    tries(client, with_password(priya))
    client.post("/sign-out/")
    for _ in range(5):
        tries(client, maya, "guess")
    assert tries(client, maya, "guess").status_code == 429


def test_one_place_that_tries_many_seats_has_to_wait_and_a_network_is_one_place(db, frozen):
    for number in range(50):
        inside = Client(REMOTE_ADDR=f"2001:db8::{number:x}")
        inside.post(SIGN_IN, {"email": f"somebody-{number}@alongside.example", "password": "guess"})
    told = Client(REMOTE_ADDR="2001:db8::ffff").post(SIGN_IN, {"email": "new@alongside.example", "password": "x"})
    assert told.status_code == 429
    elsewhere = Client(REMOTE_ADDR="2001:db8:1::1")
    assert elsewhere.post(SIGN_IN, {"email": "new@alongside.example", "password": "x"}).status_code == 200


def guesser_at_work(*, seat="somebody-{}", place="203.0.113.9", tries=50):
    """So many wrong tries at the seats and from the places that these words make."""
    for number in range(tries):
        guesser = Client(REMOTE_ADDR=place.format(number))
        guesser.post(SIGN_IN, {"email": f"{seat.format(number)}@alongside.example", "password": "guess"})


@pytest.mark.parametrize(
    "guessing",
    [
        pytest.param({}, id="at many seats from the office's own address"),
        pytest.param({"seat": "maya", "place": "198.51.100.{}"}, id="at one seat from many places"),
    ],
)
def test_whoever_never_stops_guessing_takes_nobodys_turn(maya, frozen, guessing):
    """Maya's new laptop is behind the same address as the guesser, who is there again whenever a turn may come."""
    guesser_at_work(**guessing)
    laptop = Client(REMOTE_ADDR="203.0.113.9")
    assert tries(laptop, maya).status_code == 429
    for second in range(59):
        frozen.shift(timedelta(seconds=1))
        guesser_at_work(tries=1, **{**guessing, "seat": guessing.get("seat", f"another-{second}")})
        assert tries(laptop, maya).status_code == 429
    frozen.shift(timedelta(seconds=1))
    assert tries(laptop, maya).status_code == 302


def test_guesses_over_many_seats_from_one_place_wait_a_minute_each_and_then_longer(db, frozen):
    guesser_at_work()
    looked_at = 0
    guesser, seats = Client(REMOTE_ADDR="203.0.113.9"), [f"new-{number}@alongside.example" for number in range(3)]
    for _ in range(59 * 6):
        told = [guesser.post(SIGN_IN, {"email": one, "password": "guess"}).status_code for one in seats]
        looked_at += told.count(200)
        frozen.shift(timedelta(seconds=10))
    assert looked_at == 6 * len(seats)


@pytest.mark.parametrize("spelt", ["MAYA@alongside.example", "maya@along\u017fide.example"])
def test_another_spelling_of_an_address_is_counted_as_the_same_seat(client, maya, frozen, spelt):
    """PostgreSQL finds a seat by letters that become the same as capitals, such as the long s."""
    for _ in range(5):
        tries(client, maya, "guess")
    told = client.post(SIGN_IN, {"email": spelt, "password": "guess"})
    assert told.status_code == 429


def test_what_a_client_claims_of_its_address_counts_only_from_our_own_proxy(client, settings, db, frozen):
    told = {"email": "nobody@alongside.example", "password": "guess"}
    for number in range(5):
        client.post(SIGN_IN, told, headers={"X-Forwarded-For": f"203.0.113.{number}"})
    assert client.post(SIGN_IN, told, headers={"X-Forwarded-For": "203.0.113.99"}).status_code == 429
    settings.SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    said = [f"6.6.6.{number}, 203.0.113.50" for number in range(6)]
    answers = [client.post(SIGN_IN, told, headers={"X-Forwarded-For": one}).status_code for one in said]
    assert answers == [200] * 5 + [429]
    elsewhere = {"X-Forwarded-For": "6.6.6.0, 203.0.113.51"}
    assert client.post(SIGN_IN, told, headers=elsewhere).status_code == 200


def test_counters_say_nothing_of_anybody_and_are_forgotten(client, maya, frozen):
    tries(client, maya, "guess")
    assert Tries.objects.count() == 3
    assert not [row for row in Tries.objects.all() if "maya" in row.digest or "127" in str(row)]
    frozen.shift(timedelta(hours=1))
    assert forget_old(at=timezone.now()) == 3


def test_signing_out_ends_the_session_on_the_server(client, maya):
    tries(client, maya)
    cookie = client.cookies["sessionid"].value
    assert client.post(reverse("sign_out")).url == SIGN_IN
    client.cookies["sessionid"] = cookie
    assert not is_in(client)
    assert LedgerEvent.objects.filter(what="signed out", actor="maya").exists()


def test_my_account_says_what_my_role_lets_me_do(client, omar):
    client.force_login(omar)
    page = client.get(reverse("my_account")).content.decode()
    assert "Tell partners what you know" in page
    assert "Search for a child" not in page


def test_a_new_device_is_told_to_its_owner_and_the_first_is_not(client, maya, mailoutbox):
    tries(client, maya)
    tries(client, maya)
    assert mailoutbox == []
    tries(Client(headers={"User-Agent": "Mozilla/5.0 (Windows NT 10.0) Gecko/20100101 Firefox/140.0"}), maya)
    (letter,) = mailoutbox
    assert letter.to == [maya.email]
    assert "Firefox on Windows" in letter.body
