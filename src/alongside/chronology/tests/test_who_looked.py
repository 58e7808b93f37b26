"""Those who work with a child see who has looked in the last year, every line of it."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from alongside.chronology import queries
from alongside.ledger import subjects
from alongside.ledger.models import Operation, record
from alongside.linkage.actions import move, unlink
from alongside.people.models import Person
from alongside.people.tests.factories import COUNCIL, POLICE, child, practitioner, standing
from alongside.web.tests.reading import words

from .factories import known_as

pytestmark = pytest.mark.django_db
PAGE = reverse("child_looked", args=["7F3K"])


@pytest.fixture
def leah(client):
    viewer = practitioner("leah", "social_worker", COUNCIL)
    standing(child("7F3K", called="Kai"), COUNCIL, practitioner=viewer)
    client.force_login(viewer)
    return viewer


def looked(name: str, days: int, at_whom: str = "7F3K", what: str = "timeline", **more) -> None:
    at, about = timezone.now() - timedelta(days=days), subjects.child(at_whom)
    record(Operation.VIEW, what, by=practitioner(name, "social_worker", COUNCIL), at=at, about=about, **more)


def test_looks_of_the_last_year_are_there_and_older_ones_are_not(client, leah):
    looked("amina", 360)
    looked("bob", 370)
    page = client.get(PAGE).content.decode()
    assert "Amina" in page
    assert "Bob" not in page
    assert "Social care: 1" in page


def test_every_look_is_on_one_of_the_pages_and_on_one_only(client, leah, monkeypatch):
    monkeypatch.setattr(queries, "LOOKED", 4)
    for turn in range(9):
        looked(f"worker{turn}", turn)
    address, seen = PAGE, []
    while address:
        answer = client.get(address)
        seen += re.findall(r"Worker(\d)", answer.content.decode())
        address = answer.context["earlier"] and f"{PAGE}{answer.context['earlier']}"
    assert sorted(set(seen)) == [str(turn) for turn in range(9)]
    assert len(seen) == 9


@pytest.fixture
def grace(leah):
    return practitioner("grace", "information_officer", COUNCIL)


def linked(one, *, days: int) -> None:
    one.links.update(linked_at=timezone.now() - timedelta(days=days))


def test_a_record_that_is_linked_brings_along_who_looked_at_it(client, leah, grace):
    kay, kai = child("KAY1"), Person.objects.get(reference="7F3K")
    one = known_as(kay, POLICE)
    linked(one, days=300)
    looked("amina", 200, "KAY1")
    looked("snoop", 150, "KAY1", "emergency access")
    said = {"by": grace, "rule": "details", "because": "Same child"}
    move(one, kai, at=timezone.now() - timedelta(days=100), **said)
    looked("clare", 50, "KAY1")
    answer = client.get(PAGE)
    for name in ("Amina", "Snoop", "Clare"):
        assert name in answer.content.decode()
    assert [line.actor for line in answer.context["emergencies"]] == ["snoop"]


def test_a_record_that_leaves_keeps_who_looked_while_it_was_there(client, leah, grace):
    kai = Person.objects.get(reference="7F3K")
    one, _ = known_as(kai, POLICE), known_as(kai, COUNCIL)
    linked(one, days=200)
    for name, days in (("before", 300), ("amina", 150), ("after", 10)):
        looked(name, days)
    alone = unlink(record_=one, by=grace, at=timezone.now() - timedelta(days=100), because="Another child")
    assert {line.actor for line in queries.looks(alone)} == {"amina"}
    assert {line.actor for line in queries.looks(kai)} == {"before", "amina", "after"}


OF_ONE = ["release", "intelligence", "supervision", "given to me", "what I gave"]
OF_ONE += ["second person", "decision left to others", "still being read"]


@pytest.mark.parametrize("what", OF_ONE)
def test_a_look_at_one_thing_that_others_may_not_know_of_is_a_look_like_any_other(client, leah, what):
    """Who read it is on the page of the thing, for those who may read that."""
    looked("tom", 1, what=what, purpose="Given by Priya Nair")
    for page in (words(client.get(PAGE)), words(client.get(reverse("child", args=["7F3K"])))):
        assert re.search(r"Tom , Social care, .{5,40}, looked at this child", page)
        assert "Priya Nair" not in page


def test_why_a_record_was_opened_in_an_emergency_is_said(client, leah):
    looked("tom", 1, purpose="Emergency access: found hurt")
    assert "opened the timeline of this child · Emergency access: found hurt" in words(client.get(PAGE))
