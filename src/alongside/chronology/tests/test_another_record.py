"""What a page says while a person is asked whether another record is of the same child."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from alongside.linkage.candidates import index
from alongside.linkage.models import LinkQuestion
from alongside.people.tests.factories import COUNCIL, NOW, POLICE, child, practitioner, record, standing
from alongside.web.tests.reading import words

from .factories import entry

pytestmark = pytest.mark.django_db
SAID = "Another record may be of this child: a person is being asked."
QUALIFIED = "Another record may tell of a later day"


@pytest.fixture
def siobhan():
    person = child("4HRZ9BCD", given_name="Siobhan", family_name="O'Brien")
    entry(person, seen_at=NOW - timedelta(days=186))
    standing(person, COUNCIL)
    return person


@pytest.fixture
def asked(siobhan):
    other = child("SHIV", given_name="Shiv", family_name="O'Brien")
    left, right = record(siobhan, "leeds-education"), record(other, "leeds-teaching-hospitals")
    index([left, right])
    return LinkQuestion.objects.create(left=left, right=right, weight=5, reason="In part", asked_at=NOW)


def pages(client, reader) -> list[str]:
    client.force_login(reader)
    found = client.post(reverse("find"), {"q": "Siobhan"}, follow=True)
    return [words(client.get(reverse("child", args=["4HRZ9BCD"]))), words(found)]


def test_the_childs_page_and_the_card_say_so(client, asked):
    page, card = pages(client, practitioner("maya", "front_door_worker"))
    assert SAID in page
    assert "Not seen by anyone for 186 days" in page
    assert QUALIFIED in page
    assert SAID in card


def test_the_childs_page_says_whom_to_ask(client, asked):
    page, _ = pages(client, practitioner("maya", "front_door_worker"))
    assert f"{SAID} Ask the duty team." in page


def test_nothing_is_said_to_who_may_not_know_of_the_other(client, asked):
    page, card = pages(client, practitioner("leah", "social_worker"))
    assert "Not seen by anyone for 186 days" in page
    assert "Siobhan" in card
    assert "nother record" not in page + card


@pytest.mark.parametrize("verdict", ["same", "different"])
def test_once_decided_nothing_is_said(client, asked, verdict):
    LinkQuestion.objects.update(verdict=verdict)
    assert "nother record" not in "".join(pages(client, practitioner("maya", "front_door_worker")))


def test_whoever_sees_only_whom_to_call_is_told_on_the_card_where_they_may_know_of_both(client, asked):
    standing(asked.right.person, COUNCIL)
    client.force_login(practitioner("priya", "police_officer", POLICE))
    card = words(client.post(reverse("find"), {"q": "Siobhan"}, follow=True))
    assert SAID in card


def test_the_doubt_stands_beside_the_days_before_any_agency(client, asked):
    page, _ = pages(client, practitioner("maya", "front_door_worker"))
    assert page.index("Not seen by anyone") < page.index(QUALIFIED) < page.index("By Police")


def test_a_child_in_no_pair_is_not_asked_about_at_length(client, siobhan):
    index(siobhan.records.all())
    reader = practitioner("leah", "social_worker")
    with CaptureQueriesContext(connection) as asked:
        assert "Siobhan" in pages(client, reader)[1]
    pairs = [one["sql"] for one in asked if "linkage_linkquestion" in one["sql"]]
    assert len(pairs) == 2
    assert not any("verdict" in sql for sql in pairs)


def test_a_childs_page_with_a_pair_costs_no_more_than_twelve_looks(client, asked):
    page, _ = pages(client, practitioner("maya", "front_door_worker"))
    with CaptureQueriesContext(connection) as said:
        client.get(reverse("child", args=["4HRZ9BCD"]))
    assert SAID in page
    assert len(said) <= 12
