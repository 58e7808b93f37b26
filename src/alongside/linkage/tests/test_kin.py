from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alongside.linkage.kin import AgainstKin, weaker
from alongside.linkage.levels import COMPARISONS
from alongside.linkage.model import load_model
from alongside.linkage.pairs import score_one


def kin(one, other):
    return score_one(one, [other])[0].kin


def test_what_a_family_shares_counts_for_less(a_child):
    same, undated = a_child(2), {"date_of_birth": None}
    assert kin(a_child(), same) < 0
    (whole,), (less,) = score_one(a_child(), [same]), score_one(a_child(**undated), [a_child(2, **undated)])
    assert whole.weight > 10 > less.weight


def test_strangers_who_share_little_lose_nothing_to_it(a_child):
    moved = a_child(2, family_name="Okafor", postcode="BD1 2QQ")
    assert kin(a_child(), moved) > -1


def test_one_name_that_may_be_the_familys_says_less_than_a_given_name():
    same = next(place for place, level in enumerate(COMPARISONS[0].levels) if level.key == "exact")
    bits = AgainstKin(load_model())
    assert bits.of((same, -1, 0, 0, 0)) < bits.of((same, 0, 0, 0, 0)) - 5


def test_every_level_has_its_bits():
    bits = AgainstKin(load_model())
    for places in product(*([-1, 0, len(comparison.levels) - 1] for comparison in COMPARISONS)):
        assert -60 < bits.of(places) < 30


@given(st.floats(-200, 200), st.floats(-200, 200))
def test_two_doubts_leave_less_than_either(strangers, family):
    assert min(strangers, family) - 1 - 1e-9 <= weaker(strangers, family) <= min(strangers, family)


@pytest.mark.parametrize("bits", [-3.0, 12.0])
def test_a_doubt_that_is_far_off_takes_nothing(bits):
    assert weaker(bits, bits + 40) == pytest.approx(bits)
