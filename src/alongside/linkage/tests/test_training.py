from benchmarks.linkage_census import census_rows
from benchmarks.linkage_people import invented_records
from benchmarks.linkage_records import mapped

from alongside.linkage.levels import COMPARISONS
from alongside.linkage.model import load_model
from alongside.linkage.scoring import BulkScoring
from alongside.linkage.training import adapt


def census_records(people):
    names = {"given_name": "forename", "family_name": "surname", "date_of_birth": "born", "postcode": "address"}
    return mapped(census_rows(people, seed=3), names)


def fitted():
    return adapt(BulkScoring(invented_records(300, seed=5)), load_model())


def test_the_same_records_give_the_same_model():
    assert fitted() == fitted()


def test_agreement_speaks_for_and_a_clear_difference_against():
    model = fitted()
    for comparison in COMPARISONS:
        assert model.level_weight(comparison, 0) > 0
        assert model.level_weight(comparison, len(comparison.levels) - 1) < 0


def test_families_are_seen_where_there_are_any():
    families = fitted()
    assert families.kin > 0.2 * families.prior
    alone = adapt(BulkScoring(census_records(400)), load_model())
    assert alone.kin < 0.02 * alone.prior


def test_only_where_there_are_no_families_does_weight_overcome_doubt():
    assert fitted().sure_above > 50
    assert adapt(BulkScoring(census_records(400)), load_model()).sure_above == 12.0


def test_a_household_is_not_taken_for_one_person():
    model = load_model()
    given = COMPARISONS[0]
    other = next(place for place, level in enumerate(given.levels) if level.key == "other_name")
    assert model.level_weight(given, other) < -5
