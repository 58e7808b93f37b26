import csv
import json
import re

import pytest
from benchmarks.linkage import main
from benchmarks.linkage_measures import most_found, of_groups
from benchmarks.linkage_people import invented_records
from benchmarks.linkage_records import iso_date, mapped, parse_map, truth_of

FIGURES = {"precision", "recall", "missed_at_p999", "true_pairs", "seconds", "cpu_seconds", "peak_mb"}


@pytest.fixture
def sixty_records(tmp_path):
    path = tmp_path / "records.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["id", " name", "born ", "home", "who"])
        for record in invented_records(40, seed=3)[:60]:
            name = f"{record['given_name']} {record['family_name']}"
            writer.writerow([record["record_id"], name, record["date_of_birth"], record["postcode"], record["person"]])
    return path


def test_sixty_records_in_a_file_of_its_own_shape(sixty_records, tmp_path):
    out = tmp_path / "out.json"
    names = "full_name=name,date_of_birth=born,postcode=home"
    main([str(sixty_records), "--truth", "who", "--map", names, "--json", str(out)])
    figures = json.loads(out.read_text(encoding="utf-8"))
    assert set(figures["ours"]) == FIGURES
    assert figures["ours"]["precision"] == 1.0
    assert figures["ours"]["true_pairs"] > 10
    assert figures["data"]["records"] == 60


@pytest.mark.parametrize(
    ("column", "pattern", "people"),
    [
        pytest.param("rec_id", None, ["rec-1", "rec-1", "rec-22"], id="Febrl's own"),
        pytest.param("rec_id", r"rec-(\d+)-", ["1", "1", "22"], id="a pattern"),
    ],
)
def test_the_truth_in_a_records_own_name(column, pattern, people):
    rows = [{"rec_id": name} for name in ("rec-1-org", "rec-1-dup-0", "rec-22-org")]
    assert truth_of(rows, column, pattern) == people


@pytest.mark.parametrize("written", ["19081209", "1908-12-09", "9/12/1908", "09.12.1908"])
def test_dates_of_many_shapes(written):
    assert iso_date(written) == "1908-12-09"


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("given_name=a,shoe_size=x", "We have no column shoe_size; there are given_name"),
        ("given_name=a,nonsense", "'nonsense' has no ="),
        ("", "'' has no ="),
    ],
)
def test_what_is_no_map_of_columns_is_said_in_words(words, said):
    with pytest.raises(SystemExit, match=re.escape(said)):
        parse_map(words)


def test_the_truth_is_not_among_the_columns():
    (record,) = mapped([{"n": "Zola Eze", "who": "7"}], {"full_name": "n"})
    assert record == {"record_id": "r00000000", "given_name": "zola", "family_name": "eze"}


def test_pairs_of_groups_are_counted():
    assert of_groups([["a", "b", "c"]], {"a": "1", "b": "1", "c": "2"}) == (1, 3)


@pytest.mark.parametrize(
    ("curve", "found"),
    [
        pytest.param([(9.0, 5, 5), (3.0, 0, 5)], 5, id="cut before the mistakes"),
        pytest.param([(9.0, 5, 5), (9.0, 0, 5)], 0, id="one weight stands or falls together"),
        pytest.param([], 0, id="nothing found"),
        pytest.param([(9.0, 999, 1000), (3.0, 8000, 8000)], 8999, id="what is wrong is made good"),
    ],
)
def test_the_best_cut(curve, found):
    assert most_found(curve, every=9999) == found
