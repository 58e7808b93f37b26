"""From scored pairs to people: what is sure, what a person must look at, and what is kept apart."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from .clusters import Caution, Edge, clusters, edge
from .levels import COMPARISONS, levels_at
from .model import Model
from .rules import Decision, Evidence, Thresholds, Verdict, another_of_the_family, decide

if TYPE_CHECKING:
    import pyarrow as pa

# The mean, in bits, that all the pairs between two groups must reach for the groups to join unasked.
SURE = Caution(mean_at_least=3.0)


@dataclass
class Linked:
    """Groups of one person, pairs for review with their reason (strongest first), and pairs kept apart."""

    people: list[list[str]] = field(default_factory=list)
    for_review: list[tuple[str, str, float, str]] = field(default_factory=list)
    apart: list[tuple[str, str]] = field(default_factory=list)


def link(pairs: "pa.Table", model: Model) -> Linked:
    """Decides every pair and groups the sure ones; pairs already grouped need no review."""
    thresholds = Thresholds(model.same_above, model.doubtful_above)
    linked, edges, together = Linked(), [], []
    for left, right, evidence in evidence_of(pairs):
        decision = decide(evidence, thresholds)
        edges.append(_edge(left, right, evidence, decision))
        if evidence.same_identifiers and decision.verdict is Verdict.SAME:
            together.append((left, right))
        elif decision.verdict is Verdict.DOUBTFUL:
            linked.for_review.append((left, right, evidence.weight, decision.reason))
        elif evidence.different_identifiers or another_of_the_family(evidence):
            linked.apart.append((left, right))
    linked.people = clusters(edges, caution=SURE, together=together, apart=linked.apart)
    person = {record: number for number, group in enumerate(linked.people) for record in group}
    waiting = (pair for pair in linked.for_review if not _joined(person, pair))
    linked.for_review = sorted(waiting, key=lambda pair: (-pair[2], pair[0], pair[1]))
    return linked


def _joined(person: dict[str, int], pair: tuple[str, str, float, str]) -> bool:
    return pair[0] in person and person[pair[0]] == person.get(pair[1])


def _edge(left: str, right: str, evidence: Evidence, decision: Decision) -> Edge:
    born, place = evidence.levels.get("date_of_birth"), evidence.levels.get("postcode")
    return edge(left, right, evidence.weight, born, place, decision.verdict is Verdict.SAME)


def evidence_of(pairs: "pa.Table") -> Iterator[tuple[str, str, Evidence]]:
    """Each row of a table of scored pairs, with its levels by name."""
    places = [pairs[c.key].to_pylist() for c in COMPARISONS]
    same, different = pairs["same_identifiers"].to_pylist(), pairs["different_identifiers"].to_pylist()
    ends = zip(pairs["record_id_l"].to_pylist(), pairs["record_id_r"].to_pylist(), strict=True)
    rows = zip(ends, pairs["weight"].to_pylist(), zip(*places, strict=True), same, different, strict=True)
    for (left, right), weight, levels, agreeing, differing in rows:
        yield left, right, Evidence(levels_at(levels), weight, tuple(agreeing), tuple(differing))
