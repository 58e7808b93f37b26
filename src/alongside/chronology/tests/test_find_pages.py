import re

import pytest
from django.contrib.sessions.models import Session
from django.db import connection
from django.urls import reverse

from alongside.chronology.find_views import asked_as
from alongside.contributions.rules import receipt_for
from alongside.ledger.models import LedgerEvent
from alongside.linkage.candidates import index
from alongside.people.tests.factories import CAMHS, COUNCIL, POLICE, child, practitioner, record, standing
from alongside.web.tests.reading import words

from .factories import entry

pytestmark = pytest.mark.django_db


@pytest.fixture
def siobhan():
    person = child("4HRZ9BCD", given_name="Siobhan", family_name="O'Brien", date_of_birth="2010-05-01")
    index([record(person, POLICE, date_of_birth="2010-05-01")])
    return person


@pytest.fixture
def maya(client):
    viewer = practitioner("maya", "front_door_worker", COUNCIL)
    client.force_login(viewer)
    return viewer


def search(client, text: str):
    return client.post(reverse("find"), {"q": text}, follow=True)


def test_a_name_as_it_sounds_finds_the_child_and_says_why(client, maya, siobhan):
    response = search(client, "shivaun may 2010")
    assert "1 child matches" in words(response)
    assert "sounds like “shivaun”, the month of birth" in words(response)
    assert reverse("child", args=["4HRZ9BCD"]) in response.content.decode()


def test_no_name_is_in_the_address_and_back_works(client, maya, siobhan):
    response = search(client, "Siobhan")
    address = response.redirect_chain[-1][0]
    assert re.fullmatch(r"/find/[\w-]{4,8}/", address)
    assert "1 child matches" in words(client.get(address))
    assert "Siobhan" not in re.search(r"<title>(.*?)</title>", response.content.decode(), re.S)[1]


def test_each_child_shown_is_one_line_and_so_is_what_was_asked(client, maya, siobhan):
    search(client, "Siobhan")
    lines = LedgerEvent.objects.filter(operation="view").order_by("pk")
    assert [(line.what, line.subject) for line in lines] == [("search", ""), ("search result", "person:4HRZ9BCD")]
    assert lines[0].details == {"asked": asked_as("  siobhan "), "found": 1}


def test_what_was_typed_lies_nowhere_to_be_read(client, maya, siobhan):
    """A number typed here would outlive whatever is disposed of: the ledger is kept for good."""
    search(client, "943 476 5919 Siobhan")
    with connection.cursor() as cursor:
        for table in ("ledger_ledgerevent", "django_session"):
            cursor.execute(f"SELECT * FROM {table}")  # noqa: S608 - two names of our own
            rows = str(cursor.fetchall())
            assert "943 476 5919" not in rows
            assert "943 476 5919 Siobhan" not in str([one.get_decoded() for one in Session.objects.all()])


def test_the_words_are_the_same_whether_there_is_none_or_one_may_not_know(client, siobhan):
    client.force_login(practitioner("priya", "police_officer", POLICE))
    hidden, absent = words(search(client, "siobhan")), words(search(client, "zzzzqq"))
    assert hidden == absent
    assert "No one matches that we may show you" in hidden


def test_whoever_may_only_know_of_the_child_sees_whom_to_call(client, siobhan):
    client.force_login(practitioner("priya", "police_officer", POLICE))
    standing(siobhan, CAMHS, role="CAMHS duty", phone="0113 496 0005")
    page = words(search(client, "siobhan"))
    assert "CAMHS duty" in page
    assert "0113 496 0005" in page
    assert "1 May 2010" not in page


def test_a_service_that_told_so_to_a_few_is_named_to_nobody_who_may_only_know_of_the_child(client, siobhan):
    client.force_login(practitioner("priya", "police_officer", POLICE))
    standing(siobhan, COUNCIL, role="Early help", phone="0113 496 0006")
    standing(siobhan, CAMHS, role="A service told to a few", phone="0113 496 0007", is_quiet=True)
    page = words(search(client, "siobhan"))
    assert "Early help" in page
    assert "told to a few" not in page
    assert "0113 496 0007" not in page


def test_whom_to_call_is_whoever_leads(client, siobhan):
    client.force_login(practitioner("priya", "police_officer", POLICE))
    standing(siobhan, COUNCIL, role="Social worker", phone="0113 496 0006")
    standing(siobhan, CAMHS, role="CAMHS duty", phone="0113 496 0005")
    assert "Social worker" in words(search(client, "siobhan"))


@pytest.mark.parametrize(("role", "of"), [("place_worker", "leeds-highways"), ("analyst", COUNCIL)])
def test_whoever_finds_no_child_is_refused(client, role, of):
    client.force_login(practitioner("omar", role, of))
    assert client.get(reverse("find")).status_code == 403
    assert client.get(reverse("find_results", args=["abc"])).status_code == 403


def test_an_address_that_has_ended_leads_to_an_empty_form(client, maya):
    response = client.get(reverse("find_results", args=["ended"]), follow=True)
    assert "Find a child" in words(response)


def test_more_than_fifty_ask_for_a_date(client, maya):
    index([record(child(given_name="Kai", family_name="Adeyemi")) for _ in range(52)])
    page = words(search(client, "kai"))
    assert "More than 50 match" in page
    assert "Add a date" in page


def test_a_search_costs_the_same_however_many_match(client, maya, siobhan, django_assert_max_num_queries):
    index([record(child(given_name="Siobhan", family_name="Murphy")) for _ in range(40)])
    address = search(client, "siobhan").redirect_chain[-1][0]
    with django_assert_max_num_queries(13):
        client.get(address)


@pytest.fixture
def told(siobhan):
    key = (POLICE, "niche", "PPN-2026-000123")
    whose = {"system": key[1], "reference": key[2], "receipt": receipt_for(key, 1)}
    return entry(siobhan, POLICE, title="Police met Siobhan", contribution=whose)


def test_the_reference_of_what_was_told_finds_the_child_and_leads_to_it(client, maya, siobhan, told):
    receipt = told.contribution.receipt
    for typed in ("PPN-2026-000123", "ppn-2026-000123", receipt, told.contribution.short_receipt.lower()):
        response = search(client, f" {typed} ")
        assert "something was told under this reference" in words(response), typed
        assert reverse("child_entry", args=["4HRZ9BCD", receipt]) in response.content.decode()
    lines = LedgerEvent.objects.filter(what="search result").values_list("subject", flat=True)
    assert set(lines) == {"person:4HRZ9BCD"}


@pytest.mark.parametrize("handling", ["police", "restricted"])
def test_a_reference_of_what_one_may_not_read_finds_nobody(client, maya, siobhan, told, handling):
    type(told).objects.update(handling=handling)
    assert "No one matches that we may show you" in words(search(client, "PPN-2026-000123"))


def test_a_reference_finds_nobody_for_whoever_stands_too_far(client, siobhan, told):
    client.force_login(practitioner("priya", "police_officer", POLICE))
    assert "No one matches that we may show you" in words(search(client, "PPN-2026-000123"))


@pytest.mark.parametrize("reference", ["CASE-2345", "WYPS2345", "3f2a-9c", "13 AB 22"])
def test_a_reference_of_any_shape_is_looked_up(client, maya, siobhan, reference):
    entry(siobhan, POLICE, title="Police met Siobhan", contribution={"reference": reference})
    assert "something was told under this reference" in words(search(client, reference))
