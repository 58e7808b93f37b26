"""Where policy, ledger or database fails, no page shows anything of a child: each call is made to fail by itself."""

import importlib
import inspect
import io
import logging
import sys
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta

import pytest
import structlog
import time_machine
from django.db import OperationalError, connection, transaction
from django.test import Client
from django.urls import reverse

from alongside.contributions.actions import accept
from alongside.contributions.tests.example import note
from alongside.flow import follow_pending
from alongside.web.logs import WithoutWords
from tests.crawl import walk

NOW = datetime(2026, 11, 23, 9, 20, tzinfo=UTC)
pytestmark = pytest.mark.django_db
# In every name, text and place of every child, and nowhere else.
CANARY = "zanzicanary"
GUARDS = (
    *("access.guard", "access.rules", "agencies.models", "ledger.models", "people.queries", "people.rules"),
    *("chronology.guard", "chronology.queries", "chronology.overview", "chronology.owed", "chronology.named_in"),
    *("chronology.together", "chronology.seen", "linkage.search", "linkage.queries", "meetings.queries"),
    *("meetings.gathering", "my_day.queries", "contributions.queries", "contributions.answers", "connectors.queries"),
)
READERS = ("maya", "grace", "priya", "ellen")
# Of the pages of one name, and of the queries of one page, so many in the short form.
SHORT_PAGES, SHORT_QUERIES = 1, 6
IN_WORDS = ("We cannot show this now", "There is no such page", "You cannot see this")


@pytest.fixture
def ellen(seat):
    return seat("ellen", "leeds-city-council", "meeting_chair", name="Ellen Murphy")


@pytest.fixture(autouse=True)
def children_whose_every_word_can_be_told(agencies):
    """Two children, one told of by police too and hurt last night, one only known; the clock stands."""
    first = {"given_name": f"Ana {CANARY}", "family_name": CANARY.title(), "aliases": [f"A {CANARY}"]}
    second = first | {"given_name": f"Bo {CANARY}", "reference": "C-2", "date_of_birth": "2011-06-02"}
    place = {"name": f"{CANARY} park", "latitude": 53.797, "longitude": -1.535}
    police = {"agency": "west-yorkshire-police", "system": "niche", "reference": "I-1"}
    told = [
        note("N-1", person=first, narrative=f"Seen at the {CANARY}.", place=place),
        note("N-2", person=second, narrative=f"Came to {CANARY}."),
        note(person=first | {"reference": "P-1"}, narrative=f"Hurt near {CANARY}.", place=place) | {"source": police},
    ]
    with time_machine.travel(NOW, tick=False):
        verdicts = accept(told, by="tests", at=NOW - timedelta(hours=1))
        assert [one.problems for one in verdicts] == [()] * len(told)
        while follow_pending(at=NOW):
            pass
        yield


def pages_of(client, most):
    """Addresses this reader comes to, and finding by name; of one name no more than `most`."""
    found, often = [f"{reverse('find')}?q=Ana"], {}
    for visit in walk(client):
        often[visit.name] = often.get(visit.name, 0) + 1
        if often[visit.name] <= most and visit.answer.status_code == 200:
            found.append(visit.address)
    return found


def told_of(answer):
    """Everything that an answer says, its headers too."""
    body = b"".join(answer.streaming_content) if answer.streaming else answer.content
    return (body + str(answer.headers).encode()).decode("utf-8", "replace")


def wrong_with(answer, what):
    """What such an answer may not be after a failure."""
    said = told_of(answer)
    wrong = [f"{what}: it shows a child"] if CANARY in said.lower() else []
    wrong += [f"{what}: it shows its inside"] if "Traceback" in said or "on purpose" in said else []
    if answer.status_code >= 500 and not any(words in said for words in IN_WORDS):
        wrong.append(f"{what}: {answer.status_code} without words")
    return wrong


def failing_client(user):
    client = Client(raise_request_exception=False)
    client.force_login(user)
    return client


class FailsAt:
    """The n-th query fails, as where the database went away; before it, none does."""

    def __init__(self, number):
        self.number, self.asked, self.fired = number, 0, False

    def __call__(self, execute, sql, params, many, context):
        self.asked += 1
        if self.asked == self.number:
            self.fired = True
            raise OperationalError("on purpose")
        return execute(sql, params, many, context)


def ask_with_a_failing_query(client, address, number):
    fails = FailsAt(number)
    with connection.execute_wrapper(fails):
        answer = client.get(address)
        answer.close()
    # The tests' own transaction goes on, whatever the page made of its part of it.
    transaction.set_rollback(False)
    return answer, fails.fired


def failures_of_queries(client, addresses, step):
    """What went wrong, and how many queries were made to fail."""
    wrong, fired_in_all = [], 0
    for address in addresses:
        number = 1
        while True:
            answer, fired = ask_with_a_failing_query(client, address, number)
            if not fired:
                break
            fired_in_all += 1
            wrong += wrong_with(answer, f"query {number} of {address}")
            number += step
    return wrong, fired_in_all


def functions_of(name):
    """Every function that such a part gives others."""
    module = importlib.import_module(f"alongside.{name}")
    return [
        (key, thing)
        for key, thing in vars(module).items()
        if inspect.isfunction(thing) and thing.__module__ == module.__name__
    ]


@contextmanager
def failing(function, monkeypatch):
    """Wherever a room holds this function, it fails. Gives a list that grows with each call."""
    calls = []

    def fails(*args, **kwargs):
        calls.append(1)
        raise RuntimeError("on purpose")

    with monkeypatch.context() as patch:
        for module in [one for name, one in sys.modules.items() if name.startswith("alongside.")]:
            for key, thing in list(vars(module).items()):
                if thing is function:
                    patch.setattr(module, key, fails)
        yield calls


def failures_of_calls(client, addresses, monkeypatch):
    wrong, fired_in_all = [], 0
    for part in GUARDS:
        for key, function in functions_of(part):
            with failing(function, monkeypatch) as calls:
                for address in addresses:
                    before = len(calls)
                    answer = client.get(address)
                    answer.close()
                    transaction.set_rollback(False)
                    if len(calls) > before:
                        fired_in_all += 1
                        wrong += wrong_with(answer, f"{part}.{key} at {address}")
    return wrong, fired_in_all


def test_the_children_would_be_seen_where_nothing_fails(maya):
    client = failing_client(maya)
    shown = [address for address in pages_of(client, 1) if CANARY in told_of(client.get(address)).lower()]
    assert len(shown) >= 6


def test_a_failing_query_shows_no_child(maya):
    client = failing_client(maya)
    wrong, fired = failures_of_queries(client, pages_of(client, SHORT_PAGES), SHORT_QUERIES)
    assert not wrong, "\n".join(wrong)
    assert fired > 40


def test_a_log_says_where_a_page_failed_and_not_with_what(maya, monkeypatch):
    said = io.StringIO()
    handler = logging.StreamHandler(said)
    handler.setFormatter(WithoutWords())
    monkeypatch.setattr(logging.getLogger("django.request"), "handlers", [handler])
    monkeypatch.setattr("alongside.my_day.views.render", lambda *_: {}[CANARY])
    assert failing_client(maya).get("/").status_code == 500
    assert "KeyError" in said.getvalue()
    assert "my_day/views.py" in said.getvalue()
    assert CANARY not in said.getvalue()


def test_a_failing_call_shows_no_child(maya, monkeypatch):
    client = failing_client(maya)
    shown = [address for address in pages_of(client, SHORT_PAGES) if CANARY in told_of(client.get(address)).lower()]
    wrong, fired = failures_of_calls(client, shown[:2], monkeypatch)
    assert not wrong, "\n".join(wrong)
    assert fired > 20


@pytest.mark.long
@pytest.mark.parametrize("who", READERS)
def test_every_failing_query_shows_no_child(request, who, record_property):
    client = failing_client(request.getfixturevalue(who))
    wrong, fired = failures_of_queries(client, pages_of(client, 3), 1)
    record_property("queries made to fail", fired)
    assert not wrong, "\n".join(wrong)


@pytest.mark.long
@pytest.mark.parametrize("who", READERS)
def test_every_failing_call_shows_no_child(request, who, monkeypatch, record_property):
    client = failing_client(request.getfixturevalue(who))
    wrong, fired = failures_of_calls(client, pages_of(client, 2), monkeypatch)
    record_property("answers with a call made to fail", fired)
    assert not wrong, "\n".join(wrong)


def test_an_event_of_ours_says_where_it_failed_and_not_with_what(capsys):
    def following_fails():
        child = CANARY
        raise RuntimeError(f"could not follow {child}")

    try:
        following_fails()
    except RuntimeError:
        structlog.get_logger().exception("following_failed")
    said = capsys.readouterr().out
    assert "following_failed" in said
    assert "RuntimeError" in said
    assert "in following_fails" in said
    assert CANARY not in said.replace("{child}", "")
