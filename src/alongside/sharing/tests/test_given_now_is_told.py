"""Whoever is given something because somebody is in danger hears of it outside these pages, by words that name nothing
of it; and whoever gave it reads whom that reached."""

from datetime import timedelta

import pytest
from django.urls import reverse

from alongside.agencies.models import Practitioner
from alongside.agencies.owed import TRIED_AFTER, turns_of
from alongside.agencies.seats import suspend
from alongside.ledger.models import LedgerEvent
from alongside.people.closing import declare_tie
from alongside.people.tests.factories import CAMHS, practitioner, team
from alongside.services.mail.fake import FakeMail
from alongside.sharing.actions import give_now
from alongside.sharing.letters import letters_due
from alongside.sharing.models import NowLetter, ShareDecision
from alongside.sharing.recipients import Target
from alongside.sharing.tasks import write_of_givings, write_what_is_due
from alongside.web.tests.reading import words

from .conftest import AT, given

MINUTE = timedelta(minutes=1)
NOW_PAGE = reverse("share_now", args=["7F3K"])
GREY_CAR = "He left school with a man. Look for a grey car."


@pytest.fixture(autouse=True)
def the_queue_works_at_once(settings):
    settings.TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}
    settings.ADDRESS = "https://alongside.example"


@pytest.fixture
def down(monkeypatch):
    """A mail server that takes nothing while it is down."""
    post = FakeMail()
    post.is_down = True
    monkeypatch.setattr("alongside.agencies.letters.MailServer", lambda: post)
    return post


def given_now(kai, leah, **to) -> ShareDecision:
    return give_now(person=kai, to=Target(**to), words=GREY_CAR, by=leah, at=AT)


def test_whoever_it_is_for_is_written_to_and_nobody_twice(as_one, kai, leah, tom, mailoutbox):
    as_one(leah).post(NOW_PAGE, {"to": "p:tom", "words": GREY_CAR})
    assert [write_what_is_due(at=AT), write_what_is_due(at=AT + MINUTE)] == [1, 0]
    (letter,) = mailoutbox
    assert letter.to == [tom.email]
    assert letter.subject == "Something needs you now"
    assert "https://alongside.example/received/" in letter.body
    named = [*GREY_CAR.split(" ")[1:4], "Kai", "Leah", "social care", "child,"]
    assert not [word for word in named if word in letter.body]


def test_what_is_given_with_time_writes_to_nobody(kai, leah, tom, mailoutbox):
    given(kai, by=leah, to=tom, words="x")
    given_now(kai, leah, outside="A club")
    assert write_what_is_due(at=AT) == 0


def test_of_a_team_everybody_who_may_read_it_is_written_to(kai, leah, mailoutbox):
    crisis = team("crisis", CAMHS)
    for key in ("a", "b", "c"):
        practitioner(key, "health_worker", CAMHS, team=crisis)
    declare_tie(person=kai, by=Practitioner.objects.get(key="c"), at=AT, because="My nephew")
    given_now(kai, leah, team=crisis)
    write_what_is_due(at=AT)
    assert sorted(letter.to[0] for letter in mailoutbox) == ["a@example.org", "b@example.org"]


def test_a_letter_that_did_not_leave_is_tried_again(as_one, kai, leah, tom, down):
    made = given_now(kai, leah, practitioner=tom)
    write_what_is_due(at=AT)
    page = words(as_one(leah).get(reverse("gave", args=[made.pk])))
    assert "Tom Whitaker : no e-mail has reached them yet" in page
    down.is_down = False
    assert write_what_is_due(at=AT) == 0
    write_what_is_due(at=AT + TRIED_AFTER[0] * MINUTE)
    assert [one.to for one in down.taken] == [tom.email]
    page = words(as_one(leah).get(reverse("gave", args=[made.pk])))
    assert "Tom Whitaker : e-mailed 23 November 2026 at 9:20am" in page


def test_whoever_read_it_before_or_has_no_seat_any_more_is_not_written_to(as_one, kai, leah, tom, ann, mailoutbox):
    made = given_now(kai, leah, practitioner=tom)
    given_now(kai, leah, practitioner=ann)
    turns = turns_of(letters_due(at=AT), at=AT)
    as_one(tom).get(reverse("received_one", args=[made.pk]))
    suspend(practitioner=ann, because="Left", by="tests", at=AT)
    assert write_of_givings.func(turns) == 0
    assert mailoutbox == []


def test_a_letter_is_in_the_ledger_without_what(kai, leah, tom, mailoutbox):
    made = given_now(kai, leah, practitioner=tom)
    write_what_is_due(at=AT)
    line = LedgerEvent.objects.get(what="told of a giving")
    assert (line.subject, line.actor) == (made.subject, "alongside")
    assert NowLetter.objects.get().written_at == AT


def test_it_is_the_first_thing_on_their_first_page(as_one, kai, leah, tom):
    given(kai, by=leah, to=tom, words="x")
    given_now(kai, leah, practitioner=tom)
    given(kai, by=leah, to=tom, words="y")
    waiting = as_one(tom).get("/").context["waiting"]
    said = "Somebody may be in danger: read what Leah Brandt, Social care, gave you now."
    assert [one.do == said for one in waiting] == [True, False, False]


def test_its_giver_reads_whom_to_ring_until_they_read_it(as_one, kai, leah, tom):
    Practitioner.objects.filter(pk=tom.pk).update(phone="0113 496 0333")
    page = words(as_one(leah).post(NOW_PAGE, {"to": "p:tom", "words": GREY_CAR}, follow=True))
    assert "Ring them too" in page
    assert "0113 496 0333" in page
    made = ShareDecision.objects.get()
    as_one(tom).get(reverse("received_one", args=[made.pk]))
    assert "Ring them too" not in words(as_one(leah).get(reverse("gave", args=[made.pk])))


def test_of_a_team_its_number_is_said_and_how_many_were_written_to(as_one, kai, leah, mailoutbox):
    crisis = team("crisis", CAMHS)
    type(crisis).objects.filter(pk=crisis.pk).update(phone="0113 496 0444")
    for key in ("a", "b"):
        practitioner(key, "health_worker", CAMHS, team=crisis)
    made = given_now(kai, leah, team=crisis)
    write_what_is_due(at=AT)
    page = words(as_one(leah).get(reverse("gave", args=[made.pk])))
    assert "0113 496 0444" in page
    assert page.count("e-mailed 23 November 2026 at 9:20am") == 2


def test_where_nobody_of_a_team_can_read_it_its_giver_is_told_to_ring(as_one, kai, leah, mailoutbox):
    crisis = team("crisis", CAMHS)
    type(crisis).objects.filter(pk=crisis.pk).update(phone="0113 496 0444")
    declare_tie(person=kai, by=practitioner("a", "health_worker", CAMHS, team=crisis), at=AT, because="My nephew")
    page = words(as_one(leah).post(NOW_PAGE, {"to": "t:crisis", "words": GREY_CAR}, follow=True))
    assert "can read it here: ring them. My day asks you for the rest." in page
    assert f"Given to {crisis.name}" not in page
    page = words(as_one(leah).get(reverse("gave", args=[ShareDecision.objects.get().pk])))
    assert "Ring them too: nobody has read it yet." in page
    assert "0113 496 0444" in page
    assert "Nobody of this team can read it here, and nobody was e-mailed." in page
    assert (write_what_is_due(at=AT), mailoutbox) == (0, [])


def test_a_team_is_offered_while_somebody_of_it_has_a_seat(as_one, kai, leah):
    seat = practitioner("a", "health_worker", CAMHS, team=team("crisis", CAMHS))
    client = as_one(leah)
    assert "t:crisis" in client.get(NOW_PAGE).content.decode()
    suspend(practitioner=seat, because="Away", by="tests", at=AT)
    assert "t:crisis" not in client.get(NOW_PAGE).content.decode()
