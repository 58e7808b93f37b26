"""How agencies know a child: each a little differently, and always so that the truth can be found again."""

from collections import defaultdict
from datetime import date

import pytest

from alongside.demo.city import the_city
from alongside.demo.families import families
from alongside.demo.records import HABITS, SLIPS, Registers

from .conftest import Written

TODAY = date(2026, 3, 6)
FAMILIES = list(families(the_city(), children=300, seed=3, today=TODAY))
CHILDREN = [child for family in FAMILIES for child in family.children]


def test_an_agency_knows_a_child_the_same_way_each_time() -> None:
    registers = Registers(seed=3)
    first = registers.known_as(CHILDREN[0], "leeds-education", when=TODAY)
    assert registers.known_as(CHILDREN[0], "leeds-education", when=TODAY) == first


@pytest.mark.parametrize("agency", HABITS)
def test_some_children_are_written_down_wrongly_and_most_are_not(agency: str) -> None:
    registers = Registers(seed=3)
    for child in CHILDREN:
        registers.known_as(child, agency, when=TODAY)
    slips = [one.slip for one in registers.forget() if one.slip]
    assert 0 < len(slips) < len(CHILDREN) / 2


def test_every_slip_is_made_somewhere() -> None:
    registers = Registers(seed=3)
    for agency in HABITS:
        for child in CHILDREN:
            registers.known_as(child, agency, when=TODAY)
    assert {one.slip for one in registers.forget()} == {"", *(slip.__name__.strip("_") for slip in SLIPS)}


def test_a_family_that_moved_has_two_addresses(city: Written) -> None:
    moved = city.planted("moved")[0]["people"]
    whose = city.person_of()
    postcodes = defaultdict(set)
    for one in city.told():
        for who in one.get("people", []):
            postcodes[whose[one["source"]["agency"], who["reference"]]].add(who.get("postcode"))
    assert len(postcodes[moved[0]] - {None}) == 2


def test_forgetting_a_batch_keeps_the_counting() -> None:
    registers = Registers(seed=3)
    before = registers.known_as(CHILDREN[0], "catch", when=TODAY)["reference"]
    registers.forget()
    assert registers.known_as(CHILDREN[1], "catch", when=TODAY)["reference"] != before
