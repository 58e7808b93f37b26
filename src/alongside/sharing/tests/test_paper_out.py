"""Somebody without a seat has nothing until paper is made or somebody rings them; and paper that is out does not come
back by a button: its giver is asked until it is back, or destroyed."""

from datetime import timedelta

import pytest
import time_machine
from django.urls import reverse

from alongside.agencies.seats import suspend
from alongside.chronology.tests.factories import entry
from alongside.ledger.models import LedgerEvent
from alongside.people.tests.factories import COUNCIL, practitioner
from alongside.sharing.disposing import forget_given
from alongside.sharing.models import ShareDecision
from alongside.web.tests.reading import words

from .conftest import AT, given
from .telling import marks_on

ASKED = "Ask Coach Dean for the paper back, or that it is destroyed: you ended what you gave them."


@pytest.fixture
def made(kai, leah) -> ShareDecision:
    return given(kai, by=leah, outside="Coach Dean", entries=[entry(kai, title="Seen at the park")], words="Meet him.")


@pytest.fixture
def printed(as_one, leah, made) -> ShareDecision:
    as_one(leah).get(reverse("share_paper", args=[made.pk]))
    return made


def page_of(made) -> str:
    return reverse("gave", args=[made.pk])


def ended(client, made) -> str:
    return words(client.post(page_of(made), {"because": "He tells others"}, follow=True))


def test_whoever_has_no_seat_is_not_said_to_have_it(as_one, kai, leah, filled):
    answers = filled.answers | {"to": "", "outside": "Coach Dean", "words": "Meet him."}
    page = words(as_one(leah).post(reverse("share", args=["7F3K"]), answers, follow=True))
    assert "Kept. Nobody has it yet: print the paper, or ring them." in page
    assert "Kept, no paper yet To Coach Dean" in page
    assert "It can be read until" not in page
    now = {"outside": "PC Smith", "words": "Grey car."}
    page = words(as_one(leah).post(reverse("share_now", args=["7F3K"]), now, follow=True))
    assert "Kept. Nobody has it yet: print the paper, or ring them. My day asks you for the rest." in page
    assert "Given" not in page


def test_once_the_paper_is_made_it_is_given_and_the_page_says_when(as_one, leah, printed):
    page = words(as_one(leah).get(page_of(printed)))
    assert "Given To Coach Dean" in page
    assert "Paper was made on 23 November 2026 at 9:20am. It says that it may be used until 21 February 2027." in page
    assert "Ask for the paper back" in page


def test_what_was_never_on_paper_ends_at_once(as_one, leah, made):
    client = as_one(leah)
    assert "Ask for the paper back" not in words(client.get(page_of(made)))
    page = ended(client, made)
    assert "Taken back To Coach Dean" in page
    assert "the paper" not in page
    assert "Coach Dean" not in words(client.get("/"))


def test_nor_is_any_asked_back_once_it_is_disposed_of(as_one, kai, leah, made):
    forget_given([made.entries.get().contribution], at=AT)
    client = as_one(leah)
    assert "paper" not in words(client.get("/"))
    page = words(client.get(page_of(made)))
    assert "What was given was disposed of" in page
    assert "Ask Coach Dean" not in page


def test_paper_that_is_out_is_asked_back_until_it_is_back_or_destroyed(as_one, leah, printed):
    client = as_one(leah)
    page = ended(client, printed)
    assert "Ended, paper still out To Coach Dean" in page
    assert "Ask Coach Dean for the paper back, or that it is destroyed." in page
    assert "Taken back" not in page
    assert ASKED in words(client.get("/"))
    page = words(
        client.post(reverse("share_told", args=[printed.pk]), marks_on(client.get(page_of(printed))), follow=True)
    )
    assert "Kept: Coach Dean gave the paper back, or it is destroyed." in page
    assert "Taken back To Coach Dean" in page
    assert ASKED not in words(client.get("/"))
    line = LedgerEvent.objects.get(what="paper seen to")
    assert (line.operation, line.subject) == ("alter", "person:7F3K")


def test_what_was_disposed_of_in_part_is_asked_back_again_when_it_is_ended(as_one, kai, leah, printed):
    printed.entries.create(
        contribution=entry(kai).contribution, record=printed.entries.get().record, role="subject", title="Another"
    )
    client, told = as_one(leah), reverse("share_told", args=[printed.pk])
    forget_given([printed.entries.first().contribution], at=AT)
    client.post(told, marks_on(client.get(page_of(printed))))
    assert "paper still out" in ended(client, printed)
    client.post(told, marks_on(client.get(page_of(printed))), follow=True)
    forget_given([printed.entries.get().contribution], at=AT)
    assert "Coach Dean" not in words(client.get("/"))


def test_where_its_giver_left_the_office_asks_it_back(as_one, leah, printed):
    grace = as_one(practitioner("grace", "information_officer", COUNCIL, name="Grace Lumb"))
    ended(as_one(leah), printed)
    suspend(practitioner=leah, because="Left", by="tests", at=AT)
    page = reverse("share_left_told", args=[printed.pk])
    with time_machine.travel(AT + timedelta(minutes=2), tick=False):
        assert "Ask Coach Dean for the paper back, or that it is destroyed: Leah Brandt ended" in words(grace.get("/"))
        assert "Leah Brandt ended it" in words(grace.get(page))
        assert "Coach Dean" in words(grace.post(page, marks_on(grace.get(page)), follow=True))
        assert "paper back" not in words(grace.get("/", follow=True)).replace("gave the paper back", "")
    printed.refresh_from_db()
    assert printed.told_by.key == "grace"


def rung(client, made) -> str:
    return words(client.post(reverse("share_rang", args=[made.pk]), follow=True))


def test_whoever_was_rung_has_it_and_is_told_when_it_ends(as_one, leah, made):
    client = as_one(leah)
    page = rung(client, made)
    assert "It is kept that you rang Coach Dean" in page
    assert "Given To Coach Dean" in page
    assert "Rung by Leah Brandt , 23 November 2026 at 9:20am" in page
    assert "I rang them" not in page
    assert "No paper of it was made yet" not in page
    line = LedgerEvent.objects.get(what="told by telephone")
    assert (line.operation, line.subject, line.details) == ("disclose", "person:7F3K", {"to": "Coach Dean"})
    page = ended(client, made)
    assert "Ended, not told yet To Coach Dean" in page
    assert "Tell Coach Dean that it ended." in page
    assert "paper" not in page.replace("no paper yet", "")
    assert "Tell Coach Dean: what you gave them has ended. They do not use it further." in words(client.get("/"))
    told = reverse("share_told", args=[made.pk])
    page = words(client.post(told, marks_on(client.get(page_of(made))), follow=True))
    assert "Kept: you told Coach Dean." in page
    assert "Taken back To Coach Dean" in page
    assert "Coach Dean was told that it ended" in page
    assert "Coach Dean" not in words(client.get("/"))
    assert LedgerEvent.objects.filter(what="corrections told").exists()


def test_whoever_was_rung_is_told_once_it_is_disposed_of(as_one, leah, made):
    client = as_one(leah)
    rung(client, made)
    forget_given([made.entries.get().contribution], at=AT)
    said = "Tell Coach Dean: what you gave them was disposed of. They do not use it further."
    assert said in words(client.get("/"))
    assert "Tell Coach Dean not to use it further." in words(client.get(page_of(made)))


def test_it_is_rung_once_by_whoever_gave_it_and_while_it_runs(as_one, leah, priya, made):
    page = reverse("share_rang", args=[made.pk])
    assert as_one(priya).post(page).status_code == 404
    client = as_one(leah)
    ended(client, made)
    client.post(page)
    made.refresh_from_db()
    assert made.rang_at is None
    assert not LedgerEvent.objects.filter(what="told by telephone").exists()
    ShareDecision.objects.filter(pk=made.pk).update(ended_at=None, ended_by=None, ended_because="")
    for _ in range(2):
        client.post(page)
    assert LedgerEvent.objects.filter(what="told by telephone").count() == 1


def test_where_its_giver_left_the_office_tells_whoever_was_rung(as_one, leah, made):
    grace = as_one(practitioner("grace", "information_officer", COUNCIL, name="Grace Lumb"))
    rung(as_one(leah), made)
    ended(as_one(leah), made)
    suspend(practitioner=leah, because="Left", by="tests", at=AT)
    page = reverse("share_left_told", args=[made.pk])
    with time_machine.travel(AT + timedelta(minutes=2), tick=False):
        assert "Tell Coach Dean: what Leah Brandt gave them has ended." in words(grace.get("/"))
        assert "They were rung when it was given: tell them not to use it further." in words(grace.get(page))
        assert "you told Coach Dean" in words(grace.post(page, marks_on(grace.get(page)), follow=True))
