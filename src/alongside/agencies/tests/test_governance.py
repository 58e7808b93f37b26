"""Whoever is sent to information governance reads who that is, and for which agency."""

import pytest
from django.urls import reverse

from alongside.agencies import seats
from alongside.agencies.governance import agencies_of_office, alone_in_office, office_for
from alongside.people.closing import declare_tie, restrict
from alongside.people.tests.factories import COUNCIL, NOW, POLICE, child, practitioner
from alongside.web.tests.reading import words

pytestmark = pytest.mark.django_db
SCHOOL = "leeds-education"


@pytest.fixture
def grace():
    return practitioner("grace", "information_officer", COUNCIL, phone="0113 496 0555")


@pytest.fixture
def tom(client):
    tom = practitioner("tom", "school_lead", SCHOOL)
    client.force_login(tom)
    return tom


def test_the_own_agencys_come_alone_and_where_it_has_none_all_others(grace, tom):
    assert office_for(tom).people == [grace]
    assert not office_for(tom).is_own
    own = practitioner("una", "data_protection_lead", SCHOOL)
    practitioner("gone", "data_protection_lead", SCHOOL, is_active=False)
    assert (office_for(tom).people, office_for(tom).is_own) == ([own], True)
    assert (office_for(own).people, office_for(own).is_theirs) == ([grace], True)


def test_an_office_is_for_its_own_agency_and_for_those_that_have_none(grace, tom):
    practitioner("una", "data_protection_lead", POLICE)
    assert {one.slug for one in agencies_of_office(grace)} == {COUNCIL, SCHOOL}


def test_what_the_only_officer_looks_at_is_read_by_another_agencys(grace):
    una = practitioner("una", "data_protection_lead", POLICE)
    assert (list(alone_in_office(una)), list(alone_in_office(grace))) == ([grace], [una])
    gil = practitioner("gil", "information_officer", COUNCIL)
    assert list(alone_in_office(una)) == []
    seats.suspend(practitioner=gil, because="Away", by="tests", at=NOW)
    assert list(alone_in_office(una)) == [grace]


@pytest.mark.parametrize("page", ["my_account", "recorded", "help"])
def test_a_page_that_sends_to_them_names_them_and_says_for_whom_they_do_it(client, grace, tom, page):
    said = words(client.get(reverse(page)))
    assert "Nobody at School has information governance as their part. These people have it for you:" in said
    assert "Grace , Social care" in said
    assert "0113 496 0555" in said


def test_where_nobody_has_the_part_the_page_says_so(client, tom):
    assert "Nobody has information governance as their part yet" in words(client.get(reverse("my_account")))


def test_whoever_is_not_signed_in_reads_no_names(client, grace):
    said = words(client.get(reverse("recorded")))
    assert "Tell information governance" in said
    assert "Grace" not in said


@pytest.mark.parametrize("closes", ["tied", "restricted"])
def test_the_refusal_names_the_same_whatever_closed_the_record(client, grace, tom, closes):
    """Also where another keeps the tie: which one would tell of a restriction."""
    kai = child("7F3K")
    if closes == "tied":
        declare_tie(person=kai, by=tom, at=NOW, because="My nephew")
    restrict(person=kai, readers=[], by=practitioner("bea", "front_door_manager"), at=NOW, because="Moved")
    said = words(client.get(reverse("child", args=["7F3K"])))
    assert ("You said that you know this child" in said) == (closes == "tied")
    assert "Grace , Social care" in said
    assert "Bea" not in said
