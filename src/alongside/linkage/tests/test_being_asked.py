"""Whether a reader is told that another record may be of the same child."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from alongside.agencies.models import Practitioner
from alongside.linkage.models import LinkQuestion
from alongside.linkage.queries import asked_about
from alongside.people.models import Person
from alongside.people.tests.factories import CAMHS, COUNCIL, NOW, POLICE, child, practitioner, record, standing

pytestmark = pytest.mark.django_db


@pytest.fixture
def siobhan() -> Person:
    return child("SIOBHAN", given_name="Siobhan", family_name="O'Brien")


@pytest.fixture
def shiv() -> Person:
    return child("SHIV", given_name="Shiv", family_name="O'Brien")


def ask(one: Person, other: Person, verdict: str = "waiting") -> LinkQuestion:
    left, right = record(one, POLICE), record(other, CAMHS)
    return LinkQuestion.objects.create(
        left=left, right=right, weight=5, reason="In part", asked_at=NOW, verdict=verdict
    )


def told_of(viewer: Practitioner) -> set[str]:
    asked = Person.objects.filter(asked_about(viewer, at=NOW, person="pk"))
    return set(asked.values_list("reference", flat=True))


def the_front_door() -> Practitioner:
    return practitioner("maya", "front_door_worker")


def an_officer() -> Practitioner:
    return practitioner("priya", "police_officer", POLICE)


def an_analyst() -> Practitioner:
    return practitioner("sam", "analyst")


WORKS, QUIETLY, ENDED = (
    {},
    {"source": "emergency:1"},
    {"since": NOW - timedelta(days=9), "until": NOW - timedelta(days=1)},
)


@pytest.mark.parametrize(
    ("reader", "with_the_one", "with_the_other", "told"),
    [
        (the_front_door, None, None, True),
        (an_officer, WORKS, WORKS, True),
        (an_officer, WORKS, None, False),
        (an_officer, None, WORKS, False),
        (an_officer, WORKS, QUIETLY, False),
        (an_officer, WORKS, ENDED, False),
        (an_officer, None, None, False),
        (an_analyst, WORKS, WORKS, False),
    ],
)
def test_only_who_may_know_of_both_is_told(
    siobhan: Person,
    shiv: Person,
    reader: Callable[[], Practitioner],
    with_the_one: dict | None,
    with_the_other: dict | None,
    told: bool,
) -> None:
    ask(siobhan, shiv)
    for person, works in ((siobhan, with_the_one), (shiv, with_the_other)):
        if works is not None:
            standing(person, COUNCIL, **works)
    assert told_of(reader()) == ({"SIOBHAN", "SHIV"} if told else set())


@pytest.mark.parametrize(
    ("verdict", "told"), [("waiting", True), ("not_sure", True), ("same", False), ("different", False)]
)
def test_it_is_said_for_as_long_as_nobody_has_decided(siobhan, shiv, verdict, told) -> None:
    ask(siobhan, shiv, verdict)
    assert told_of(the_front_door()) == ({"SIOBHAN", "SHIV"} if told else set())


def test_two_records_that_are_already_one_child_ask_nothing_more(siobhan) -> None:
    ask(siobhan, siobhan)
    assert told_of(the_front_door()) == set()
