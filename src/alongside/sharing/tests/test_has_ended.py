"""Whoever could read what was given hears that it ended."""

from datetime import timedelta

import pytest
import time_machine
from django.urls import reverse

from alongside.ledger.models import LedgerEvent
from alongside.people.closing import restrict
from alongside.people.tests.factories import COUNCIL, practitioner
from alongside.sharing.actions import take_back
from alongside.web.tests.reading import words

from .conftest import AT, given

MINUTE = timedelta(minutes=1)
OVER = "What Leah Brandt, Social care, gave you has ended. Do not use it further."


@pytest.fixture
def bea(kai):
    return practitioner("bea", "front_door_manager", COUNCIL)


@pytest.fixture
def made(kai, leah, tom):
    return given(kai, by=leah, to=tom, words="Look for a grey car.")


def page_of(made) -> str:
    return reverse("received_one", args=[made.pk])


def ended(made, leah):
    take_back(decision=made, because="It was the wrong child", by=leah, at=AT)


def test_whoever_read_it_is_told_on_their_first_page_until_they_looked(as_one, kai, leah, tom, made):
    client = as_one(tom)
    client.get(page_of(made))
    ended(made, leah)
    assert OVER in words(client.get("/"))
    answer = client.get(page_of(made))
    page = words(answer)
    assert answer.status_code == 410
    assert "gave you on 23 November 2026 at 9:20am has ended. Do not use it further." in page
    assert not [word for word in ("Kai", "grey car", "wrong child", "no such page") if word in page]
    assert OVER not in words(client.get("/"))
    assert LedgerEvent.objects.filter(what="given to me, ended", subject=made.subject, actor="tom").count() == 1


def test_whoever_never_read_it_finds_it_among_what_was_given_to_them_alone(as_one, leah, tom, made):
    ended(made, leah)
    client = as_one(tom)
    assert OVER not in words(client.get("/", follow=True))
    page = words(client.get(reverse("received")))
    assert "gave you on 23 November 2026 at 9:20am has ended. Do not use it further." in page
    with time_machine.travel(AT + timedelta(days=91), tick=False):
        client = as_one(tom)
        assert "has ended" not in words(client.get(reverse("received")))
        assert client.get(page_of(made)).status_code == 404


def test_the_giver_does_not_read_that_a_look_at_the_end_was_a_reading(as_one, leah, tom, made):
    ended(made, leah)
    as_one(tom).get(page_of(made))
    assert "Nobody has read it yet." in words(as_one(leah).get(reverse("gave", args=[made.pk])))


def test_of_what_a_restriction_or_a_tie_closed_nothing_is_said(as_one, kai, leah, tom, bea, made):
    client = as_one(tom)
    client.get(page_of(made))
    ended(made, leah)
    restrict(person=kai, readers=[], by=bea, at=AT + MINUTE, because="Few")
    assert OVER not in words(client.get("/", follow=True))
    assert "has ended" not in words(client.get(reverse("received")))
    assert client.get(page_of(made)).status_code == 404
