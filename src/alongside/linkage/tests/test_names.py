import pytest
from hypothesis import given
from hypothesis import strategies as st

from alongside.linkage.names import is_a_known_name, may_be_the_same_given_name, normalise, split_full_name
from alongside.linkage.sounds import name_keys, sound_alike


@pytest.mark.parametrize(
    ("written", "plain"),
    [
        pytest.param("O'Brien", "obrien", id="apostrophe joins"),
        pytest.param("O\u2019Brien", "obrien", id="curly apostrophe"),
        pytest.param("Siobhán", "siobhan", id="accent"),
        pytest.param("Łukasz", "lukasz", id="Polish l"),
        pytest.param("Ama\u200b ra", "ama ra", id="zero width"),
        pytest.param("Smith-Jones", "smith jones", id="hyphen parts"),
        pytest.param("محمد", "محمد", id="Arabic script is kept"),
        pytest.param("3rd Sam", "sam", id="a number is no name"),
        pytest.param(None, "", id="not known"),
    ],
)
def test_a_plain_name(written, plain):
    assert normalise(written) == plain


@pytest.mark.parametrize(
    ("full", "given_names", "family"),
    [
        ("Aisha Khan", "aisha", "khan"),
        ("Khan, Aisha", "aisha", "khan"),
        ("Dr Ana-Maria van der Berg", "ana maria", "van der berg"),
        ("Sam Okafor Jr", "sam", "okafor"),
        ("Zendaya", "zendaya", ""),
        (None, "", ""),
    ],
)
def test_a_name_in_one_piece(full, given_names, family):
    assert split_full_name(full) == (given_names, family)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Siobhan", "shivaun"),
        ("Siobhán", "Chevonne"),
        ("Bill", "William"),
        ("Mohammed", "Muhamad"),
        ("Gosia", "Małgorzata"),
        ("Xasan", "Hassan"),
        ("Tunde", "Babatunde"),
        ("Gurpreet", "Gurprit"),
    ],
)
def test_forms_of_one_name(one, other):
    assert may_be_the_same_given_name(one, other)


@pytest.mark.parametrize(("one", "other"), [("Mia", "Tia"), ("Sean", "John"), ("Aaliyah", "Aisha")])
def test_two_names_of_their_own(one, other):
    assert is_a_known_name(one)
    assert is_a_known_name(other)
    assert not may_be_the_same_given_name(one, other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Siobhan", "shivaun"),
        ("Niamh", "Neve"),
        ("Caoimhe", "Keeva"),
        ("Krzysztof", "Kshishtof"),
        ("Smith", "Smyth"),
    ],
)
def test_names_that_sound_alike(one, other):
    assert sound_alike(one, other)


def test_names_that_do_not_sound_alike():
    assert not sound_alike("Patel", "Okafor")


def test_a_search_for_shivaun_meets_siobhan():
    assert name_keys("shivaun") & name_keys("Siobhan O'Neill")


def test_letters_that_change_places_share_a_key():
    assert "letters:dhiov" in name_keys("Ohivd") & name_keys("Dhovi")


@given(st.text(max_size=30))
def test_any_text_has_a_plain_form_that_stays(text):
    assert normalise(normalise(text)) == normalise(text)
