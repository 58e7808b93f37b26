"""What stands above a child's pages, and who is involved: each thing once."""

from datetime import timedelta

import pytest
from django.urls import reverse

from alongside.people.tests.factories import CAMHS, COUNCIL, NOW, POLICE, child, practitioner, standing
from alongside.web.tests.reading import words

from .factories import entry

pytestmark = pytest.mark.django_db


@pytest.fixture
def kai():
    return child("7F3K", called="Kai")


@pytest.fixture
def page(client):
    def read() -> str:
        client.force_login(practitioner("maya", "front_door_worker", COUNCIL))
        return words(client.get(reverse("child", args=["7F3K"])))

    return read


def said(kai, by, code, stated_by):
    known = entry(kai, by).record
    known.ethnicity = {"scheme": "sde18", "code": code, "stated_by": stated_by}
    known.save()


def test_one_heritage_is_said_once_with_all_who_said_so(kai, page):
    said(kai, POLICE, "B1", "self")
    said(kai, CAMHS, "B1", "parent")
    heritage = page().partition("Ethnicity and heritage:")[2]
    assert heritage.count("Black Caribbean") == 1
    for source in ("Kai said , told by Police", "a parent said , told by CAMHS"):
        assert source in heritage


def test_two_that_differ_both_stand(kai, page):
    said(kai, POLICE, "B1", "officer")
    said(kai, CAMHS, "M1", "self")
    shown = page()
    assert "Black Caribbean" in shown
    assert "Mixed: White and Black Caribbean" in shown


@pytest.mark.parametrize(("also_told", "is_said"), [(True, False), (False, True)])
def test_that_somebody_preferred_not_to_say_is_said_where_nothing_is_known(kai, page, also_told, is_said):
    said(kai, POLICE, "NS", "self")
    if also_told:
        said(kai, CAMHS, "B1", "self")
    assert ("Asked, preferred not to say" in page()) is is_said


def test_a_worker_whom_two_records_name_is_called_once(kai, page):
    for role, days in (("Social worker", 30), ("Lead practitioner", 200)):
        standing(
            kai, COUNCIL, worker="Nadia Rahman", role=role, phone="0113 496 0100", since=NOW - timedelta(days=days)
        )
    involved = page().partition("Who’s involved")[2]
    assert involved.count("0113 496 0100") == 1
    for told in ("Social worker", "Lead practitioner", "7 May 2026"):
        assert told in involved
