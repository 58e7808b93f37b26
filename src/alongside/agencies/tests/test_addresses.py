"""Two people are two mailboxes at work: nobody makes a second person of an address of their own."""

import pytest
from django.utils import timezone

from alongside import playbook
from alongside.agencies import seats
from alongside.agencies.actions import invite
from alongside.agencies.addresses import NotTheirAddressError, is_taken
from alongside.agencies.models import Practitioner
from alongside.agencies.partners import domains_of, read_partners
from alongside.demo.practitioners import CARDS
from alongside.ledger.models import LedgerEvent

pytestmark = pytest.mark.django_db
OFFICER = {"key": "second", "name": "Second", "role": "records_officer"}
PARTNER = """[[agencies]]
slug = "catch"
name = "CATCH"
short_name = "CATCH"
sector = "voluntary"
is_statutory = false
"""


@pytest.mark.parametrize(
    "email",
    [
        pytest.param("carys@home.example", id="at home"),
        pytest.param("carys+second@alongside.example", id="her own mailbox in other words"),
        pytest.param("CARYS@alongside.example", id="her own mailbox in capitals"),
        pytest.param("maya+records@Alongside.Example", id="a colleague's mailbox"),
        pytest.param("priya+records@alongside.example", id="a mailbox of another agency's"),
    ],
)
def test_a_seat_manager_makes_no_second_person_of_an_address_that_is_not_one(carys, maya, priya, email):
    with pytest.raises(NotTheirAddressError):
        seats.invite_to_agency(by=carys, at=timezone.now(), email=email, **OFFICER)
    assert not Practitioner.objects.filter(key="second").exists()


def test_a_mailbox_stays_taken_when_its_seat_has_ended_and_a_longer_name_is_another(seat):
    seat("ann+nights", "leeds-camhs", "health_worker")
    Practitioner.objects.update(is_active=False, ended_at=timezone.now(), ended_because="Left")
    camhs = {"agency": "leeds-camhs"}
    assert is_taken("ANN@alongside.example", **camhs)
    assert is_taken("ann+days@alongside.example", **camhs)
    assert not is_taken("anna@alongside.example", **camhs)
    assert not is_taken("ann@partnership.example", **camhs)
    assert not is_taken("a%n@alongside.example", **camhs)


def test_whoever_left_one_agency_is_invited_by_another_with_the_address_that_both_use(carys, priya):
    now = timezone.now()
    seats.end_seat(practitioner=priya, because="Works for the council now", by="tests", at=now)
    told = {**OFFICER, "email": "Priya+council@alongside.example"}
    again, _ = seats.invite_to_agency(by=carys, at=now, **told)
    priya.refresh_from_db()
    assert (again.email, priya.email) == ("priya+council@alongside.example", "priya@left.invalid")
    assert (
        LedgerEvent.objects.filter(what="address went over to a new seat", subject="priya", actor="carys").count() == 1
    )
    with pytest.raises(seats.NotForYouError, match="elsewhere"):
        seats.give_back(practitioner=priya, because="Is back", by="tests", at=now)


def test_of_a_seat_whose_address_went_elsewhere_its_page_says_so(client, carys, jas_who_left):
    client.force_login(carys)
    page = client.get(f"/our-people/{jas_who_left.key}/").content.decode()
    assert "They have a seat elsewhere" in page
    assert "left.invalid" not in page
    assert client.get(f"/our-people/{jas_who_left.key}/give-back/").status_code == 404


@pytest.fixture
def jas_who_left(seat):
    """A colleague of Carys's who works at CAMHS now."""
    now = timezone.now()
    left = seat("jas-left", "leeds-city-council", "social_worker")
    seats.end_seat(practitioner=left, because="Works for CAMHS now", by="tests", at=now)
    there = {"key": "jas-there", "name": "Jas", "role": "health_worker", "agency": "leeds-camhs"}
    invite(**there, email=left.email, by="tests", at=now)
    left.refresh_from_db()
    return left


def test_an_agency_without_a_list_has_people_anywhere(agencies):
    told = {"key": "sal", "name": "Sal", "role": "place_worker", "agency": "corner-shops"}
    assert invite(**told, email="sal@shop.example", by="tests", at=timezone.now()).email == "sal@shop.example"


def test_everybody_of_the_demo_has_an_address_at_their_agency():
    listed = {card.agency: domains_of(card.agency) for card in CARDS}
    assert [card.key for card in CARDS if card.email.partition("@")[2] not in listed[card.agency]] == []


@pytest.mark.parametrize("wrong", ["@catch.example", "Catch.example", "catch", "*.example", "a b.example", "-.example"])
def test_what_is_no_domain_is_named_with_its_line(tmp_path, wrong):
    file = tmp_path / "agencies.toml"
    file.write_text(f'{PARTNER}email_domains = ["catch.example", "{wrong}"]\n')
    with pytest.raises(playbook.BrokenPlaybookError) as broken:
        read_partners(file)
    assert "line 7: agencies.0.email_domains.1" in str(broken.value)
