"""How well reports of one incident are found to be one: `python -m benchmarks.incidents FOLDER… [--json OUT]`.

FOLDER is what `alongside demo --no-serve --files FOLDER` wrote: each agency's files, and `truth/` beside them.
Children are told apart by the truth (`truth/people.csv`), so that linkage does not colour the figures.
"""

import argparse
import csv
import json
import os
import time
from collections import defaultdict
from collections.abc import Iterator
from datetime import datetime
from itertools import combinations
from pathlib import Path
from typing import Any

Source = tuple[str, str, str]
Pairs = set[tuple[int, int]]


def envelopes(folder: Path) -> Iterator[dict[str, Any]]:
    """Every contribution in the agencies' files, as lines of JSON or as tables."""
    from alongside.contributions.flat import unflatten

    for file in sorted(folder.glob("*.ndjson")):
        yield from (json.loads(line) for line in file.read_text("utf-8").splitlines())
    for file in sorted(folder.glob("*.csv")):
        rows = csv.DictReader(file.read_text("utf-8").splitlines())
        if "kind" in (rows.fieldnames or ()):
            yield from (unflatten({key: value for key, value in row.items() if value}) for row in rows)


def truth(folder: Path, name: str, column: str) -> dict[Source, str]:
    with (folder / "truth" / name).open(encoding="utf-8", newline="") as file:
        return {(row["agency"], row["system"], row["reference"]): row[column] for row in csv.DictReader(file)}


def source_of(envelope: dict[str, Any]) -> Source:
    source = envelope["source"]
    return source["agency"], source["system"], source["reference"]


def report_of(number: int, envelope: dict[str, Any], people: dict[Source, str], numbers: dict[str, int]) -> Any:
    from alongside.chronology.same_incident import Report
    from alongside.chronology.timeline_facts import timeline_facts
    from alongside.meetings.project_shield import project_shield

    agency, system, _ = source_of(envelope)
    meeting, details, place = project_shield(), envelope.get("details", {}), envelope.get("place") or {}
    involved = [one for one in envelope.get("people", []) if one["role"] not in meeting.not_involved]
    known = [people.get((agency, system, one.get("reference", ""))) for one in involved]
    proof = timeline_facts().same_incident.references
    point = {key: float(place[key]) for key in ("latitude", "longitude") if key in place}
    return Report(
        id=number,
        agency=agency,
        kind=envelope["kind"],
        occurred_at=datetime.fromisoformat(envelope["occurred_at"]),
        place=place.get("name", ""),
        people=frozenset(numbers.setdefault(one, len(numbers)) for one in known if one),
        references=frozenset(str(details[key]) for key in proof if details.get(key)),
        **point,
    )


def pairs_in(groups: Iterator[list[int]]) -> Pairs:
    return {pair for group in groups for pair in combinations(sorted(group), 2)}


def measure(folder: Path) -> dict[str, Any]:
    """Pairs of reports found to be one incident, against the pairs that truly are."""
    from alongside.chronology.same_incident import same_incident
    from alongside.chronology.timeline_facts import timeline_facts
    from alongside.meetings.project_shield import project_shield

    meeting, people = project_shield(), truth(folder, "people.csv", "person")
    heard = [one for one in envelopes(folder) if one["kind"] in {*meeting.incidents, *meeting.joins}]
    numbers: dict[str, int] = {}
    reports = [report_of(number, one, people, numbers) for number, one in enumerate(heard)]
    incidents = truth(folder, "incidents.csv", "incident")
    truly: dict[str, list[int]] = defaultdict(list)
    for number, one in enumerate(heard):
        if source_of(one) in incidents:
            truly[incidents[source_of(one)]].append(number)
    began = time.perf_counter()
    grouped = same_incident(reports, timeline_facts().same_incident.nearness)
    seconds = time.perf_counter() - began
    found = pairs_in([report.id for report in one.reports] for one in grouped)
    return scored(found, pairs_in(iter(truly.values()))) | {"reports": len(heard), "seconds": round(seconds, 3)}


def scored(found: Pairs, true: Pairs) -> dict[str, Any]:
    right = len(found & true)
    return {
        "true_pairs": len(true),
        "found_pairs": len(found),
        "precision": round(right / len(found), 4) if found else None,
        "recall": round(right / len(true), 4) if true else None,
    }


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("folders", nargs="+", type=Path)
    asked.add_argument("--json", type=Path)
    chosen = asked.parse_args()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "alongside.config.settings")
    figures = {str(folder): measure(folder) for folder in chosen.folders}
    print(json.dumps(figures, indent=2))
    if chosen.json:
        chosen.json.write_text(json.dumps(figures, indent=2) + "\n", "utf-8")


if __name__ == "__main__":
    main()
