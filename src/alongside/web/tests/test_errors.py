"""Failures in words."""

import re
from types import SimpleNamespace

import pytest
from django.core.exceptions import PermissionDenied, RequestDataTooBig, SuspiciousOperation
from django.db import OperationalError
from django.test import RequestFactory

from alongside.web import errors
from alongside.web.problems import PROBLEMS, new_code, status_for

BLAMING = ("invalid", "please", "sorry", "forbidden", "illegal", "you must")


@pytest.fixture
def request_():
    request = RequestFactory().get("/x/")
    request.user = SimpleNamespace(is_authenticated=False)
    return request


@pytest.mark.parametrize("status", [400, 403, 404, 413, 429, 500, 503, 507])
def test_every_failure_says_what_happened_and_what_to_do_without_blame(status):
    problem = PROBLEMS[status]
    words = f"{problem.title} {problem.happened} {problem.mend}".lower()
    assert problem.mend.endswith(".")
    assert not [blame for blame in BLAMING if blame in words]


@pytest.mark.parametrize(
    ("failure", "status"),
    [
        (RuntimeError(), 500),
        (None, 500),
        (OperationalError("database is locked"), 503),
        (OperationalError("database or disk is full"), 507),
        (OSError(28, "No space left on device"), 507),
        (OSError(2, "No such file"), 500),
    ],
)
def test_what_failed_decides_what_is_said(failure, status):
    assert status_for(failure) == status


def test_a_code_can_be_said_over_the_phone():
    assert re.fullmatch(r"[2-9A-HJ-NP-Z]{2}-[2-9A-HJ-NP-Z]{2}", new_code())


def test_a_refusal_says_why_and_whom_to_ask(request_):
    refusal = errors.Refused("You cannot see this plan. Maya leads it.", ask="Ask her: 0113 496 0000.", code="K4-7Q")
    answer = errors.refused(request_, refusal)
    assert answer.status_code == 403
    assert answer.headers[errors.CODE_HEADER] == "K4-7Q"
    for words in ("You cannot see this plan. Maya leads it.", "Ask her: 0113 496 0000.", "K4-7Q"):
        assert words in answer.content.decode()


def test_a_refusal_without_a_reason_never_shows_what_the_code_said(request_):
    answer = errors.refused(request_, PermissionDenied("viewer 12 lacks child.read on 99"))
    assert "viewer 12" not in answer.content.decode()


@pytest.mark.parametrize(("failure", "status"), [(RequestDataTooBig(), 413), (SuspiciousOperation(), 400)])
def test_too_much_and_unreadable_are_told_apart(request_, failure, status):
    assert errors.unreadable(request_, failure).status_code == status


def test_our_own_failure_gives_a_code_that_our_log_has_too(request_, caplog):
    try:
        raise OperationalError("secret words of a query")
    except OperationalError:
        answer = errors.failed(request_)
    code = answer.headers[errors.CODE_HEADER]
    assert answer.status_code == 503
    assert code in answer.content.decode()
    assert code in caplog.text
    assert "secret words" not in answer.content.decode() + caplog.text
    assert "0113 496 0001" in answer.content.decode()


def test_a_page_left_open_too_long_explains_itself(request_):
    answer = errors.open_too_long(request_)
    assert answer.status_code == 403
    assert "That page was open too long" in answer.content.decode()


def test_an_unknown_address_has_the_words_of_not_found(client):
    assert "There is no such page that we can show you" in client.get("/nobody/").content.decode()
