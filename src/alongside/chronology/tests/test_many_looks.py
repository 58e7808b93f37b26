"""A seat that opens far more than its work needs is asked why, then stopped; an emergency never is."""

from datetime import timedelta
from itertools import count

import pytest
from django.urls import reverse

from alongside.access import limits
from alongside.access.limits import Limits
from alongside.ledger import subjects
from alongside.ledger.models import LedgerEvent, Operation, record
from alongside.people.tests.factories import CAMHS, COUNCIL, NOW, POLICE, child, practitioner, standing
from alongside.web.tests.reading import words

pytestmark = pytest.mark.django_db
number = count(1)
SMALL = Limits(usual={"child": {"hour": (3, 5)}, "search": {"minute": (2, 4)}, "export": {"day": (2, 3)}})
EMERGENCY = {"why": "A child is in danger now", "happening": "Hurt at the bus station"}


@pytest.fixture(autouse=True)
def small_limits(monkeypatch):
    monkeypatch.setattr(limits, "read", lambda _: SMALL)


@pytest.fixture
def leah(signed_in):
    return signed_in("leah", "social_worker", COUNCIL)


@pytest.fixture
def grace():
    return practitioner("grace", "information_officer", COUNCIL)


def near(viewer):
    """One more child near the viewer; the address of its page."""
    person = child(f"{next(number):04}"[:4])
    standing(person, COUNCIL, practitioner=viewer)
    return reverse("child", args=[person.reference])


def opened(client, viewer, times):
    return [client.get(near(viewer)).status_code for _ in range(times)]


def test_whoever_opens_more_than_is_usual_is_asked_why_and_goes_on(client, leah):
    assert opened(client, leah, 3) == [200] * 3
    address = near(leah)
    asked = client.get(address)
    assert asked.status_code == 429
    assert "more children’s records than is usual" in asked.content.decode()
    why = {"because": "I take over a caseload.", "back_to": address}
    assert client.post(reverse("why_so_many", args=["child"]), why)["Location"] == address
    assert client.get(address).status_code == 200


def test_a_reason_is_asked_again_where_none_was_written(client, leah):
    answer = client.post(reverse("why_so_many", args=["child"]), {"because": " ", "back_to": "//evil.example/"})
    assert answer.status_code == 200
    assert "evil.example" not in answer.content.decode()
    assert client.post(reverse("why_so_many", args=["nothing"])).status_code == 404


def test_whoever_opens_very_many_is_stopped_and_told_whom_to_call(client, leah, grace):
    record(Operation.ALTER, "said why so many", by=leah, at=NOW, about="limit:child", purpose="A caseload.")
    assert opened(client, leah, 5) == [200] * 5
    stopped = client.get(near(leah))
    said = stopped.content.decode()
    assert stopped.status_code == 429
    assert "You have opened very many children’s records" in said
    assert grace.name in said
    assert not LedgerEvent.objects.filter(operation="view", at__gt=NOW, subject="person:0099").exists()


def test_what_was_opened_today_can_be_opened_again(client, leah):
    addresses = [near(leah) for _ in range(3)]
    for address in addresses * 3:
        assert client.get(address).status_code == 200


def test_an_emergency_is_never_stopped(client, leah, grace):
    record(Operation.ALTER, "said why so many", by=leah, at=NOW, about="limit:child", purpose="A caseload.")
    opened(client, leah, 5)
    address = near(leah)
    reference = address.strip("/").split("/")[-1]
    assert client.get(address).status_code == 429
    assert client.post(reverse("child_emergency", args=[reference]), EMERGENCY)["Location"] == address
    assert client.get(address).status_code == 200


def test_looks_of_yesterday_and_of_others_do_not_count(client, leah, grace):
    for turn in range(9):
        for by, at in ((leah, NOW - timedelta(days=2)), (grace, NOW)):
            record(Operation.VIEW, "child page", by=by, at=at, about=subjects.child(f"9{turn:03}"))
    assert opened(client, leah, 1) == [200]


def test_searches_are_counted_by_the_minute(client, leah):
    def search():
        return client.get(client.post(reverse("find"), {"q": "kai"})["Location"])

    assert [search().status_code for _ in range(3)] == [200, 200, 429]
    assert "more searches than is usual" in search().content.decode()


def test_the_information_governance_lead_reads_it_on_their_first_page(client, leah, grace):
    record(Operation.ALTER, "said why so many", by=leah, at=NOW, about="limit:child", purpose="I take over a caseload.")
    client.force_login(grace)
    said = client.get("/").content.decode()
    assert "Looked at more than is usual" in said
    assert "I take over a caseload." in said


def test_of_the_only_officer_of_an_agency_another_agencys_reads_it(client, grace):
    record(Operation.ALTER, "said why so many", by=grace, at=NOW, about="limit:child", purpose="A request for access.")
    client.force_login(practitioner("una", "data_protection_lead", POLICE))
    said = client.get("/").content.decode()
    assert "A request for access." in said
    assert "Social care" in said


def test_contact_cards_are_counted_too(client, leah):
    """Whoever may only know of children could go through all of them, card by card."""
    addresses = []
    for _ in range(4):
        person = child(f"{next(number):04}"[:4])
        standing(person, CAMHS, role="CAMHS duty")
        addresses.append(reverse("child", args=[person.reference]))
    assert [client.get(address).status_code for address in addresses] == [200, 200, 200, 429]


def test_where_an_agency_has_nobody_with_the_part_those_who_do_it_for_them_read_it(client, grace):
    tom = practitioner("tom", "school_lead", "leeds-education")
    record(Operation.ALTER, "said why so many", by=tom, at=NOW, about="limit:child", purpose="I take over a caseload.")
    client.force_login(grace)
    said = words(client.get("/"))
    assert "Tom , School, where nobody has your part" in said
    assert "I take over a caseload." in said
