"""Who stands around a child, one by one, as a restriction asks for them."""

from datetime import timedelta

import pytest

from alongside.people.around import FRONT_DOOR, INVOLVED, OPENED, TEAM, around
from alongside.people.closing import declare_tie
from alongside.people.queries import standings_of

from .factories import CAMHS, COUNCIL, NOW, POLICE, child, practitioner, standing, team

pytestmark = pytest.mark.django_db


@pytest.fixture
def kai():
    return child("7F3K")


def found(kai, *but):
    return around(kai, standings=standings_of(kai, at=NOW), but={one.pk for one in but})


def ways(kai, *but):
    return [(one.key, how) for one, how in found(kai, *but).named.items()]


def test_each_is_found_once_and_who_works_with_the_child_first(kai):
    east = team("east")
    maya, bea = practitioner("maya", "front_door_worker"), practitioner("bea", "front_door_manager")
    leah, tom = practitioner("leah", team=east), practitioner("tom", team=east)
    practitioner("elsewhere", team=team("west"))
    ann, priya = practitioner("ann", "health_worker", CAMHS), practitioner("priya", "police_officer", POLICE)
    standing(kai, COUNCIL, team=east, worker="Leah")
    standing(kai, CAMHS, practitioner=ann, level="known", is_quiet=True)
    standing(kai, CAMHS, practitioner=ann)
    standing(kai, POLICE, practitioner=priya, source="emergency:x", until=NOW + timedelta(hours=1))
    expected = [(ann, INVOLVED), (leah, INVOLVED), (tom, TEAM), (maya, FRONT_DOOR), (priya, OPENED)]
    assert ways(kai, bea) == [(one.key, how) for one, how in expected]


def test_nobody_who_reads_nothing_is_among_them(kai):
    """A seat that ended, a role that sees no child, and whoever declared a tie."""
    east = team("east")
    standing(kai, COUNCIL, team=east)
    practitioner("gone", team=east, is_active=False)
    practitioner("grace", "information_officer", team=east)
    declare_tie(person=kai, by=practitioner("leah", team=east), at=NOW, because="My nephew")
    assert ways(kai) == []
    assert not found(kai)


def test_of_a_whole_agency_the_one_whom_the_standing_names_is_found_and_the_others_are_counted(kai):
    standing(kai, CAMHS, worker="ann")
    ann, ben, _ = (practitioner(key, "health_worker", CAMHS) for key in ("ann", "ben", "cat"))
    everybody = found(kai)
    assert (ways(kai), everybody.others, len(everybody)) == ([("ann", INVOLVED)], {"CAMHS": 2}, 3)
    left = everybody.without([ann, ben])
    assert (left.named, left.others) == ({}, {"CAMHS": 1})
    assert not left.without([practitioner("dan", "health_worker", CAMHS)])
