"""A partnership begins with one seat, given on the terminal; mistakes are refused in words."""

import pytest
from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from typer.testing import CliRunner

from alongside.access.rules import Level
from alongside.agencies.models import Practitioner
from alongside.cli import app
from alongside.ledger.models import LedgerEvent
from alongside.people.closing import restrict
from alongside.people.queries import level_of
from alongside.people.tests.factories import child

pytestmark = pytest.mark.django_db

GOOD = "lighthouse keepers sing"
AMINA = {
    "email": "amina.shah@partnership.example",
    "name": "Amina Shah",
    "agency": "leeds-city-council",
    "role": "information_officer",
}


@pytest.fixture(autouse=True)
def folder_of_this_test(tmp_path, monkeypatch):
    monkeypatch.setenv("ALONGSIDE_VAR", str(tmp_path / "var"))
    monkeypatch.setattr(settings, "VAR", tmp_path / "var")


def said(*words, password=GOOD):
    return CliRunner().invoke(app, ["seat", *words], input=f"{password}\n")


def given(password=GOOD, **changes):
    options = [word for name, value in (AMINA | changes).items() for word in (f"--{name}", value)]
    return said("give", *options, password=password)


def can_sign_in(client, password=GOOD):
    client.post(reverse("sign_in"), {"email": AMINA["email"], "password": password})
    return "_auth_user_id" in client.session


def test_the_first_seat_of_a_partnership_opens_its_pages(client):
    answer = given()
    assert answer.exit_code == 0, answer.output
    assert "Amina Shah has a seat: Information officer, Leeds City Council" in answer.output
    assert Practitioner.objects.get().key == "amina-shah"
    assert can_sign_in(client)
    assert client.get(reverse("import")).status_code == 200
    assert LedgerEvent.objects.filter(what="practitioner invited", subject="amina-shah").count() == 1


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"email": "amina"}, "--email: This is no e-mail address."),
        (
            {"email": "amina@elsewhere.example"},
            "--email: Give their address at work. In this agency it",
        ),
        ({"agency": "leeds"}, "--agency: No partner is called leeds. There are: catch, "),
        ({"role": "boss"}, "--role: No role is called boss. There are: analyst, "),
        ({"role": "police_officer"}, "--role: No role that leeds-city-council may give is called police_officer."),
        ({"team": "leeds-camhs-crisis"}, "--team: No team of leeds-city-council is called leeds-camhs-crisis."),
        ({"name": " "}, "--name: Give their name"),
        ({"password": "short"}, "at least 12 characters"),
        ({"password": "password1234"}, "too common"),
        ({"password": ""}, "at least 12 characters"),
    ],
)
def test_what_is_wrong_is_refused_in_words(changes, words):
    answer = given(**changes)
    assert answer.exit_code == 2
    assert words in answer.output
    assert not Practitioner.objects.exists()


def test_an_address_has_one_seat_and_a_key_has_one_person():
    assert given().exit_code == 0
    again = given(email="Amina.Shah@partnership.example")
    assert again.exit_code == 2
    assert "already has a seat" in again.output
    assert given(email="amina.shah@alongside.example").exit_code == 0
    assert set(Practitioner.objects.values_list("key", flat=True)) == {"amina-shah", "amina-shah-2"}


def test_a_new_password_ends_sessions_begun_with_the_old_one(client):
    given()
    assert can_sign_in(client)
    assert said("password", AMINA["email"], password="harbour walls hold still").exit_code == 0
    assert client.get(reverse("import")).status_code == 302
    assert can_sign_in(client, "harbour walls hold still")


def test_a_seat_that_has_ended_opens_nothing_and_stays_on_the_list(client):
    given()
    assert can_sign_in(client)
    assert said("end", AMINA["email"]).exit_code == 0
    assert client.get(reverse("import")).status_code == 302
    assert "(ended)" in said("list").output
    assert LedgerEvent.objects.filter(what="seat ended").count() == 1


def test_nobodys_password_cannot_be_changed():
    answer = said("password", "nobody@partnership.example")
    assert answer.exit_code == 2
    assert "Nobody here has the address" in answer.output


def test_a_seat_is_suspended_lifted_and_kept(client):
    given()
    assert can_sign_in(client)
    assert said("suspend", AMINA["email"], "--because", "Lost a laptop").exit_code == 0
    assert client.get(reverse("import")).status_code == 302
    assert "(suspended)" in said("list").output
    assert said("lift", AMINA["email"]).exit_code == 0
    assert can_sign_in(client)
    assert said("keep", AMINA["email"]).exit_code == 0
    told = LedgerEvent.objects.filter(subject="amina-shah").values_list("what", "purpose")
    assert ("seat suspended", "Lost a laptop") in told
    assert "seat still needed" in dict(told)


def test_a_link_is_printed_once_and_takes_the_password_away(client):
    given()
    answer = said("link", AMINA["email"])
    assert "/join/" in answer.output.splitlines()[-1]
    assert not can_sign_in(client)
    client.get("/join/" + answer.output.splitlines()[-1].split("/join/")[1])
    assert "Amina Shah" in client.get("/join/").content.decode()


def test_an_ended_seat_gets_no_link_until_it_is_given_back():
    given()
    said("end", AMINA["email"])
    refused = said("link", AMINA["email"])
    assert refused.exit_code == 2
    assert "not in use" in refused.output
    assert "/join/" in said("give-back", AMINA["email"]).output
    assert "(invited)" in said("list").output


def test_a_restricted_record_that_nobody_keeps_is_handed_over(kept_by_nobody, seat):
    ann = seat("ann", "leeds-city-council", "front_door_manager")
    assert "No restricted record" in said("hand-over", "NONE", ann.email).output
    answer = said("hand-over", kept_by_nobody.reference, ann.email)
    assert answer.exit_code == 0, answer.output
    assert level_of(viewer=ann, person=kept_by_nobody, at=timezone.now()) is Level.TEAM
    again = said("hand-over", kept_by_nobody.reference, ann.email)
    assert again.exit_code == 2
    assert "Nothing was changed" in again.output


@pytest.fixture
def kept_by_nobody(seat):
    bea, person = seat("bea", "leeds-city-council", "front_door_manager"), child()
    restrict(person=person, readers=[], by=bea, at=timezone.now(), because="Moved for safety")
    Practitioner.objects.filter(pk=bea.pk).update(is_active=False)
    return person
