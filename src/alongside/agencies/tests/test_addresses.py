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
    assert is_taken("ANN@alongside.example")
    assert is_taken("ann+days@alongside.example")
    assert not is_taken("anna@alongside.example")
    assert not is_taken("ann@partnership.example")
    assert not is_taken("a%n@alongside.example")


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
