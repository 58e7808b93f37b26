from dataclasses import replace

import pytest

from alongside.linkage.pairs import score_one
from alongside.linkage.rules import Thresholds, Verdict, decide

SIOBHAN = {
    "record_id": 1,
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


def judged(weight: float = 30.0, left: dict | None = None, **changes) -> Verdict:
    """The verdict on Siobhan's record and a changed one, had the two scored this many bits."""
    (pair,) = score_one(SIOBHAN | (left or {}), [SIOBHAN | {"record_id": 2} | changes])
    return decide(replace(pair.evidence, weight=weight, kin=0.0), Thresholds(12.0, 4.0, 99.0, 0.0)).verdict


@pytest.mark.parametrize(
    ("changes", "verdict"),
    [
        pytest.param({}, "same", id="the same details"),
        pytest.param({"given_name": "Shivaun"}, "same", id="another spelling"),
        pytest.param({"given_name": "O'Brien", "family_name": "Siobhan"}, "same", id="names swapped"),
        pytest.param({"given_name": "Aoife"}, "different", id="twin"),
        pytest.param({"given_name": "Aoife", "date_of_birth": "2012-06-02"}, "different", id="sister at home"),
        pytest.param({"given_name": "Sean", "sex": "M"}, "different", id="twin brother"),
        pytest.param({"date_of_birth": "1980-03-09"}, "different", id="parent with the same name"),
        pytest.param({"date_of_birth": ""}, "doubtful", id="no date of birth"),
        pytest.param({"date_of_birth": "1980-05-01"}, "doubtful", id="born on one day of the year"),
        pytest.param({"given_name": "Shivaun", "sex": "M"}, "doubtful", id="alike, and one says a boy"),
        pytest.param({"given_name": ""}, "doubtful", id="no given name"),
    ],
)
def test_what_no_score_may_overrule(changes, verdict):
    assert judged(**changes) == verdict


def test_a_number_comes_before_the_score():
    assert judged(-20, left={"upn": "B801200005001"}, upn="B801200005001") == Verdict.SAME


def test_a_number_on_a_twin_needs_a_person():
    number = {"nhs_number": "9434765919"}
    assert judged(30, left=number, given_name="Aoife", **number) == Verdict.DOUBTFUL


def test_two_numbers_of_one_kind_need_a_person():
    assert judged(40, left={"nhs_number": "9434765919"}, nhs_number="9434765870") == Verdict.DOUBTFUL


def test_a_nickname_told_as_an_alias_is_no_other_child():
    assert judged(given_name="Vonnie", aliases=["Siobhan O'Brien"]) == Verdict.SAME


@pytest.mark.parametrize(("weight", "verdict"), [(12.0, "doubtful"), (12.1, "same"), (0.0, "different")])
def test_where_the_score_decides(weight, verdict):
    assert judged(weight) == verdict
