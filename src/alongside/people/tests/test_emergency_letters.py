"""Letters of emergencies: one that did not leave is tried again."""

from datetime import timedelta

import pytest
import time_machine
from django.core.mail.backends.locmem import EmailBackend

from alongside.people.emergency import ask_in_emergency
from alongside.people.models import EmergencyNotice
from alongside.people.tasks import write_what_is_due
from alongside.services.mail.client import AGAIN_AFTER

from .factories import CAMHS, COUNCIL, NOW, child, practitioner

pytestmark = pytest.mark.django_db
MINUTE = timedelta(minutes=1)


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
def kai():
    return child("7F3K")


@pytest.fixture
def ann():
    return practitioner("ann", "health_worker", CAMHS)


@pytest.fixture
def grace():
    return practitioner("grace", "information_officer", COUNCIL)


def asked(by, *, at=NOW, reference="7F3K"):
    with time_machine.travel(at, tick=False):
        ask_in_emergency(reference=reference, by=by, at=at, because="A child is in danger now: found hurt")
        write_what_is_due(at=at)


def written_after(at) -> int:
    with time_machine.travel(at, tick=False):
        return write_what_is_due(at=at)


def to_whom(letters) -> list[str]:
    return sorted(one.to[0] for one in letters)


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
    minutes = range(1, 24 * 60)
    assert sum(written_after(NOW + turn * MINUTE) for turn in minutes) == len(AGAIN_AFTER) - 1
    assert not mailoutbox
    assert EmergencyNotice.objects.get().written_at is None


def test_of_what_was_judged_meanwhile_no_letter_is_tried_again(kai, ann, grace, down, mailoutbox):
    down(1)
    asked(ann)
    EmergencyNotice.objects.update(judged_at=NOW, verdict="judged_fair", because="I called")
    written_after(NOW + MINUTE)
    assert not mailoutbox
