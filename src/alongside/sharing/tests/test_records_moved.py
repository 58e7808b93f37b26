"""What was given of a child whose records turned out to be another's: no door opens because records move."""

from datetime import timedelta

import pytest
from django.urls import reverse

from alongside.chronology.tests.factories import entry, known_as
from alongside.linkage.actions import move, unlink
from alongside.people.closing import declare_tie, restrict
from alongside.people.models import Person
from alongside.people.tests.factories import COUNCIL, child, practitioner
from alongside.web.tests.reading import words

from .conftest import AT, given

DAY = timedelta(days=1)


@pytest.fixture
def bea(kai):
    return practitioner("bea", "front_door_manager", COUNCIL)


@pytest.fixture
def made(kai, leah, tom):
    told = entry(kai, title="Seen", contribution={"told": {"narrative": "He was cold."}})
    return given(kai, by=leah, to=tom, entries=[told], words="Look for a grey car.")


@pytest.fixture
def real(made):
    """Who Kai turns out to be."""
    found = child("REAL1", given_name="Kai")
    known_as(found, COUNCIL)
    return found


def joined(one: Person, *, to: Person) -> None:
    """All that is known of the one turns out to be the other's."""
    said = {"rule": "details", "because": "Same child"}
    for each in one.records.all():
        move(each, to, by=practitioner("grace", "information_officer"), at=AT + DAY, **said)


def status(as_one, who, name: str, made) -> int:
    return as_one(who).get(reverse(name, args=[made.pk])).status_code


def test_a_restriction_of_whom_they_turned_out_to_be_closes_what_was_given(as_one, made, real, kai, leah, tom, bea):
    joined(kai, to=real)
    assert status(as_one, tom, "received_one", made) == 200
    restrict(person=real, readers=[], by=bea, at=AT + 2 * DAY, because="Moved for safety")
    tom_now = as_one(tom)
    assert status(as_one, tom, "received_one", made) == 404
    assert "Kai" not in words(tom_now.get(reverse("received")))
    assert "gave you about a child" not in words(tom_now.get("/"))
    assert status(as_one, leah, "gave", made) == 404


def test_so_does_a_tie_to_them(as_one, made, real, kai, leah, tom):
    joined(kai, to=real)
    for who in (tom, leah):
        declare_tie(person=real, by=who, at=AT + 2 * DAY, because="My cousin")
    assert status(as_one, tom, "received_one", made) == 404
    assert status(as_one, leah, "gave", made) == 404


@pytest.mark.parametrize("goes", ["kai", "real"])
def test_what_was_given_before_their_records_met_was_given_before_the_restriction(
    as_one, made, real, kai, tom, bea, goes
):
    """However long the other child has been restricted: whoever gave it did not know of it."""
    restrict(person=real, readers=[], by=bea, at=AT - DAY, because="Moved for safety")
    one, other = (kai, real) if goes == "kai" else (real, kai)
    joined(one, to=other)
    assert status(as_one, tom, "received_one", made) == 404


def test_whoever_is_named_reads_it_wherever_the_records_went(as_one, made, real, kai, tom, bea):
    restrict(person=real, readers=[tom], by=bea, at=AT - DAY, because="Moved for safety")
    joined(kai, to=real)
    assert status(as_one, tom, "received_one", made) == 200


def test_a_record_that_left_the_child_takes_the_question_along(as_one, made, kai, tom, bea):
    wrong = kai.records.get()
    known_as(kai, COUNCIL)
    other = unlink(record_=wrong, by=practitioner("grace", "information_officer"), at=AT + DAY, because="Another child")
    restrict(person=other, readers=[], by=bea, at=AT + 2 * DAY, because="Moved for safety")
    assert status(as_one, tom, "received_one", made) == 404
