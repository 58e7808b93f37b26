from dataclasses import dataclass

import pytest

from alongside.linkage.rules import Judged, decide

SIOBHAN = {
    "given_name": "Siobhan",
    "family_name": "O'Brien",
    "aliases": [],
    "date_of_birth": "2010-05-01",
    "sex": "F",
    "postcode": "LS8 4AA",
    "postcodes": [],
    "nhs_number": "",
    "upn": "",
    "la_child_id": "",
}


@dataclass
class Scored:
    weight: float


@dataclass
class Thresholds:
    same_above: float = 12.0
    doubtful_above: float = 0.0


def judged(weight: float = 30.0, left: dict | None = None, **changes) -> Judged:
    return decide(Scored(weight), SIOBHAN | (left or {}), SIOBHAN | changes, Thresholds()).verdict


@pytest.mark.parametrize(
    ("changes", "verdict"),
    [
        pytest.param({}, "same", id="the same details"),
        pytest.param({"given_name": "Shivaun"}, "same", id="another spelling"),
        pytest.param({"given_name": "O'Brien", "family_name": "Siobhan"}, "same", id="names swapped"),
        pytest.param({"given_name": "Aoife"}, "different", id="twin"),
        pytest.param({"given_name": "Aoife", "date_of_birth": "2012-06-02"}, "different", id="sister at home"),
        pytest.param({"given_name": "Sean", "sex": "M"}, "different", id="twin brother"),
        pytest.param({"date_of_birth": "1980-05-01"}, "different", id="parent with the same name"),
        pytest.param({"date_of_birth": ""}, "doubtful", id="no date of birth"),
        pytest.param({"date_of_birth": "2010"}, "doubtful", id="only the year"),
        pytest.param({"sex": "M"}, "doubtful", id="one says a boy"),
        pytest.param({"given_name": ""}, "doubtful", id="no given name"),
    ],
)
def test_what_no_score_may_overrule(changes, verdict):
    assert judged(**changes) == verdict


def test_a_number_comes_before_the_score():
    assert judged(-20, left={"upn": "B801200005001"}, upn="B801200005001") == Judged.SAME


def test_a_number_on_a_twin_needs_a_person():
    number = {"nhs_number": "9434765919"}
    assert judged(30, left=number, given_name="Aoife", **number) == Judged.DOUBTFUL


def test_two_numbers_of_one_kind_need_a_person():
    assert judged(40, left={"nhs_number": "9434765919"}, nhs_number="9434765870") == Judged.DOUBTFUL


def test_a_nickname_told_as_an_alias_is_no_other_child():
    assert judged(given_name="Vonnie", aliases=["Siobhan O'Brien"]) == Judged.SAME


@pytest.mark.parametrize(("weight", "verdict"), [(11.9, "doubtful"), (12.0, "same"), (-0.1, "different")])
def test_where_the_score_decides(weight, verdict):
    assert judged(weight) == verdict
