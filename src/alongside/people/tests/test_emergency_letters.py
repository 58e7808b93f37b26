"""Letters of emergencies: what they say, how many of them there are, and that one that did not leave is tried again."""

from datetime import timedelta
from unittest import mock

import pytest
import time_machine
from django.core.mail.backends.locmem import EmailBackend

from alongside.agencies import letters
from alongside.agencies.owed import TRIED_AFTER, turns_of
from alongside.ledger.models import LedgerEvent
from alongside.people.closing import restrict
from alongside.people.emergency import ask_in_emergency
from alongside.people.letters import letters_due
from alongside.people.models import EmergencyNotice
from alongside.people.tasks import write_of_emergency, write_what_is_due

from .factories import CAMHS, COUNCIL, NOW, child, practitioner

pytestmark = pytest.mark.django_db
MINUTE = timedelta(minutes=1)
OPENED, ASKED = (
    "A record was opened in an emergency",
    "Somebody asked to open a record in an emergency: it stayed closed",
)


class DownAtFirst(EmailBackend):
    """A mail server that takes nothing so many times, and everything afterwards."""

    refuses = 0

    def open(self) -> None:
        if DownAtFirst.refuses:
            DownAtFirst.refuses -= 1
            raise ConnectionRefusedError


@pytest.fixture(autouse=True)
def the_queue_works_at_once(settings):
    settings.TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}


@pytest.fixture
def down(settings):
    settings.EMAIL_BACKEND = f"{DownAtFirst.__module__}.{DownAtFirst.__name__}"

    def for_so_many_letters(number: int) -> None:
        DownAtFirst.refuses = number

    yield for_so_many_letters
    DownAtFirst.refuses = 0


@pytest.fixture
def closed(kai, grace):
    """Kai's record, restricted to a manager."""
    bea = practitioner("bea", "front_door_manager", COUNCIL)
    restrict(person=kai, readers=[], by=bea, at=NOW, because="Moved for safety")


def asked(by, *, at=NOW, reference="7F3K"):
    with time_machine.travel(at, tick=False):
        ask_in_emergency(reference=reference, by=by, at=at, because="A child is in danger now: found hurt")
        write_what_is_due(at=at)


def written_after(at) -> int:
    with time_machine.travel(at, tick=False):
        return write_what_is_due(at=at)


def to_whom(sent) -> list[str]:
    return sorted(one.to[0] for one in sent)


def test_of_a_record_that_opened_the_letter_says_so(kai, ann, grace, mailoutbox):
    asked(ann)
    (letter,) = mailoutbox
    assert letter.subject == OPENED
    assert "somebody opened a record in an emergency" in letter.body
    assert "stayed closed" not in letter.body


def test_of_one_that_stayed_closed_the_letter_says_that(kai, ann, closed, mailoutbox):
    asked(ann)
    assert to_whom(mailoutbox) == ["bea@example.org", "grace@example.org"]
    for letter in mailoutbox:
        assert letter.subject == ASKED
        assert "somebody asked to open a record in an emergency; it stayed closed" in letter.body
        assert "opened" not in letter.body
        assert not [word for word in ("Kai", "7F3K", "hurt", "Ann") if word in letter.body + letter.subject]


def test_thirty_askings_that_are_refused_write_one_letter_to_each_and_keep_thirty_notices(
    kai, ann, closed, grace, mailoutbox
):
    for turn in range(30):
        asked(ann, at=NOW + turn * MINUTE)
    assert to_whom(mailoutbox) == ["bea@example.org", "grace@example.org"]
    assert EmergencyNotice.objects.filter(told=grace).count() == 30
    assert LedgerEvent.objects.filter(what="emergency access refused").count() == 30


def test_an_hour_later_there_is_a_letter_again_also_where_the_asking_never_ceased(kai, ann, closed, mailoutbox):
    for turn in range(3):
        asked(ann, at=NOW + turn * 40 * MINUTE)
    assert len(mailoutbox) == 4


def test_another_practitioner_another_record_or_an_opening_is_written_of_at_once(kai, ann, closed, grace, mailoutbox):
    asked(ann)
    asked(practitioner("zed", "health_worker", CAMHS))
    assert len(mailoutbox) == 4
    child("9Z9Z")
    asked(ann, reference="9Z9Z")
    assert [one.subject for one in mailoutbox if "grace" in one.to[0]] == [ASKED, ASKED, OPENED]


def test_whoever_is_told_first_by_a_later_asking_is_written_to(kai, ann, closed, mailoutbox):
    asked(ann)
    practitioner("gil", "information_officer", CAMHS)
    asked(ann, at=NOW + MINUTE)
    assert to_whom(mailoutbox) == ["bea@example.org", "gil@example.org", "grace@example.org"]


def test_a_letter_that_did_not_leave_is_tried_again_and_leaves_once(kai, ann, grace, down, mailoutbox):
    down(1)
    asked(ann)
    assert not mailoutbox
    assert written_after(NOW + timedelta(seconds=59)) == 0
    assert written_after(NOW + MINUTE) == 1
    assert to_whom(mailoutbox) == ["grace@example.org"]
    assert written_after(NOW + timedelta(days=1)) == 0
    notice = EmergencyNotice.objects.get()
    assert (notice.tries, notice.written_at, notice.write_at) == (2, NOW + MINUTE, None)


def test_it_is_tried_so_many_times_and_no_more(kai, ann, grace, down, mailoutbox):
    down(99)
    asked(ann)
    minutes = range(1, 48 * 60)
    assert sum(written_after(NOW + turn * MINUTE) for turn in minutes) == len(TRIED_AFTER) - 1
    assert not mailoutbox
    assert EmergencyNotice.objects.get().written_at is None


def test_after_a_night_without_mail_it_leaves_within_the_hour(kai, ann, grace, down, mailoutbox):
    down(14)
    asked(ann)
    written = [turn for turn in range(1, 12 * 60) if written_after(NOW + turn * MINUTE)]
    assert to_whom(mailoutbox) == ["grace@example.org"]
    assert (len(written), written[-1] - written[-2]) == (14, 60)


def test_of_what_was_judged_meanwhile_no_letter_is_tried_again(kai, ann, grace, down, mailoutbox):
    down(1)
    asked(ann)
    EmergencyNotice.objects.update(judged_at=NOW, judged_by=grace, verdict="judged_fair", because="I called")
    written_after(NOW + MINUTE)
    assert not mailoutbox


def test_once_the_mail_server_is_back_the_next_asking_is_written_of(kai, ann, closed, down, mailoutbox):
    down(99)
    asked(ann)
    for turn in range(1, 30):
        written_after(NOW + turn * MINUTE)
    down(0)
    for turn in (30, 40, 50):
        asked(ann, at=NOW + turn * MINUTE)
    assert to_whom(mailoutbox) == ["bea@example.org", "grace@example.org"]


@pytest.fixture
def two_workers(settings, kai, ann, grace):
    """One asking, whose letter is in the queue for the first of them."""
    settings.TASKS = {"default": {"BACKEND": "django_tasks.backends.dummy.DummyBackend"}}
    with time_machine.travel(NOW, tick=False):
        ask_in_emergency(reference="7F3K", by=ann, at=NOW, because="A child is in danger now: found hurt")
    return turns_of(letters_due(at=NOW), at=NOW)


def works_on(turns, at) -> int:
    with time_machine.travel(at, tick=False):
        return write_of_emergency.func(turns)


def test_what_one_worker_has_at_the_mail_server_no_other_writes(two_workers, monkeypatch, mailoutbox):
    handed_on, seconds = letters.emergency, []

    def slow(to, **said):
        seconds.extend(turns_of(letters_due(at=NOW + MINUTE), at=NOW + MINUTE))
        works_on(seconds, NOW + MINUTE)
        return handed_on(to, **said)

    monkeypatch.setattr(letters, "emergency", slow)
    works_on(two_workers, NOW)
    assert (len(mailoutbox), seconds) == (1, [])


def test_what_waited_so_long_in_the_queue_that_it_is_due_again_is_written_by_one(two_workers, mailoutbox):
    second = turns_of(letters_due(at=NOW + MINUTE), at=NOW + MINUTE)
    assert [works_on(turns, NOW + MINUTE) for turns in (two_workers, second, second)] == [0, 1, 0]
    assert len(mailoutbox) == 1


def test_a_worker_that_crashed_over_a_letter_leaves_it_to_the_next(two_workers, mailoutbox):
    crash = mock.patch.object(letters, "emergency", side_effect=KeyboardInterrupt)
    with crash, pytest.raises(KeyboardInterrupt):
        works_on(two_workers, NOW)
    assert turns_of(letters_due(at=NOW + MINUTE), at=NOW + MINUTE) == []
    assert works_on(turns_of(letters_due(at=NOW + 3 * MINUTE), at=NOW + 3 * MINUTE), NOW + 3 * MINUTE) == 1
    assert len(mailoutbox) == 1
