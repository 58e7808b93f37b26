"""Words that a spreadsheet would reckon stay words, and come back as they were."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alongside.shared.cells import inert, plain
from alongside.shared.tests.formulas import FORMULAS


@given(st.text())
def test_every_value_comes_back(value):
    assert plain(inert(value)) == value


@pytest.mark.parametrize("value", ["", "Kai", "O'Brien", "4 March", "a=b", "Null", "7"])
def test_plain_words_are_left_alone(value):
    assert inert(value) == value


@pytest.mark.parametrize(
    "value", ["=1+1", "+441134960000", "-5", "@SUM(A1)", "\t=1", " =1", "'=1", "＝1", '"=1"', "|calc"]
)
def test_what_would_be_reckoned_is_marked(value):
    assert inert(value) == "'" + value


def test_what_was_never_marked_is_left_as_it_came():
    assert plain("'tis") == "'tis"


def test_a_thousand_formulas_are_all_marked():
    assert len(set(FORMULAS)) >= 1_000
    assert [one for one in FORMULAS if not inert(one).startswith("'")] == []
