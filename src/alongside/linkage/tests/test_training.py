from benchmarks.linkage_people import invented_records

from alongside.linkage.levels import COMPARISONS
from alongside.linkage.model import load_model
from alongside.linkage.scoring import BulkScoring
from alongside.linkage.training import adapt


def fitted():
    return adapt(BulkScoring(invented_records(300, seed=5)), load_model())


def test_the_same_records_give_the_same_model():
    assert fitted() == fitted()


def test_agreement_speaks_for_and_a_clear_difference_against():
    model = fitted()
    for comparison in COMPARISONS:
        assert model.level_weight(comparison, 0) > 0
        assert model.level_weight(comparison, len(comparison.levels) - 1) < 0


def test_a_household_is_not_taken_for_one_person():
    model = load_model()
    given = COMPARISONS[0]
    other = next(place for place, level in enumerate(given.levels) if level.key == "other_name")
    assert model.level_weight(given, other) < -5
