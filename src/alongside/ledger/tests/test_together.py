"""Lines of many responses are written together; each response leaves when its own are durable, or not at all."""

import os
import threading
import time

import pytest
from conftest import NOW
from django.db import OperationalError
from django.urls import reverse

from alongside.ledger import together
from alongside.ledger.models import LedgerEvent, Operation, record
from alongside.ledger.together import NotDurableError, Together
from alongside.people.tests.factories import COUNCIL, child, practitioner, standing

LONG_AGO = -1000.0


class Desk:
    """Responses that end at the same time, and what was written for them."""

    def __init__(self, monkeypatch) -> None:
        self.room, self.written, self.failed = Together(), [], []
        monkeypatch.setattr(together, "write", self.write)

    def write(self, lines):
        self.written.append(list(lines))

    def respond(self, line: str) -> None:
        try:
            self.room.durable([line], began=LONG_AGO)
        except Exception as failure:
            self.failed.append(type(failure))

    def all_at_once(self, count: int = 8) -> None:
        for _ in range(count):
            self.room.begin()
        threads = [threading.Thread(target=self.respond, args=(f"line {turn}",)) for turn in range(count)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(20)


@pytest.fixture
def desk(monkeypatch):
    return Desk(monkeypatch)


def test_eight_responses_that_end_together_are_one_write(desk, monkeypatch):
    monkeypatch.setattr(together, "GATHER", 20)
    desk.all_at_once()
    (lines,) = desk.written
    assert sorted(lines) == [f"line {turn}" for turn in range(8)]
    assert desk.room.at_work == 0


def test_what_is_still_being_made_is_not_waited_for_long(desk, monkeypatch):
    monkeypatch.setattr(together, "GATHER", 0.05)
    desk.room.begin()
    desk.all_at_once(1)
    assert desk.written == [["line 0"]]


def test_whoever_is_alone_at_work_does_not_wait(desk, monkeypatch):
    monkeypatch.setattr(together, "GATHER", 60)
    began = time.monotonic()
    desk.all_at_once(1)
    assert time.monotonic() - began < 10


def test_where_the_write_fails_none_of_them_is_sent_and_the_next_is(desk, monkeypatch):
    monkeypatch.setattr(together, "GATHER", 20)
    broken = pytest.MonkeyPatch()
    broken.setattr(together, "write", lambda lines: (_ for _ in ()).throw(OperationalError("no disk")))
    desk.all_at_once()
    assert desk.failed == [OperationalError] * 8
    broken.undo()
    desk.all_at_once(1)
    assert desk.written == [["line 0"]]


def test_nobody_waits_for_ever_and_what_was_given_up_is_not_written_later(desk, monkeypatch):
    monkeypatch.setattr(together, "PATIENCE", 0.1)
    desk.room.is_led = True
    desk.all_at_once(2)
    assert desk.failed == [NotDurableError] * 2
    desk.room.is_led = False
    desk.all_at_once(1)
    assert desk.written == [["line 0"]]


def test_a_process_that_forks_begins_anew():
    together.TOGETHER.begin()
    child = os.fork()
    if child == 0:
        os._exit(together.TOGETHER.at_work)
    together.TOGETHER.nothing()
    assert os.waitpid(child, 0)[1] == 0


@pytest.fixture
def kai(client, db):
    leah = practitioner("leah", "social_worker", COUNCIL)
    standing(person := child("7F3K", called="Kai"), COUNCIL, practitioner=leah)
    client.force_login(leah)
    return person


def test_a_page_whose_line_cannot_be_written_is_not_shown(client, kai, monkeypatch):
    assert "Kai" in client.get(reverse("child", args=["7F3K"])).content.decode()

    def broken(lines):
        raise OperationalError("no disk")

    monkeypatch.setattr(together, "write", broken)
    answer = client.get(reverse("child", args=["7F3K"]))
    assert answer.status_code == 503
    assert "We cannot show this now" in answer.content.decode()
    assert "Kai" not in answer.content.decode()


@pytest.mark.django_db(transaction=True)
def test_outside_a_transaction_the_page_s_line_is_durable_when_it_comes(client, kai):
    client.get(reverse("child", args=["7F3K"]))
    assert LedgerEvent.objects.filter(subject="person:7F3K", operation="view").count() == 1


@pytest.mark.django_db
def test_outside_of_a_response_a_look_is_written_at_once():
    record(Operation.VIEW, "timeline", by="tests", at=NOW)
    assert LedgerEvent.objects.count() == 1
