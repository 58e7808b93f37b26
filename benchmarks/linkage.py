"""How well and how fast records of one person are found, beside named peers in the same run.

python -m benchmarks.linkage RECORDS --truth COLUMN
    --map given_name=…,family_name=…,date_of_birth=…,postcode=… [--peers splink,recordlinkage] [--rounds 3] --json OUT
"""

import argparse
import json
import os
import platform
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from statistics import median

import pyarrow as pa
import pyarrow.parquet as pq

from alongside.linkage.clusters import Edge, joins, tie_of
from alongside.linkage.linking import evidence_of

from . import linkage_measures as measures
from . import linkage_records as records_in

ROOT = Path(__file__).resolve().parent.parent
TIME_LIMIT_S = 1800


def main(arguments: list[str] | None = None) -> dict:
    """Runs every contender on the same columns and writes the figures."""
    chosen = _arguments(arguments)
    rows = records_in.read_rows(Path(chosen.records))
    names = records_in.parse_map(chosen.map)
    records_in.check_columns(rows, {chosen.truth, *names.values()})
    records = records_in.mapped(rows, names)
    people = records_in.truth_of(rows, chosen.truth, chosen.truth_pattern)
    truth = dict(zip((record["record_id"] for record in records), people, strict=True))
    figures: dict = {}
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / "records.parquet"
        pq.write_table(pa.Table.from_pylist(records), source)
        contenders = ("ours", *(peer for peer in chosen.peers.split(",") if peer))
        # In turns, so that what else the machine does meets all of them.
        rounds = [[run(one, source, truth) for one in contenders] for _ in range(chosen.rounds)]
        for contender, runs in zip(contenders, zip(*rounds, strict=True), strict=True):
            figures[contender] = in_the_middle(runs)
            print(contender, json.dumps(figures[contender]))
    figures["machine"] = _machine()
    figures["data"] = {"file": Path(chosen.records).name, "records": len(records), "columns": sorted(names)}
    Path(chosen.json).write_text(json.dumps(figures, indent=2) + "\n", encoding="utf-8")
    return figures


def _arguments(arguments: list[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.linkage")
    parser.add_argument("records", help="CSV or Parquet")
    parser.add_argument("--truth", required=True, help="the column that says whose record it is")
    parser.add_argument("--truth-pattern", help="a pattern whose first group, in that column, is the person")
    parser.add_argument("--map", required=True, help="our column=theirs, with commas between")
    parser.add_argument("--peers", default="", help="splink, recordlinkage")
    parser.add_argument("--rounds", type=int, default=1, help="runs of each, in turns; the median stands")
    parser.add_argument("--json", required=True, help="where to write the figures")
    return parser.parse_args(arguments)


def in_the_middle(runs: Sequence[dict]) -> dict:
    """Of several runs the median of each figure; what was skipped once is skipped."""
    skipped = [one for one in runs if "skipped" in one]
    return skipped[0] if skipped else {name: median(one[name] for one in runs) for name in runs[0]}


def run(contender: str, source: Path, truth: dict[str, str]) -> dict:
    """One contender's figures; what it could not do is said under "skipped"."""
    out = source.with_name(f"{contender}.json")
    command = [sys.executable, "-m", "benchmarks.linkage_contenders", contender, str(source), str(out)]
    paths = os.pathsep.join([str(ROOT / "src"), str(ROOT)])
    environment = {**os.environ, "PYTHONPATH": paths, "PYTHONWARNINGS": "ignore"}
    try:
        done = subprocess.run(
            command,
            cwd=ROOT,
            env=environment,
            capture_output=True,
            text=True,
            timeout=TIME_LIMIT_S,
            check=False,
        )
    except subprocess.TimeoutExpired:
        return {"skipped": f"not done after {TIME_LIMIT_S} seconds"}
    if done.returncode:
        last = done.stderr.strip().splitlines()[-1:]
        return {"skipped": f"it failed: {' '.join(last)}"}
    result = json.loads(out.read_text(encoding="utf-8"))
    if "skipped" in result:
        return {"skipped": result["skipped"]}
    return _figures(contender, result, pq.read_table(out.with_suffix(".parquet")), truth)


def _figures(contender: str, result: dict, pairs: pa.Table, truth: dict[str, str]) -> dict:
    right, made = measures.of_groups(result["groups"], truth)
    every = measures.true_pairs(truth)
    found = best_at_nearly_all(contender, pairs, truth)
    return {
        "precision": round(right / made, 6) if made else 1.0,
        "recall": round(right / every, 6) if every else 1.0,
        "missed_at_p999": every - found,
        "true_pairs": every,
        "seconds": result["seconds"],
        "cpu_seconds": result["cpu_seconds"],
        "peak_mb": result["peak_mb"],
    }


def best_at_nearly_all(contender: str, pairs: pa.Table, truth: dict[str, str]) -> int:
    """Most true pairs found at precision 0.999: the best of the pairs alone and of groups, at any cut.

    Every contender's pairs are grouped as connected components, as Splink makes them; ours also in our own way.
    """
    ends = zip(pairs["record_id_l"].to_pylist(), pairs["record_id_r"].to_pylist(), strict=True)
    scored = [(a, b, w) for (a, b), w in zip(ends, pairs["weight"].to_pylist(), strict=True)]
    sweeps = [measures.pair_curve(scored, truth), measures.component_curve(scored, truth)]
    if contender == "ours":
        edges = [Edge(one, other, tie_of(e.weight, e.levels)) for one, other, e in evidence_of(pairs)]
        sweeps.append(measures.join_curve(joins(edges), truth))
    every = measures.true_pairs(truth)
    return max(measures.most_found(sweep, every) for sweep in sweeps)


def _machine() -> dict:
    versions = {"python": platform.python_version(), "system": platform.platform()}
    return {"cores": os.cpu_count(), "load_when_done": os.getloadavg()[0], **versions}


if __name__ == "__main__":
    main()
