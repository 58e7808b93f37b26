"""One contender, in a process of its own: its seconds and memory are nobody else's."""

import json
import resource
import sys
import time
from collections.abc import Iterable
from itertools import combinations
from pathlib import Path
from typing import TYPE_CHECKING

import pyarrow as pa
import pyarrow.parquet as pq

if TYPE_CHECKING:
    from pandas import DataFrame

KEPT_ABOVE = -10.0
MOST_PAIRS = 3_000_000


def ours(records: list[dict]) -> dict:
    """Alongside's own model, fitted to the records without labels, at its automatic operating point."""
    from alongside.linkage.linking import link
    from alongside.linkage.model import load_model
    from alongside.linkage.scoring import BulkScoring
    from alongside.linkage.training import adapt

    bulk = BulkScoring(records)
    model = adapt(bulk, load_model())
    pairs = bulk.score(model, above=KEPT_ABOVE)
    linked = link(pairs, model)
    return {"pairs": pairs, "groups": linked.people, "for_review": len(linked.for_review)}


def splink(records: list[dict]) -> dict:
    """Splink with the settings of its documentation's example of 50,000 historical persons."""
    from splink import DuckDBAPI, Linker, SettingsCreator, block_on

    api = DuckDBAPI()
    table = pa.Table.from_pylist([_flat(record) for record in records])
    has = {name for name in table.column_names if table[name].null_count < table.num_rows}
    settings = SettingsCreator(
        link_type="dedupe_only",
        unique_id_column_name="record_id",
        comparisons=_splink_comparisons(has),
        blocking_rules_to_generate_predictions=[block_on(*rule) for rule in _splink_blocks(has)],
        retain_matching_columns=False,
    )
    linker = Linker(api.register(table, dataset_display_name="records"), settings)
    training = linker.training
    sure = [block_on("given_name", "family_name", "date_of_birth")]
    training.estimate_probability_two_random_records_match(sure, recall=0.6)
    training.estimate_u_using_random_sampling(max_pairs=5e6)
    for rule in (("given_name", "family_name"), ("date_of_birth",)):
        training.estimate_parameters_using_expectation_maximisation(block_on(*rule))
    found = linker.inference.predict(threshold_match_weight=KEPT_ABOVE)
    clustering = linker.clustering
    groups = clustering.cluster_pairwise_predictions_at_threshold(found, threshold_match_probability=0.95)
    columns = "record_id_l, record_id_r, match_weight AS weight"
    pairs = found.as_duckdbpyrelation().project(columns).to_arrow_table()
    return {"pairs": pairs, "groups": _grouped(groups.as_record_list())}


def _flat(record: dict) -> dict:
    kept = {name: value for name, value in record.items() if not isinstance(value, list)}
    names = [record.get("given_name"), record.get("family_name")]
    kept["name_in_full"] = " ".join(name for name in names if name) or None
    return kept


def _splink_comparisons(has: set[str]) -> list:
    import splink.comparison_library as library

    names = library.ForenameSurnameComparison(
        "given_name", "family_name", forename_surname_concat_col_name="name_in_full"
    )
    comparisons = [names]
    if "date_of_birth" in has:
        comparisons.append(library.DateOfBirthComparison("date_of_birth", input_is_string=True))
    if "postcode" in has:
        comparisons.append(library.PostcodeComparison("postcode"))
    exact = [name for name in ("sex", "nhs_number", "upn", "la_child_id") if name in has]
    return comparisons + [library.ExactMatch(name) for name in exact]


def _splink_blocks(has: set[str]) -> list[tuple[str, ...]]:
    start = "substr({}, 1, {})".format
    rules = [
        (start("given_name", 3), start("family_name", 4)),
        ("family_name", "date_of_birth"),
        ("given_name", "date_of_birth"),
        ("postcode", "given_name"),
        ("postcode", "family_name"),
        (start("postcode", 3), "date_of_birth"),
        (start("postcode", 3), "given_name"),
        (start("postcode", 3), "family_name"),
        (start("given_name", 2), start("family_name", 2), start("date_of_birth", 4)),
    ]
    missing = {"postcode", "date_of_birth"} - has
    return [rule for rule in rules if not any(name in part for part in rule for name in missing)]


def _grouped(rows: list[dict]) -> list[list[str]]:
    groups: dict[str, list[str]] = {}
    for row in rows:
        groups.setdefault(row["cluster_id"], []).append(row["record_id"])
    return [group for group in groups.values() if len(group) > 1]


def recordlinkage(records: list[dict]) -> dict:
    """recordlinkage as its documentation links persons: blocks, Jaro-Winkler at 0.85, and ECM."""
    import pandas as pd
    import recordlinkage as rl

    frame = pd.DataFrame([_flat(record) for record in records]).set_index("record_id")
    names = [n for n in ("given_name", "family_name", "date_of_birth", "postcode", "sex") if n in frame]
    links = None
    for two in combinations(names[:4], 2):
        more = rl.index.Block(list(two)).index(frame.dropna(subset=list(two)))
        links = more if links is None else links.union(more)
        if len(links) > MOST_PAIRS:
            return {"skipped": f"its blocks give more than {MOST_PAIRS} pairs"}
    compare = rl.Compare()
    for name in names:
        if name in ("given_name", "family_name"):
            compare.string(name, name, method="jarowinkler", threshold=0.85, label=name)
        else:
            compare.exact(name, name, label=name)
    return _classified(compare.compute(links, frame))


def _classified(vectors: "DataFrame") -> dict:
    import recordlinkage as rl

    classifier = rl.ECMClassifier(binarize=0.5)
    matches = classifier.fit_predict(vectors)
    chances = classifier.prob(vectors)
    left = chances.index.get_level_values(0).tolist()
    right = chances.index.get_level_values(1).tolist()
    table = pa.table({"record_id_l": left, "record_id_r": right, "weight": chances.tolist()})
    return {"pairs": table, "groups": _components(matches)}


def _components(links: Iterable[tuple[str, str]]) -> list[list[str]]:
    from alongside.linkage.linking import group
    from alongside.linkage.model import load_model

    return group([], load_model(), together=links).people


def main(name: str, records: str, out: str) -> None:
    """Runs one contender and writes its groups, pairs, seconds by the clock and of work, and greatest memory."""
    rows = pq.read_table(records).to_pylist()
    began, worked = time.perf_counter(), time.process_time()
    result = {"ours": ours, "splink": splink, "recordlinkage": recordlinkage}[name](rows)
    result["seconds"] = round(time.perf_counter() - began, 2)
    # Of this process and all its threads, so that other work on the machine hardly tells.
    result["cpu_seconds"] = round(time.process_time() - worked, 2)
    result["peak_mb"] = round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)
    pairs = result.pop("pairs", None)
    if pairs is not None:
        pq.write_table(pairs, Path(out).with_suffix(".parquet"))
    Path(out).write_text(json.dumps(result), encoding="utf-8")


if __name__ == "__main__":
    main(*sys.argv[1:])
