"""Who lives there: numbers that check, twins, a father and son, families as varied as a city's."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alongside.demo.city import POSTCODES_A_NEIGHBOURHOOD, the_city
from alongside.demo.families import families, nhs_number, upn
from alongside.demo.names import names
from alongside.shared import identifiers

TODAY = date(2026, 3, 6)


def people(children: int = 400, seed: int = 1) -> list:
    return list(families(the_city(), children=children, seed=seed, today=TODAY))


@given(st.integers(0, 490_000))
def test_every_nhs_number_checks_and_is_a_test_number(serial: int) -> None:
    number = nhs_number(serial)
    assert identifiers.nhs_number(number) == number
    assert number.startswith("999")


@given(st.integers(0, 999_999), st.integers(2012, 2026))
def test_every_pupil_number_checks(serial: int, year: int) -> None:
    number = upn(serial, year)
    assert identifiers.upn(number) == number


def test_no_two_children_share_a_number() -> None:
    children = [child for family in people(3000) for child in family.children]
    for name in ("key", "nhs_number", "upn", "la_child_id"):
        assert len({getattr(child, name) for child in children}) == 3000


def test_a_larger_city_holds_the_smaller_one() -> None:
    small, large = people(60), people(200)
    assert large[: len(small) - 1] == small[:-1]


def test_twins_share_a_day_of_birth_and_a_home_and_no_name() -> None:
    one, other = next(family for family in people() if "twins" in family.planted).children[:2]
    assert (one.born, one.postcode, one.family_name) == (other.born, other.postcode, other.family_name)
    assert (one.given_name, one.nhs_number) != (other.given_name, other.nhs_number)


def test_a_father_and_son_have_one_name() -> None:
    family = next(family for family in people() if "father and son" in family.planted)
    son, father = family.children[0], family.adults[-1]
    assert son.full_name == father.full_name
    assert father.born.year < son.born.year - 13


def test_families_are_as_varied_as_the_city() -> None:
    lived = {family.adults[0].heritage.key for family in people(2000)}
    assert lived == {heritage.key for heritage in names().heritages}


@pytest.mark.parametrize("heritage", names().heritages, ids=lambda one: one.key)
def test_every_heritage_has_codes_of_both_schemes(heritage) -> None:
    assert heritage.sde18[0] in "WMABO"
    assert len(heritage.dfe) == 4


def test_postcodes_have_the_form_of_real_ones_in_districts_not_in_use() -> None:
    for postcodes in the_city().postcodes.values():
        assert len(set(postcodes)) == POSTCODES_A_NEIGHBOURHOOD
        assert all(identifiers.postcode(one) == one and 70 <= int(one[2:4]) <= 81 for one in postcodes)


def test_small_areas_cover_the_city_without_gaps() -> None:
    features = the_city().outlines()["features"]
    corners = [tuple(point) for one in features for point in one["geometry"]["coordinates"][0][:-1]]
    inner = {corner for corner in corners if corners.count(corner) == 4}
    assert len(features) == len({one["properties"]["LSOA21CD"] for one in features}) == 48
    assert len(inner) == 7 * 5
