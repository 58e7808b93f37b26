"""Those who work with a child see who has looked in the last year, every line of it."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from alongside.chronology import queries
from alongside.ledger import subjects
from alongside.ledger.models import Operation, record
from alongside.people.tests.factories import COUNCIL, child, practitioner, standing

pytestmark = pytest.mark.django_db
PAGE = reverse("child_looked", args=["7F3K"])


@pytest.fixture
def leah(client):
    viewer = practitioner("leah", "social_worker", COUNCIL)
    standing(child("7F3K", called="Kai"), COUNCIL, practitioner=viewer)
    client.force_login(viewer)
    return viewer


def looked(name: str, days: int) -> None:
    at, about = timezone.now() - timedelta(days=days), subjects.child("7F3K")
    record(Operation.VIEW, "timeline", by=practitioner(name, "social_worker", COUNCIL), at=at, about=about)


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
