"""Lines of many responses are written together; each response leaves when its own are durable, or not at all."""

import os
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from tempfile import TemporaryDirectory

import pytest
from conftest import NOW
from django.db import OperationalError
from django.urls import reverse

from alongside.ledger import post, together, writer
from alongside.ledger.models import LedgerEvent, Operation, record
from alongside.ledger.shown import SHOWN, Shown
from alongside.ledger.together import NotDurableError
from alongside.people.tests.factories import COUNCIL, child, practitioner, standing


def look(turn: int = 0) -> LedgerEvent:
    here = SHOWN.set(Shown())
    try:
        return record(Operation.VIEW, "timeline", by="tests", at=NOW, about=f"person:{turn}", turn=turn)
    finally:
        SHOWN.reset(here)


class Desk:
    """A writer that keeps what it would write, and threads that make responses."""

    def __init__(self, folder: str) -> None:
        self.path, self.written = f"{folder}/ledger.sock", []
        self.writer = writer.Writer(post.listen(self.path), write=self.write)
        self.thread = threading.Thread(target=self.writer.run)
        self.thread.start()

    def write(self, lines) -> None:
        self.written.append([line.subject for line in lines])

    def respond(self, turn: int, together_from: threading.Barrier) -> object:
        together.begin()
        together_from.wait(20)
        try:
            return together.durable([look(turn)])
        except NotDurableError as failure:
            return failure.status

    def all_at_once(self, count: int = 8) -> list[object]:
        """What each response was told: None where its lines are durable, else the status of another page."""
        barrier = threading.Barrier(count, action=lambda: self.has_heard_of(count))
        with ThreadPoolExecutor(count) as threads:
            return list(threads.map(lambda turn: self.respond(turn, barrier), range(count)))

    def has_heard_of(self, count: int) -> None:
        """Waits until the writer, while there is one, knows all that are at work: a busy machine lets it hear late."""
        until = time.monotonic() + 20
        while self.thread.is_alive() and len(self.writer.at_work) < count and time.monotonic() < until:
            time.sleep(0.001)

    def stop(self) -> None:
        self.writer.is_asked_to_stop.set()
        self.thread.join(20)


@pytest.fixture
def desk(settings, monkeypatch):
    monkeypatch.setattr(writer, "LOOKS", 0.05)
    with TemporaryDirectory() as folder:
        desk = Desk(folder)
        settings.LEDGER_WRITER = desk.path
        yield desk
        desk.stop()


def test_responses_that_end_together_are_written_together_and_each_line_once(desk, monkeypatch):
    monkeypatch.setattr(writer, "AT_LEAST", 20)
    monkeypatch.setattr(writer, "AT_MOST", 20)
    assert desk.all_at_once() == [None] * 8
    assert sorted(subject for lines in desk.written for subject in lines) == [f"person:{turn}" for turn in range(8)]
    assert len(desk.written) <= 3


def test_what_is_still_being_made_is_not_waited_for_long(desk, monkeypatch):
    monkeypatch.setattr(writer, "AT_LEAST", 0.2)
    others = [post.call(desk.path) for _ in range(6)]
    for one in others:
        one.send_bytes(post.BEGIN)
    assert desk.all_at_once(1) == [None]
    assert desk.written == [["person:0"]]
    for one in others:
        one.close()


def test_where_few_are_at_work_nobody_waits(desk, monkeypatch):
    monkeypatch.setattr(writer, "AT_LEAST", 60)
    monkeypatch.setattr(writer, "AT_MOST", 60)
    began = time.monotonic()
    assert desk.all_at_once(2) == [None] * 2
    assert time.monotonic() - began < 20


@pytest.mark.parametrize(("problem", "status"), [("the disk does not answer", 503), ("database or disk is full", 507)])
def test_where_the_write_fails_none_of_them_is_sent_and_the_next_is(desk, problem, status):
    def broken(lines):
        raise OperationalError(problem)

    desk.writer.write = broken
    assert desk.all_at_once(3) == [status] * 3
    desk.writer.write = desk.write
    assert desk.all_at_once(1) == [None]


def test_nobody_waits_for_ever(desk, monkeypatch):
    monkeypatch.setattr(together, "PATIENCE", 0.1)
    desk.writer.write = lambda lines: time.sleep(1)
    assert desk.all_at_once(1) == [503]


def test_where_the_writer_has_gone_a_response_writes_its_own_lines(desk, monkeypatch):
    alone = []
    monkeypatch.setattr(together, "write", alone.extend)
    assert desk.all_at_once(1) == [None]
    desk.stop()
    assert desk.all_at_once(1) == [None]
    assert len(alone) == 1


def test_a_process_that_forks_makes_a_connection_of_its_own(desk):
    together.begin()
    mine = together._MINE.writer
    forked = os.fork()
    if forked == 0:
        together.begin()
        os._exit(together._MINE.writer is mine)
    assert os.waitpid(forked, 0)[1] == 0
    together.durable([])
    together._leave()


def test_asked_to_stop_the_writer_stays_for_who_is_at_work(desk):
    together.begin()
    time.sleep(0.2)
    desk.writer.is_asked_to_stop.set()
    time.sleep(0.2)
    assert desk.thread.is_alive()
    together.durable([look()])
    desk.thread.join(20)
    assert desk.written == [["person:0"]]
    together._leave()


def test_lines_come_to_the_writer_as_they_were_made():
    line = look(3)
    (read,), took = post.read(post.spelt([line], took=0.25))
    assert took == 0.25
    assert {name: getattr(read, name) for name in post.FIELDS} == {name: getattr(line, name) for name in post.FIELDS}


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


def test_a_response_that_could_not_even_begin_leaves_nothing_in_its_thread(client, kai, monkeypatch):
    """Else every look that this thread writes outside of a response would wait for one, for good."""

    def broken(message):
        raise RuntimeError("on purpose")

    client.raise_request_exception = False
    monkeypatch.setattr(together, "_say", broken)
    try:
        assert client.get(reverse("child", args=["7F3K"])).status_code == 500
        assert SHOWN.get() is None
    finally:
        SHOWN.set(None)


@pytest.mark.django_db(transaction=True)
def test_outside_a_transaction_the_page_s_line_is_durable_when_it_comes(client, kai):
    client.get(reverse("child", args=["7F3K"]))
    assert LedgerEvent.objects.filter(subject="person:7F3K", operation="view").count() == 1


@pytest.mark.django_db
def test_outside_of_a_response_a_look_is_written_at_once():
    record(Operation.VIEW, "timeline", by="tests", at=NOW)
    assert LedgerEvent.objects.count() == 1
