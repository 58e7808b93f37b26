"""Our people: what a seat manager sees and does, and what somebody invited does with their link."""

import re
import smtplib
from datetime import timedelta
from unittest.mock import patch

import pytest
from django.test import Client
from django.utils import timezone

from alongside.agencies import second_factor
from alongside.agencies.models import Practitioner

from .conftest import PASSWORD, code_of, is_in, offered, with_app

pytestmark = pytest.mark.django_db
NOOR = {"name": "Noor Malik", "email": "noor@alongside.example", "role": "social_worker"}


@pytest.fixture
def client(carys):
    client = Client()
    client.force_login(carys)
    return client


def link_in(letter) -> str:
    return re.search(r"http://testserver(/join/\S+)", letter.body)[1]


def test_a_manager_sees_their_own_agencys_seats_and_no_other(client, maya, priya):
    page = client.get("/our-people/").content.decode()
    assert "Maya Osei" in page
    assert "Priya Nair" not in page
    assert client.get("/our-people/priya/").status_code == 404
    assert client.post("/our-people/priya/suspend/", {"because": "x"}).status_code == 404


@pytest.mark.parametrize("key", ["leah", "grace", "omar", "sam"])
def test_nobody_else_sees_them_at_all(request, key):
    other = Client()
    other.force_login(request.getfixturevalue(key))
    for page in ("/our-people/", "/our-people/invite/", "/our-people/leah/", "/our-people/leah/end/"):
        assert other.get(page).status_code == 403


def test_a_manager_finds_nothing_to_do_with_their_own_seat(client, carys):
    assert "This is your own seat" in client.get("/our-people/carys/").content.decode()
    assert client.post("/our-people/carys/end/", {"because": "x"}).status_code == 403
    assert Practitioner.objects.get(key="carys").is_active


def test_somebody_is_invited_and_is_in_with_a_password_and_a_second_factor(client, settings, mailoutbox):
    settings.SECOND_FACTOR = False
    client.post("/our-people/invite/", NOOR)
    settings.SECOND_FACTOR = True
    (letter,) = mailoutbox
    noor = Client()
    assert noor.get(link_in(letter)).url == "/join/"
    assert "Noor Malik" in noor.get("/join/").content.decode()
    assert "at least 12" in noor.post("/join/", {"password": "short"}).content.decode()
    assert noor.post("/join/", {"password": PASSWORD}).url == "/sign-in/set-up/"
    noor.get("/my-account/second-factor/app/")
    secret = offered(noor)
    noor.post("/my-account/second-factor/app/", {"code": code_of(secret)})
    assert is_in(noor)
    late = Client()
    late.get(link_in(letter))
    assert late.get("/join/").status_code == 410


def test_looking_at_a_link_does_not_use_it_up(client, mailoutbox):
    client.post("/our-people/invite/", NOOR)
    for _ in range(3):
        scanner = Client()
        scanner.get(link_in(mailoutbox[0]))
        assert scanner.get("/join/").status_code == 200


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"role": "police_officer"}, "police_officer is not one of the available choices"),
        ({"role": ""}, "Choose a role"),
        ({"email": "noor"}, "like maya@example.org"),
        ({"email": "carys@ALONGSIDE.example"}, "a seat with that address already"),
        ({"email": "Carys+second@alongside.example"}, "a seat with that address already"),
        ({"email": "noor@elsewhere.example"}, "In this agency it ends in @alongside.example or @partnership.example."),
        ({"email": "noor@alongside.example.elsewhere.example"}, "Give their address at work."),
        ({"email": "noor@mail.alongside.example"}, "Give their address at work."),
        ({"team": "leeds-camhs-crisis"}, "leeds-camhs-crisis is not one of the available choices"),
        ({"name": ""}, "Give their name"),
    ],
)
def test_what_is_wrong_with_an_invitation_is_said(client, wrong, said, mailoutbox):
    assert said in client.post("/our-people/invite/", NOOR | wrong).content.decode()
    assert mailoutbox == []


def test_a_letter_that_cannot_be_sent_is_said_and_the_seat_stands(client):
    with patch("django.core.mail.EmailMessage.send", side_effect=smtplib.SMTPServerDisconnected):
        page = client.post("/our-people/invite/", NOOR, follow=True).content.decode()
    assert "could not be sent" in page
    assert Practitioner.objects.filter(email=NOOR["email"]).exists()


def test_a_new_link_takes_away_what_was_signed_in_with(client, maya, mailoutbox):
    there = Client()
    there.force_login(with_app(maya))
    client.post("/our-people/maya/link/")
    assert not is_in(there)
    maya.refresh_from_db()
    assert not maya.has_usable_password()
    assert not second_factor.has_factor(maya)
    assert mailoutbox[0].to == [maya.email]


def test_a_seat_goes_through_its_life(client, maya, mailoutbox):
    steps = [
        ("suspend", {"because": "On leave"}, "Suspended"),
        ("lift", {"because": "Back"}, "In use"),
        ("move", {"role": "team_manager", "team": "leeds-city-council-east", "because": "Promoted"}, "Team manager"),
        ("end", {"because": "Left"}, "Ended"),
        ("give-back", {"because": "Back again"}, "Invited"),
    ]
    Practitioner.objects.update(joined_at=timezone.now())
    for verb, told, shown in steps:
        assert client.get(f"/our-people/maya/{verb}/").status_code == 200
        assert "Say why" in client.post(f"/our-people/maya/{verb}/", {**told, "because": ""}).content.decode()
        page = client.post(f"/our-people/maya/{verb}/", told, follow=True).content.decode()
        assert shown in page
    assert client.get("/our-people/maya/lift/").status_code == 404
    assert client.get("/our-people/maya/promote/").status_code == 404


def test_a_seat_to_look_at_stands_first_until_somebody_says_that_it_is_needed(client, maya, leah, frozen):
    long_ago = timezone.now() - timedelta(days=400)
    Practitioner.objects.filter(key__in=["maya", "carys"]).update(checked_at=long_ago, joined_at=long_ago)
    page = client.get("/our-people/").content.decode()
    assert "Still needed? (2)" in page
    assert "you: ask another seat manager" in page
    client.post("/our-people/maya/keep/", {"because": "Holds forty children"})
    assert "Still needed? (1)" in client.get("/our-people/").content.decode()


def test_the_list_asks_the_database_no_more_for_more_seats(client, seat, django_assert_num_queries):
    client.get("/our-people/")
    with django_assert_num_queries(3):
        client.get("/our-people/")
    for number in range(20):
        seat(f"worker-{number}", "leeds-city-council", "social_worker", team="leeds-city-council-east")
    with django_assert_num_queries(3):
        client.get("/our-people/")
