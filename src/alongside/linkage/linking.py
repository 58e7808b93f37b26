"""From pairs that were compared to people: what is sure, what a person must look at, and what is kept apart.

The one place where decisions on pairs become groups, for a table of records and for the records of a city.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from .clusters import Caution, Edge, Id, Joining, joins, tie_of
from .levels import COMPARISONS, levels_at
from .model import Model
from .rules import Decision, Evidence, Verdict, decide

if TYPE_CHECKING:
    import pyarrow as pa

# The mean, in bits, that all the pairs between two groups must reach for the groups to join unasked.
SURE = Caution(mean_at_least=3.0)
Compared = tuple[Id, Id, Evidence]


@dataclass
class Linked:
    """Groups of two or more records of one person, and why each record came in.

    `for_review`: pairs with their bits and the reason to doubt, strongest first, but none within one group.
    """

    people: list[list[Id]] = field(default_factory=list)
    reasons: dict[Id, str] = field(default_factory=dict)
    for_review: list[tuple[Id, Id, float, str]] = field(default_factory=list)


def link(pairs: "pa.Table", model: Model) -> Linked:
    """The people in a table of scored pairs."""
    return group(evidence_of(pairs), model)


def group(
    compared: Iterable[Compared],
    model: Model,
    *,
    together: Iterable[tuple[Id, Id]] = (),
    apart: Iterable[tuple[Id, Id]] = (),
) -> Linked:
    """Decides every pair and groups the sure ones. What people decided (`together`, `apart`) stands above all."""
    edges, doubtful = [], []
    decided = {(min(pair), max(pair)) for pair in together}
    kept_apart = {(min(pair), max(pair)) for pair in apart}
    for left, right, evidence in compared:
        decision = decide(evidence, model)
        edges.append(_edge(left, right, evidence, decision))
        if decision.contradicts:
            kept_apart.add((min(left, right), max(left, right)))
        if decision.verdict is Verdict.DOUBTFUL:
            doubtful.append((left, right, evidence.weight, decision.reason))
    linked = Linked()
    person = _gather(linked, joins(edges, caution=SURE, together=decided, apart=kept_apart - decided))
    waiting = (pair for pair in doubtful if person.get(pair[0], pair[0]) is not person.get(pair[1], pair[1]))
    linked.for_review = sorted(waiting, key=lambda pair: (-pair[2], pair[0], pair[1]))
    return linked


def _gather(linked: Linked, joinings: Iterable[Joining]) -> dict[Id, list[Id]]:
    """Fills in people and reasons; returns the group of each record that has one."""
    person: dict[Id, list[Id]] = {}
    for _, ours, theirs, reason in joinings:
        whole = ours + theirs
        person.update(dict.fromkeys(whole, whole))
        # The smaller group comes to the larger; of two alike, the later record to the earlier.
        for record in min(sorted((ours, theirs), key=min, reverse=True), key=len):
            linked.reasons.setdefault(record, reason)
    linked.people = sorted({id(members): sorted(members) for members in person.values()}.values())
    return person


def _edge(left: Id, right: Id, evidence: Evidence, decision: Decision) -> Edge:
    tie = tie_of(evidence.weight, evidence.levels.get("date_of_birth"), evidence.levels.get("postcode"))
    begins = decision.verdict is Verdict.SAME
    return Edge(left, right, tie, begins, begins and decision.by_number, decision.reason)


def evidence_of(pairs: "pa.Table") -> Iterator[tuple[str, str, Evidence]]:
    """Each row of a table of scored pairs, with its levels by name."""
    places = [pairs[c.key].to_pylist() for c in COMPARISONS]
    same, different = pairs["same_identifiers"].to_pylist(), pairs["different_identifiers"].to_pylist()
    ends = zip(pairs["record_id_l"].to_pylist(), pairs["record_id_r"].to_pylist(), strict=True)
    rows = zip(ends, pairs["weight"].to_pylist(), zip(*places, strict=True), same, different, strict=True)
    for (left, right), weight, levels, agreeing, differing in rows:
        yield left, right, Evidence(levels_at(levels), weight, tuple(agreeing), tuple(differing))
