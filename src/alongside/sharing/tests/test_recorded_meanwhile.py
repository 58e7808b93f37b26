"""Two who record the rest of one giving at once: one of them is recorded, and the other reads that theirs is not."""

from datetime import timedelta

import pytest
import time_machine
from django.urls import reverse

from alongside.agencies.seats import suspend
from alongside.ledger.models import LedgerEvent
from alongside.people.tests.factories import COUNCIL, practitioner
from alongside.sharing import given_views
from alongside.sharing.actions import give_now, record_rest
from alongside.sharing.recipients import Target
from alongside.web.tests.reading import words

from .conftest import AT

LATE = AT + timedelta(hours=25)
THEIRS = {"because": "So that his aunt can look for him", "family": "told", "bases": ["art_6_1_e", "art_9_2_g"]}
FIRST = {"because": "To find him", "family": "told", "bases": ["art_6_1_e"]}


@pytest.fixture
def made(kai, leah, tom):
    return give_now(person=kai, to=Target(practitioner=tom), words="Look for a grey car.", by=leah, at=AT)


@pytest.fixture
def meanwhile(monkeypatch, made):
    """Somebody records it while another press is on its way."""

    def records(by):
        real = given_views.recorded

        def second(writing, form, *, at):
            record_rest(decision=made, by=by, at=at, **FIRST)
            return real(writing, form, at=at)

        monkeypatch.setattr(given_views, "recorded", second)

    return records


def says_that_it_is_not_kept(answer) -> bool:
    page = answer.content.decode()
    return "The rest was recorded meanwhile" in words(answer) and THEIRS["because"] in page and "Error: " in page


def test_whoever_comes_second_reads_that_theirs_is_not_kept_and_has_their_words(as_one, leah, made, meanwhile):
    meanwhile(leah)
    answer = as_one(leah).post(reverse("share_rest", args=[made.pk]), THEIRS, follow=True)
    assert says_that_it_is_not_kept(answer)
    assert "The rest is recorded." not in words(answer)
    made.refresh_from_db()
    assert made.because == "To find him"
    assert LedgerEvent.objects.filter(what="rest of a giving recorded").count() == 1


def test_so_does_an_officer_who_stands_in(as_one, leah, made, meanwhile):
    grace, win = (practitioner(name, "information_officer", COUNCIL) for name in ("grace", "win"))
    suspend(practitioner=leah, because="Left", by="tests", at=AT)
    meanwhile(win)
    with time_machine.travel(LATE, tick=False):
        answer = as_one(grace).post(reverse("share_left", args=[made.pk]), THEIRS, follow=True)
    assert says_that_it_is_not_kept(answer)
    made.refresh_from_db()
    assert (made.because, made.recorded_by) == ("To find him", win)
