"""Where policy, ledger or database fails, no page shows anything of a child: each call is made to fail by itself."""

import inspect
import io
import logging
import sys
from contextlib import contextmanager
from copy import deepcopy
from datetime import UTC, datetime, timedelta
from functools import cache

import pytest
import structlog
import time_machine
from django.db import OperationalError, connection, transaction
from django.test import Client
from django.urls import reverse

from alongside.access_requests.actions import log_request
from alongside.contributions.actions import accept
from alongside.contributions.tests.example import note
from alongside.flow import follow_pending
from alongside.ledger.shown import SHOWN
from alongside.people.models import Person
from alongside.sharing.actions import give
from alongside.sharing.recipients import Target
from alongside.web.logs import WithoutWords
from tests.crawl import walk

NOW = datetime(2026, 11, 23, 9, 20, tzinfo=UTC)
pytestmark = pytest.mark.django_db
# In every name, text and place of every child, and nowhere else.
CANARY = "zanzicanary"
# Of these rooms every function that a page calls, but what only shapes an answer that was asked for already.
ROOMS = (
    *("access", "agencies", "ledger", "people", "linkage", "contributions", "chronology", "sharing"),
    *("access_requests", "meetings", "my_day", "connectors", "keeping"),
)
READERS = ("maya", "grace", "priya", "ellen", "una")
# Of the pages of one name so many, and of the queries and calls of one page each so-many-th, in the short form.
SHORT_PAGES, SHORT_QUERIES, SHORT_CALLS = 1, 6, 4
SOUGHT = {"zq": "Ana"}
GIVEN = {"because": "To keep them safe", "bases": ["art_6_1_e", "art_9_2_g"], "family": "told"}
ASKED = {"asked_as": "parent", "reply_to": "by hand", "identity_how": "passport seen"}
IN_WORDS = ("We cannot show this now", "There is no such page", "You cannot see this")


@pytest.fixture
def ellen(seat):
    return seat("ellen", "leeds-city-council", "meeting_chair", name="Ellen Murphy")


@pytest.fixture
def una(seat):
    return seat("una", "leeds-city-council", "records_officer", name="Una Field")


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


@pytest.fixture(autouse=True)
def what_is_given_and_asked_for(children_whose_every_word_can_be_told, maya, priya, grace):
    """Maya gave Priya something of the first child, and Grace answers for what is held of them."""
    person = Person.objects.get(given_name__startswith="Ana")
    until = NOW.date() + timedelta(days=90)
    told = {"words": f"Look near {CANARY}.", "chosen": [], "expires_on": until, **GIVEN}
    give(person=person, to=Target(practitioner=priya), by=maya, at=NOW, **told)
    asked = ASKED | {"asked_by": f"A {CANARY}", "received_on": NOW.date(), "identity_on": NOW.date()}
    log_request(person=person, by=grace, at=NOW, **asked)


def pages_of(client, most):
    """Addresses this reader comes to; of one name no more than `most`. What was sought lies in the session, as the
    form would have left it: first comes what was found."""
    session = client.session
    session["finds"] = SOUGHT
    session.save()
    found, often = [reverse("find_results", args=[key]) for key in SOUGHT], {}
    found = [address for address in found if client.get(address).status_code == 200]
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


@contextmanager
def undone(client):
    """What is asked meanwhile changes nothing: who has looked at much is asked why, and would be shown nothing."""
    cookies = deepcopy(client.cookies)
    with transaction.atomic():
        yield
        transaction.set_rollback(True)
    client.cookies = cookies


def ask_with_a_failing_query(client, address, number):
    fails = FailsAt(number)
    with undone(client), connection.execute_wrapper(fails):
        answer = client.get(address)
        answer.close()
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


def parts():
    """Every part of these rooms that is there while pages are made, by name."""
    for name, module in sorted(sys.modules.items()):
        room = name.removeprefix("alongside.").partition(".")[0]
        if name.startswith("alongside.") and room in ROOMS and "tests" not in name and "migrations" not in name:
            yield name, module


@cache
def functions():
    """Every function that such a part gives others, and every one of its classes, by the code that it runs."""
    found = {}
    for name, module in parts():
        own = [thing for thing in vars(module).values() if getattr(thing, "__module__", "") == name]
        for holder in (module, *(thing for thing in own if inspect.isclass(thing))):
            for key, thing in vars(holder).items():
                if inspect.isfunction(thing) and thing.__module__ == name:
                    called = f"{name.removeprefix('alongside.')}:{thing.__qualname__}"
                    found[inspect.unwrap(thing).__code__] = (called, holder, key, thing)
    return found


def called_at(client, address):
    """Those that this page calls, by name."""
    called = set()

    def hears(frame, event, more):
        if event == "call" and frame.f_code in functions():
            called.add(frame.f_code)

    with undone(client):
        sys.setprofile(hears)
        try:
            client.get(address).close()
        finally:
            sys.setprofile(None)
    return sorted((functions()[code] for code in called), key=lambda named: named[0])


@contextmanager
def failing(holder, key, function, monkeypatch):
    """Wherever a room holds this function, it fails. Gives a list that grows with each call."""
    calls = []

    def fails(*args, **kwargs):
        calls.append(1)
        raise RuntimeError("on purpose")

    with monkeypatch.context() as patch:
        patch.setattr(holder, key, fails)
        for module in [one for name, one in sys.modules.items() if name.startswith("alongside.")]:
            for name, thing in list(vars(module).items()):
                if thing is function:
                    patch.setattr(module, name, fails)
        yield calls


def failures_of_calls(client, addresses, monkeypatch, step):
    """What went wrong, and the names of what was made to fail, with the page."""
    wrong, fired = [], set()
    for address in addresses:
        for name, *function in called_at(client, address)[::step]:
            with failing(*function, monkeypatch) as calls, undone(client):
                answer = client.get(address)
                answer.close()
            if calls:
                fired.add((name, address))
                wrong += wrong_with(answer, f"{name} at {address}")
            if SHOWN.get():
                wrong.append(f"{name} at {address}: this thread would write no look at once any more")
                SHOWN.set(None)
    return wrong, fired


def test_the_children_would_be_seen_where_nothing_fails(maya):
    client = failing_client(maya)
    shown = [address for address in pages_of(client, 1) if CANARY in told_of(client.get(address)).lower()]
    assert len(shown) >= 6
    assert shown[0] == reverse("find_results", args=["zq"])


NEEDED = {
    *("access.policy", "access.queries", "access.rules", "people.closing", "people.emergency", "people.queries"),
    *("agencies.sessions", "chronology.finding", "chronology.guard", "sharing.queries", "sharing.rules"),
    *("access_requests.queries", "access_requests.sections", "ledger.together", "ledger.shown"),
    *("keeping.queries", "keeping.retention"),
}


def test_pages_lead_through_every_part_that_guards_a_child(request):
    """Nothing is made to fail here: whatever is called by the pages of these readers would be, one by one."""
    through = set()
    for who in ("maya", "grace", "priya", "una"):
        client = failing_client(request.getfixturevalue(who))
        for address in pages_of(client, 1):
            through |= {name.partition(":")[0] for name, *_ in called_at(client, address)}
    assert NEEDED - through == set()


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
    wrong, fired = failures_of_calls(client, shown[:2], monkeypatch, SHORT_CALLS)
    assert not wrong, "\n".join(wrong)
    assert len(fired) > 20


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
    wrong, fired = failures_of_calls(client, pages_of(client, 2), monkeypatch, 1)
    record_property("answers with a call made to fail", len(fired))
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
