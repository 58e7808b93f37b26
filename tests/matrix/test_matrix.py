"""Every page as everybody, in every relation to a child, for every handling: the answer is the oracle's, each time."""

import logging
import os

import pytest
import time_machine
from conftest import NOW
from django.db.models import Q
from django.test import Client

from alongside.access.policy import Nearness
from alongside.access.rules import Level
from tests.house.tracked import pages

from .asker import Asker, Tally, asker_of
from .asking import ask_everything
from .oracle import AGENCY
from .places import PLACES
from .things import whole_world

pytestmark = [pytest.mark.matrix, pytest.mark.django_db, pytest.mark.usefixtures("agencies")]
WHOLE = os.environ.get("ALONGSIDE_TESTS_LONG") == "1"
# In the short form two between whom the answers differ most, and the methods that pages answer.
ROLES = tuple(AGENCY) if WHOLE else ("front_door_worker", "service_worker")
METHODS = ("get", "head", "post", "put", "delete") if WHOLE else ("get", "post")
MOST_SAID = 40


def test_every_page_has_its_place_in_the_matrix():
    ours = {pattern.name for address, pattern in pages() if not address.startswith("api/")}
    assert ours == set(PLACES), "Give each page a place in tests/matrix/places.py, and take out what is gone"


@pytest.fixture(autouse=True)
def quiet(caplog):
    """Refusals by the thousand are what is asked for here."""
    caplog.set_level(logging.CRITICAL, "django.request")


@pytest.fixture
def world():
    with time_machine.travel(NOW, tick=False):
        yield whole_world(ROLES)


def agrees(tally, at_least):
    assert not tally.wrong, f"{len(tally.wrong)} of {tally.cases}:\n" + "\n".join(tally.wrong[:MOST_SAID])
    assert tally.cases >= at_least
    print(f"{tally.cases:,} cases, 0 disagreements")  # noqa: T201


@pytest.mark.parametrize("role", ROLES)
def test_each_role_sees_what_the_agreement_says_and_no_more(world, role):
    tally = Tally()
    ask_everything(world, asker_of(world.viewers[role]), tally, METHODS)
    agrees(tally, at_least=3_000)


def test_a_page_that_asks_for_a_key_is_asked_for_things_that_are_there(world):
    """Of others' alone where nobody of the cast may; what no partner's officer makes is asked for by a made-up key."""
    asked = {"pk", "draft", "uuid", "uuid-number", "step", "two", "three", "pack", "key_alone", "key_and_verb"}
    keyed = {name for name, place in PLACES.items() if place.part in asked}
    assert keyed - set(world.things) == {"end_session", "take_factor_away"}


@pytest.mark.parametrize("role", ROLES if WHOLE else ROLES[:1])
def test_a_suspended_seat_and_nobody_see_nothing(world, role):
    tally, viewer = Tally(), world.viewers[role]
    suspended = asker_of(viewer, role="")
    viewer.is_active = False
    viewer.save(update_fields=["is_active"])
    ask_everything(world, suspended, tally, METHODS)
    ask_everything(world, Asker(Client(raise_request_exception=False), "", role), tally, METHODS)
    agrees(tally, at_least=6_000)


OPEN = {
    "every handling is read": ("alongside.chronology.queries.may_read", lambda viewer: Q()),
    "a tie and a restriction close nothing": ("alongside.people.queries.not_closed", lambda viewer, person: Q()),
    "everybody is in every team": ("alongside.chronology.guard.nearness_of", lambda **asked: Nearness(Level.TEAM, "")),
    "a named reader is anybody": ("alongside.chronology.queries.names", lambda viewer: Q(handling="restricted")),
}


@pytest.mark.parametrize("broken", OPEN)
def test_a_policy_that_lets_too_much_through_is_noticed(world, monkeypatch, broken):
    where, lets_through = OPEN[broken]
    monkeypatch.setattr(where, lets_through)
    tally = Tally()
    asker = asker_of(world.viewers["service_worker"])
    ask_everything(world, asker, tally, ["get"], ["child_timeline", "child_entry", "child", "find_results"])
    assert tally.wrong


def test_a_door_that_stands_open_is_noticed_by_what_is_done(world, monkeypatch):
    monkeypatch.setattr("alongside.agencies.models.Practitioner.may", lambda self, permission: True)
    doors, tally = ("invite", "link_pair", "link_undo", "grade"), Tally()
    ask_everything(world, asker_of(world.viewers["service_worker"]), tally, ["post"], doors)
    assert {name for name in doors if any(f" {name} " in words and "wrote {" in words for words in tally.wrong)} == set(
        doors
    )
