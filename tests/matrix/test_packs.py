"""The two officers of the council before every request: one is named on what is for named people, the other is not."""

import logging

import pytest
import time_machine
from conftest import NOW

from alongside.access.rules import Decision, Handling
from alongside.access_requests.queries import items_of

from .asker import Tally, asker_of
from .asking import ask_everything
from .places import PLACES
from .test_matrix import agrees
from .things import whole_world

pytestmark = [pytest.mark.matrix, pytest.mark.django_db, pytest.mark.usefixtures("agencies")]
OFFICERS = ("information_officer", "data_protection_lead")
REQUESTS = [name for name in PLACES if name.startswith("access_")]


@pytest.fixture
def world(caplog):
    caplog.set_level(logging.CRITICAL, "django.request")
    with time_machine.travel(NOW, tick=False):
        yield whole_world(OFFICERS)


def asked_as(world, role):
    tally = Tally()
    ask_everything(world, asker_of(world.viewers[role]), tally, ("get", "post"), REQUESTS)
    return tally


@pytest.mark.parametrize("role", OFFICERS)
def test_each_officer_reads_of_a_request_what_was_told_for_them(world, role):
    agrees(asked_as(world, role), at_least=150)


# How each part of the rule was once left out, and by what it is noticed.
BROKEN = {
    "nothing is closed": ("_why", lambda part, handlings, viewer: "", "restricted"),
    "an older version is judged by itself": ("_handlings_now", lambda keys: set(), "for team and is restricted"),
    "what turned out to be another's is not asked of": ("all_items_of", items_of, "for restricted and is"),
    "who stands in reads all": ("may_see_entry", None, "what highways told for police"),
}


@pytest.mark.parametrize("broken", BROKEN)
def test_a_rule_that_lets_too_much_through_is_noticed(world, monkeypatch, broken):
    name, lets_through, says = BROKEN[broken]
    monkeypatch.setattr(f"alongside.access_requests.open_to.{name}", lets_through or judged_by_name_alone)
    assert any("shows what" in words and says in words for words in asked_as(world, OFFICERS[0]).wrong)


def judged_by_name_alone(*, reader, level, handling, readers):
    return Decision(handling is not Handling.RESTRICTED or reader.key in readers, "")
