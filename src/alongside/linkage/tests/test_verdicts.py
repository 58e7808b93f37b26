import pytest

from alongside.linkage.model import load_model
from alongside.linkage.pairs import score_one
from alongside.linkage.rules import decide

NHS, OTHER_NHS = "9990000018", "9990000026"


def verdict(one, other):
    model = load_model()
    pair = score_one(one, [other], model=model)[0]
    return decide(pair.evidence, model).verdict


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        pytest.param({}, "same", id="all agrees"),
        pytest.param({"given_name": "Ashling"}, "same", id="another spelling"),
        pytest.param({"date_of_birth": None}, "doubtful", id="no date of birth"),
        pytest.param({"date_of_birth": "2012-09-30"}, "doubtful", id="another date of birth"),
        pytest.param({"given_name": "Niamh"}, "different", id="twin sister"),
        pytest.param({"given_name": "Conor", "sex": "M"}, "different", id="twin brother"),
        pytest.param({"given_name": "Niamh", "date_of_birth": "2012-09-30"}, "different", id="sister at home"),
        pytest.param({"given_name": "Conor", "date_of_birth": "1975-09-30"}, "different", id="father"),
        pytest.param({"date_of_birth": "1975-09-30"}, "different", id="mother with one name"),
        pytest.param({"given_name": "Zola", "family_name": "Eze"}, "different", id="a stranger"),
    ],
)
def test_verdicts_without_an_identifier(a_child, changes, expected):
    assert verdict(a_child(), a_child(2, **changes)) == expected


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        pytest.param({"family_name": "Eze", "postcode": "BD1 2QQ"}, "same", id="new name and home"),
        pytest.param({"given_name": "Conor", "sex": "M"}, "doubtful", id="twin's number written here"),
        pytest.param({"given_name": "Fiona", "date_of_birth": "1980-01-09"}, "doubtful", id="mother's number"),
        pytest.param({"nhs_number": OTHER_NHS}, "doubtful", id="each has a number of their own"),
    ],
)
def test_verdicts_with_an_identifier(a_child, changes, expected):
    one, other = a_child(nhs_number=NHS), a_child(2, **{"nhs_number": NHS, **changes})
    assert verdict(one, other) == expected


def test_a_repeated_digit_is_nobodys_number(a_child):
    one, other = (a_child(n, nhs_number="1111111111", date_of_birth=None) for n in (1, 2))
    assert verdict(one, other) == "doubtful"


def test_twins_with_rhyming_names_are_different(a_child):
    assert verdict(a_child(given_name="Mia"), a_child(2, given_name="Tia")) == "different"


# Hardcastle is nobody's given name; Wilson is some people's, and an initial may be anybody's.
@pytest.mark.parametrize("family", ["Hardcastle", "Wilson"])
@pytest.mark.parametrize("called", [("Aisling", "Niamh"), ("Aisling", "N"), ("Aisling", "Nimah")])
def test_twins_written_family_name_first_are_not_merged(a_child, family, called):
    one, other = (a_child(number, given_name=family, family_name=name) for number, name in enumerate(called))
    assert verdict(one, other) == "doubtful"


@pytest.mark.parametrize(
    ("one", "other"),
    [(("A", "Hardcastle"),) * 2, (("Hardcastle", "A"),) * 2, (("A", "Hardcastle"), ("Hardcastle", "A"))],
)
def test_an_initial_alone_does_not_merge_twins(a_child, one, other):
    records = (
        a_child(number, given_name=given, family_name=family) for number, (given, family) in enumerate((one, other))
    )
    assert verdict(*records) == "doubtful"


def test_a_family_name_alone_does_not_merge_twins(a_child):
    alone = a_child(given_name="Hardcastle", family_name=None)
    assert verdict(alone, a_child(2, given_name="Hardcastle", family_name="Niamh")) == "doubtful"


def test_two_given_names_exchanged_at_one_home_are_one_child(a_child):
    one, other = a_child(given_name="John", family_name="William"), a_child(2, given_name="William", family_name="John")
    assert verdict(one, other) == "same"
