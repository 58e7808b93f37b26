import gc
from itertools import combinations

from alongside.linkage.linking import group
from alongside.linkage.model import load_model
from alongside.linkage.pairs import score_one
from alongside.shared.uncollected import uncollected

NHS, OTHER_NHS = "9990000018", "9990000026"


def people(*records, **decided):
    pairs = (score_one(one, [other])[0] for one, other in combinations(records, 2))
    return group(((pair.left_id, pair.right_id, pair.evidence) for pair in pairs), load_model(), **decided)


def test_records_that_agree_are_one_person_and_each_says_why(a_child):
    linked = people(a_child(1), a_child(2), a_child(3, family_name="Eze", postcode="", nhs_number=""))

    assert linked.people == [["r1", "r2"]]
    assert linked.reasons == {"r2": "Name, date of birth and what else is known agree"}


def test_no_record_between_them_joins_two_numbers(a_child):
    one, between, other = a_child(1, nhs_number=NHS), a_child(2), a_child(3, nhs_number=OTHER_NHS)

    linked = people(one, between, other)

    assert [len(members) for members in linked.people] == [2]
    assert {"r1", "r3"} in [{left, right} for left, right, *_ in linked.for_review]


def test_a_person_decides_above_number_and_weight(a_child):
    twin = a_child(2, given_name="Niamh")

    assert people(a_child(1), twin, together=[("r2", "r1")]).people == [["r1", "r2"]]
    assert people(a_child(1), a_child(3), apart=[("r3", "r1")]).people == []


def test_a_pair_within_one_person_needs_no_review(a_child):
    undated = a_child(3, date_of_birth=None, nhs_number=NHS)
    linked = people(a_child(1, nhs_number=NHS), a_child(2), undated)

    assert linked.people == [["r1", "r2", "r3"]]
    assert linked.for_review == []


def test_cycles_are_looked_for_again_whatever_happens():
    try:
        with uncollected():
            assert not gc.isenabled()
            raise ZeroDivisionError
    except ZeroDivisionError:
        assert gc.isenabled()
