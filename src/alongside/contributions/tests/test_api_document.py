"""Whatever is asked of the API, it answers as its own document describes."""

import sys
from collections import Counter
from typing import Any

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from hypothesis import HealthCheck, given, settings
from schemathesis.checks import not_a_server_error
from schemathesis.generation import GenerationMode
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from alongside.contributions import tokens

pytestmark = pytest.mark.django_db
AS_DOCUMENTED = [not_a_server_error, status_code_conformance, content_type_conformance, response_schema_conformance]
BOUNDED = {"deadline": None, "database": None, "suppress_health_check": list(HealthCheck)}


@pytest.fixture
def one_connection():
    """As for Django's own test client: the end of a request does not end the test's connection."""
    signals = (request_started, request_finished)
    held = [signal for signal in signals if signal.disconnect(close_old_connections)]
    yield
    for signal in held:
        signal.connect(close_old_connections)


def answers(key, mode, **bounds):
    """Every operation, asked as its document allows or forbids; how often each status came. Fails for an answer that
    the document does not have."""
    from alongside.config.wsgi import application

    document = schemathesis.openapi.from_wsgi("/api/v1/openapi.json", application)
    signed, came = {"Authorization": f"Bearer {key}"}, Counter()
    for found in document.get_all_operations():
        case = found.ok().as_strategy(generation_mode=mode)

        @settings(**BOUNDED, **bounds)
        @given(case)
        def tries(case: Any) -> None:
            came[case.call_and_validate(headers=signed, checks=AS_DOCUMENTED).status_code] += 1

        tries()
    return came


MODES = pytest.mark.parametrize("mode", [GenerationMode.POSITIVE, GenerationMode.NEGATIVE])


@MODES
@pytest.mark.usefixtures("one_connection")
def test_every_answer_is_a_documented_one(key, mode):
    assert answers(key, mode, max_examples=25, derandomize=True).total() >= 25


@MODES
@pytest.mark.long
@pytest.mark.usefixtures("one_connection")
def test_every_answer_is_a_documented_one_however_often_it_is_asked(key, mode, monkeypatch):
    monkeypatch.setattr(tokens, "calls_a_minute", lambda: 1_000_000)
    came = answers(key, mode, max_examples=1000)
    sys.stdout.write(f"{mode.name.lower()}: {came.total()} answers, {dict(sorted(came.items()))}\n")
    assert came.total() >= 1000
    assert not [status for status in came if status >= 500]
