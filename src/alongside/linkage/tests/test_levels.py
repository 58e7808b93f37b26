import pytest

from alongside.linkage.features import comparable, date_parts, postcode_parts
from alongside.linkage.levels import BORN, GIVEN, POSTCODE


def level(comparison, one, other):
    left, right = (comparable({"record_id": "x", **record}) for record in (one, other))
    place = comparison.level_of(left, right)
    return None if place is None else comparison.levels[place].key


@pytest.mark.parametrize(
    ("one", "other", "agrees"),
    [
        ("2010-05-14", "2010-05-14", "exact"),
        ("2010-05-04", "2010-04-05", "swapped"),
        ("2010-05-14", "2010-05-15", "typed"),
        ("2010-05-14", "2010-05-41", "typed"),
        ("2010-05-14", "2010-05", "partial"),
        ("2010-05-14", "2010", "partial"),
        ("2010-05-14", "2010-01-01", "new_year"),
        ("2010-01-01", "2011-01-01", "new_years"),
        ("2010-05-14", "2010-06-15", "near"),
        ("2010-05-14", "1986-05-14", "birthday"),
        ("2010-05-14", "2010-11-28", "year"),
        ("2010-05-14", "2011-11-28", "next_year"),
        ("2010-05-14", "1983-11-28", "generation"),
        ("2010-05-14", "2015-05-15", "digits"),
        ("2010-05-14", "2014-11-28", "else"),
        ("2010-05-14", None, None),
        ("20100514", "14/05/2010", "exact"),
        ("14th May 2010", "2010/5/14", "exact"),
        ("05/14/2010", "2010-05-14 00:00:00", "exact"),
    ],
)
def test_dates_of_birth(one, other, agrees):
    assert level(BORN, {"date_of_birth": one}, {"date_of_birth": other}) == agrees


@pytest.mark.parametrize(
    ("one", "other", "agrees"),
    [
        ("Aisling", "AISLING", "exact"),
        ("Mary Ann", "Mary", "first"),
        ("Bill", "William", "form"),
        ("Mia", "Tia", "other_name"),
        ("Aislinng", "Aislnng", "typed"),
        ("R", "Robert", "short"),
        ("Zzyra", "Thomas", "else"),
        ("Zzyra", None, None),
    ],
)
def test_given_names(one, other, agrees):
    assert level(GIVEN, {"given_name": one}, {"given_name": other}) == agrees


def test_names_the_wrong_way_round():
    right = {"given_name": "Zofia", "family_name": "Kowalski"}
    wrong = {"given_name": "Kowalski", "family_name": "Zofia"}
    assert level(GIVEN, right, wrong) == "swapped"


def test_two_given_names_the_wrong_way_round_say_less():
    one = {"given_name": "James", "family_name": "Thomas"}
    other = {"given_name": "Thomas", "family_name": "James"}
    assert level(GIVEN, one, other) == "either_way"


def test_an_alias_counts():
    street = {"given_name": "Zzyra", "aliases": ["Biggz Okafor"]}
    assert level(GIVEN, street, {"given_name": "Biggz"}) == "known_as"


@pytest.mark.parametrize(
    ("one", "other", "agrees"),
    [
        ("LS8 4AA", "ls84aa", "exact"),
        ("LS8 4AA", "LS8 4AB", "typed"),
        ("LS8 4AA", "LS8 4XY", "sector"),
        ("LS8 4AA", "LS8 1XY", "district"),
        ("LS8 4AA", "BD1 2QQ", "else"),
    ],
)
def test_postcodes(one, other, agrees):
    assert level(POSTCODE, {"postcode": one}, {"postcode": other}) == agrees


def test_an_earlier_home_counts():
    moved = {"postcode": "BD1 2QQ", "postcodes": ["LS8 4AA"]}
    assert level(POSTCODE, moved, {"postcode": "LS8 4AA"}) == "earlier"


@pytest.mark.parametrize("text", ["", None, "soon", "14 May", "99/99/20"])
def test_what_is_no_date_is_not_known(text):
    assert date_parts(text) == (None, None, None, None)


def test_a_postcode_from_elsewhere_stays_whole():
    assert postcode_parts("4011") == ("4011", None, None)
