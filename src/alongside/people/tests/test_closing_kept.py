"""Who keeps a restriction: whoever is named, may lift it, and opens the record. A tie never shuts a record for good."""

import pytest
from django.core.exceptions import PermissionDenied

from alongside.access.rules import Level
from alongside.linkage.actions import move
from alongside.people import closing
from alongside.people.queries import level_of

from .factories import NOW, child, practitioner, record

pytestmark = pytest.mark.django_db


@pytest.fixture
def bea():
    return practitioner("bea", "front_door_manager")


@pytest.fixture
def bob():
    return practitioner("bob", "front_door_manager")


def handed_over(made, to):
    closing.hand_over(restriction=made, to=to, by="alongside seat", at=NOW)
    return level_of(viewer=to, person=made.person, at=NOW) is Level.TEAM


def test_whoever_keeps_it_alone_declares_a_tie_and_it_is_handed_over(kai, bea, bob, grace):
    maya = practitioner("maya")
    made = closing.restrict(person=kai, readers=[maya], by=bea, at=NOW, because="Moved")
    tie = closing.declare_tie(person=kai, by=bea, at=NOW, because="The wrong record, sorry")
    assert closing.keepers_of(made) == []
    assert handed_over(made, bob)
    with pytest.raises(PermissionDenied):
        closing.hand_over(restriction=made, to=practitioner("eve", "front_door_manager"), by="alongside seat", at=NOW)
    closing.name_reader(restriction=made, reader=grace, by=bob, at=NOW)
    closing.end_tie(tie=tie, by=grace, at=NOW, because="She meant another record")
    assert level_of(viewer=bea, person=kai, at=NOW) is Level.TEAM


def test_a_tie_that_came_with_a_link_leaves_no_record_closed_for_good(kai, bea, bob):
    """A machine joined a record of a child whom Bea knows to the one whom she keeps."""
    record(kai)
    other = child("8F3K")
    one = record(other)
    made = closing.restrict(person=kai, readers=[], by=bea, at=NOW, because="Moved")
    closing.declare_tie(person=other, by=bea, at=NOW, because="My nephew")
    move(one, kai, by=None, at=NOW, because="The same number", rule="number")
    assert level_of(viewer=bea, person=kai, at=NOW) is Level.NONE
    assert handed_over(made, bob)


def test_whoever_has_a_tie_is_not_the_one_who_stays(kai, bea, bob):
    made = closing.restrict(person=kai, readers=[bob], by=bea, at=NOW, because="Moved")
    closing.declare_tie(person=kai, by=bob, at=NOW, because="My nephew")
    assert not closing.leave_out(restriction=made, reader=bea, by=bea, at=NOW)
    assert closing.leave_out(restriction=made, reader=bob, by=bea, at=NOW)


def test_nothing_is_handed_to_whom_a_tie_closes_it(kai, bea, bob):
    made = closing.restrict(person=kai, readers=[], by=bea, at=NOW, because="Moved")
    for one in (bea, bob):
        closing.declare_tie(person=kai, by=one, at=NOW, because="My nephew")
        with pytest.raises(PermissionDenied):
            closing.hand_over(restriction=made, to=one, by="alongside seat", at=NOW)
