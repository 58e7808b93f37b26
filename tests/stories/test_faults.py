"""Where policy, ledger or database fails, no page that five readers come to shows anything of a child: each call is
made to fail by itself. Every page there is, in another world: test_faults_everywhere."""

import io
import logging
from datetime import UTC, datetime, timedelta
from itertools import count

import pytest
import structlog
import time_machine
from django.db import connection
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

from .failing import Failing, FailsAt, Heard, told_of, undone, wrong_with

NOW = datetime(2026, 11, 23, 9, 20, tzinfo=UTC)
pytestmark = pytest.mark.django_db
# In every name, text and place of every child, and nowhere else.
CANARY = "zanzicanary"
READERS = ("maya", "grace", "priya", "ellen", "una")
SOUGHT = {"zq": "Ana"}
GIVEN = {"because": "To keep them safe", "bases": ["art_6_1_e", "art_9_2_g"], "family": "told"}
ASKED = {"asked_as": "parent", "reply_to": "by hand", "identity_how": "passport seen"}


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


def failing_client(user):
    client = Client(raise_request_exception=False)
    client.force_login(user)
    return client


def ask_with_a_failing_query(client, address, number):
    fails = FailsAt(number)
    with undone(client), connection.execute_wrapper(fails):
        answer = client.get(address)
        said = told_of(answer)
        answer.close()
    return said, answer.status_code, fails.fired


def failures_of_queries(client, addresses):
    """What went wrong, and how many queries were made to fail."""
    wrong, fired_in_all = [], 0
    for address in addresses:
        for number in count(1):
            said, status, fired = ask_with_a_failing_query(client, address, number)
            if not fired:
                break
            fired_in_all += 1
            wrong += wrong_with(said, status, CANARY in said.lower(), f"query {number} of {address}")
    return wrong, fired_in_all


def called_at(client, address):
    """Those that this page calls, by name."""
    heard = Heard()
    with undone(client), heard:
        client.get(address).close()
    return heard.named


def failures_of_calls(client, addresses, monkeypatch):
    """What went wrong, and the names of what was made to fail, with the page."""
    wrong, fired = [], set()
    for address in addresses:
        for name, *function in called_at(client, address):
            with undone(client), Failing(*function, monkeypatch) as fails:
                answer = client.get(address)
                said = told_of(answer)
                answer.close()
            if fails.calls:
                fired.add((name, address))
                wrong += wrong_with(said, answer.status_code, CANARY in said.lower(), f"{name} at {address}")
            if SHOWN.get():
                wrong.append(f"{name} at {address}: this thread would write no look at once any more")
                SHOWN.set(None)
    return wrong, fired


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


@pytest.mark.long
@pytest.mark.parametrize("who", READERS)
def test_every_failing_query_shows_no_child(request, who, record_property):
    client = failing_client(request.getfixturevalue(who))
    wrong, fired = failures_of_queries(client, pages_of(client, 3))
    record_property("queries made to fail", fired)
    assert not wrong, "\n".join(wrong)


@pytest.mark.long
@pytest.mark.parametrize("who", READERS)
def test_every_failing_call_shows_no_child(request, who, monkeypatch, record_property):
    client = failing_client(request.getfixturevalue(who))
    wrong, fired = failures_of_calls(client, pages_of(client, 2), monkeypatch)
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
