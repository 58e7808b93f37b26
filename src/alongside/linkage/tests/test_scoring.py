import subprocess
import sys

import pytest
from benchmarks.linkage_people import invented_records
from hypothesis import given
from hypothesis import strategies as st

from alongside.linkage.features import comparable
from alongside.linkage.linking import link
from alongside.linkage.model import load_model, model_from_json
from alongside.linkage.pairs import blocking_keys, score_one, score_ready
from alongside.linkage.scoring import BulkScoring, score_all

NAMES = st.sampled_from(["Siobhan", "Shivaun", "Mo", "Mohammed", "Mia", "Tia", "José", "Łucja", "X", "محمد", None])
DATES = st.sampled_from(["2010-05-04", "2010-04-05", "2010-05", "2010", "1980-05-04", "2010-01-01", "junk", None])
PLACES = st.sampled_from(["LS8 4AA", "LS8 4AB", "LS1 1AA", "4011", None])
RECORDS = st.fixed_dictionaries(
    {
        "record_id": st.just("x"),
        "given_name": NAMES,
        "family_name": NAMES,
        "date_of_birth": DATES,
        "postcode": PLACES,
    }
)


@given(RECORDS, RECORDS)
def test_a_score_is_the_same_both_ways(one, other):
    there, back = score_one(one, [other])[0], score_one(other, [one])[0]
    assert there.weight == pytest.approx(back.weight)


@given(RECORDS, RECORDS)
def test_nothing_is_more_alike_than_itself(one, other):
    known = {name: value or other[name] for name, value in one.items()}
    assert score_one(one, [known])[0].weight >= score_one(one, [other])[0].weight or other != known


def test_bulk_and_single_give_one_weight():
    bulk, model = BulkScoring(invented_records(300, seed=7)), load_model()
    pairs = bulk.score(model)
    ready = {record["record_id"]: record for record in bulk.ready}
    assert pairs.num_rows > 200
    for row in pairs.to_pylist():
        single = score_ready(ready[row["record_id_l"]], ready[row["record_id_r"]], model, bulk.frequencies)
        assert single.weight == pytest.approx(row["weight"], abs=1e-6)


def test_an_exchange_of_names_costs_little(a_child):
    exchanged = a_child(2, given_name="Hardcastle", family_name="Aisling")
    stranger = a_child(3, given_name="Zola", family_name="Eze")
    best, worst = score_one(a_child(), [stranger, exchanged])
    assert best.right_id == "r2"
    assert best.weight > 5 > worst.weight


def test_a_rare_name_says_more_than_a_common_one(a_child):
    bulk = BulkScoring([a_child(n, family_name="Khan") for n in range(50)] + [a_child(n) for n in (98, 99)])
    rare, common = (comparable(a_child(family_name=name)) for name in ("Hardcastle", "Khan"))
    weights = [score_ready(one, one, load_model(), bulk.frequencies).weight for one in (rare, common)]
    assert weights[0] > weights[1]


def test_each_field_says_what_it_counts_for(a_child):
    (pair,) = score_one(a_child(), [a_child(2, given_name="Ashling", date_of_birth="2010-05-15")])
    said = {part.field: part.level for part in pair.contributions}
    assert said["Given name"] == "Another form of the same name"
    assert said["Date of birth"] == "One digit different, or two exchanged"


@pytest.mark.parametrize(
    "changes",
    [
        {"given_name": "Ashling"},
        {"given_name": "Hardcastle", "family_name": "Aisling"},
        {"date_of_birth": "2010-05-15"},
        {"family_name": "Okafor"},
        {"postcode": "BD1 2QQ", "date_of_birth": None},
    ],
)
def test_one_person_shares_a_key_with_themselves(a_child, changes):
    assert set(blocking_keys(a_child())) & set(blocking_keys(a_child(2, **changes)))


def test_a_model_survives_its_file():
    model = load_model()
    assert model_from_json(model.as_json()) == model


def test_invented_families_are_never_merged():
    records = invented_records(300, seed=11)
    person = {record["record_id"]: record["person"] for record in records}
    model = load_model()
    linked = link(score_all(records, model=model), model)
    assert len(linked.people) > 50
    assert all(len({person[record] for record in group}) == 1 for group in linked.people)


def test_splink_is_not_imported_until_it_is_needed():
    code = "import sys, alongside.linkage.scoring; sys.exit('splink' in sys.modules or 'duckdb' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], env={"PYTHONPATH": "src"}, check=False).returncode == 0
