"""Whoever answers what is urgent is told outside these pages, by words that name nothing of it."""

from datetime import timedelta

import pytest
from conftest import NOW
from django.core import mail as outbox
from django.db import IntegrityError, transaction
from django.urls import reverse
from django_tasks_db.models import DBTaskResult

from alongside.agencies.models import Practitioner
from alongside.agencies.seats import suspend
from alongside.contributions.actions import accept, withdraw
from alongside.contributions.calling import AGAIN_AFTER, calls_to_make, make_calls
from alongside.contributions.models import Call, Contribution
from alongside.contributions.tasks import call_somebody, make_calls_in_background
from alongside.contributions.urgent import acknowledge
from alongside.ledger.models import LedgerEvent
from alongside.services.mail.fake import FakeMail

from .on_pages import seen, words
from .test_urgent import POLICE, told

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("now")]
KOFI, ROS = "kofi@alongside.example", "hall@alongside.example"
SOON = timedelta(minutes=30)


@pytest.fixture
def post():
    return FakeMail()


def later(post, minutes: float = 0) -> int:
    """What is sent when so many minutes have passed."""
    at = NOW + timedelta(minutes=minutes)
    return make_calls(calls_to_make(at=at), mail=post, at=at)


def test_everybody_who_answers_is_told_and_nobody_else(highways, desk, sergeant, officer, front_door, post):
    seen(highways, "yes", occurred_when="today")
    assert later(post) == 2
    assert {one.to for one in post.taken} == {KOFI, ROS}


def test_what_the_team_may_read_goes_to_the_front_door(agencies, desk, front_door, post):
    accept([told("yes") | {"handling": "team"}], by="tests", at=NOW)
    later(post)
    assert {one.to for one in post.taken} == {"maya@alongside.example"}


def test_the_message_names_nothing(highways, desk, post, settings):
    settings.ADDRESS = "https://alongside.example"
    one = seen(highways, "yes", occurred_when="today")
    later(post)
    (message,) = post.taken
    assert message.subject == "Something needs you now"
    assert message.words == (
        "Something needs you now. Acknowledge by 9:50am.\n\nSign in: https://alongside.example/urgent/\n"
    )
    named = [one.receipt, one.reference, "Larkfield", "grey car", "Highways", "intelligence"]
    assert not [word for word in named if word in message.words]


def test_nobody_is_told_twice_of_one_thing(highways, desk, post):
    seen(highways, "yes", occurred_when="today")
    assert [later(post), later(post), later(post, 29)] == [1, 0, 0]


def test_what_waits_is_reminded_of_as_often_as_the_playbook_says(highways, desk, post):
    seen(highways, "yes", occurred_when="today")
    sent = [later(post, minutes) for minutes in range(0, 300, 10)]
    assert sum(sent) == 4
    assert [minutes * 10 for minutes, taken in enumerate(sent) if taken] == [0, 30, 60, 90]
    reminder = "Something still needs you now. Nobody has acknowledged it yet; it was due by 9:50am."
    assert [one.words.startswith(reminder) for one in post.taken] == [False, True, True, True]


def test_what_somebody_has_is_not_sent_again(highways, desk, post):
    one = seen(highways, "yes", occurred_when="today")
    later(post)
    acknowledge(contribution=one, by=Call.objects.get().to, at=NOW)
    assert later(post, 31) == 0


@pytest.mark.parametrize("taken_back", [True, False], ids=["taken back", "acknowledged"])
def test_a_message_in_the_queue_is_not_sent_for_what_no_longer_waits(highways, desk, post, taken_back):
    one = seen(highways, "yes", occurred_when="today")
    keys = calls_to_make(at=NOW)
    if taken_back:
        withdraw(contribution=one, by="shops", at=NOW, because="Not so")
    else:
        acknowledge(contribution=one, by=Call.objects.get().to, at=NOW)
    assert make_calls(keys, mail=post, at=NOW) == 0
    assert post.taken == []


def test_a_correction_calls_nobody_anew_and_forgets_nobody(agencies, desk, post):
    accept([told("yes")], by="tests", at=NOW)
    post.is_down = True
    later(post)
    accept([told("yes") | {"narrative": "A girl runs."}], by="tests", at=NOW)
    post.is_down = False
    assert [later(post, 1), later(post, 2)] == [1, 0]


def test_a_server_that_is_down_is_tried_again_some_times(highways, desk, post):
    seen(highways, "yes", occurred_when="today")
    post.is_down = True
    minutes = range(29)
    assert [later(post, minute) for minute in minutes] == [0] * len(minutes)
    call = Call.objects.get()
    assert (call.tries, call.sent_at, call.why_not) == (len(AGAIN_AFTER), None, "ConnectionRefusedError")
    post.is_down = False
    assert later(post, 30) == 1


def test_a_refused_address_keeps_nobody_else_from_being_told(highways, desk, sergeant, post):
    post.refuses = {ROS}
    one = seen(highways, "yes", occurred_when="today")
    later(post)
    page = words(desk.get(reverse("urgent_told", args=[one.receipt])))
    assert "Told by e-mail at 9:20am: Kofi Mensah" in page
    assert "Could not be told by e-mail yet: Ros Hall" in page
    assert "One person of the team was told by e-mail at 9:20am that something waits." in words(
        highways.get(reverse("receipt", args=[one.receipt]))
    )


def test_that_somebody_was_told_is_in_the_ledger_without_what(highways, desk, post):
    one = seen(highways, "yes", occurred_when="today")
    later(post)
    lines = LedgerEvent.objects.filter(subject=one.subject, actor="alongside").order_by("pk")
    assert [line.what for line in lines] == ["calling those who answer", "called those who answer"]
    assert all(line.details == {"count": 1} for line in lines)


def test_the_work_is_in_the_queue_with_its_rows(highways, desk):
    assert call_somebody(at=NOW) == 0
    seen(highways, "yes", occurred_when="today")
    assert [call_somebody(at=NOW), call_somebody(at=NOW)] == [1, 0]
    (work,) = DBTaskResult.objects.all()
    make_calls_in_background.call(*work.args_kwargs["args"])
    assert [letter.to for letter in outbox.outbox] == [[KOFI]]
    assert Contribution.objects.get().calls.get().sent_at == NOW


@pytest.mark.parametrize("who", ["", "gone"])
def test_without_anybody_to_tell_it_waits_for_somebody(highways, seat, post, who):
    if who:
        gone = seat(who, POLICE, "police_intelligence")
        type(gone).objects.filter(pk=gone.pk).update(is_active=False)
    seen(highways, "yes", occurred_when="today")
    assert later(post) == 0
    seat("kofi", POLICE, "police_intelligence")
    assert later(post, 5) == 1


def test_a_file_of_last_month_calls_nobody(agencies, desk, post):
    accept([told("yes", when=NOW - timedelta(days=30))], by="tests", at=NOW)
    assert later(post) == 0


@pytest.mark.parametrize("changes", [{"sent_at": NOW, "tries": 0}, {"turn": 1}], ids=["never tried", "twice a turn"])
def test_the_database_refuses_what_cannot_be(highways, desk, post, changes):
    seen(highways, "yes", occurred_when="today")
    for minutes in (0, 31):
        later(post, minutes)
    with pytest.raises(IntegrityError), transaction.atomic():
        Call.objects.filter(turn=0).update(**changes)


def test_whoever_answers_no_more_is_not_tried_again(highways, desk, sergeant, post):
    seen(highways, "yes", occurred_when="today")
    keys = calls_to_make(at=NOW)
    suspend(practitioner=Practitioner.objects.get(email=KOFI), because="Left", by="tests", at=NOW)
    assert make_calls(keys, mail=post, at=NOW) == 1
    assert {one.to for one in post.taken} == {ROS}
