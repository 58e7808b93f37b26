"""From pairs that were compared to people: what is sure, what a person must look at, and what is kept apart.

The one place where decisions on pairs become groups, for a table of records and for the records of a city.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import repeat
from typing import TYPE_CHECKING

from alongside.shared.uncollected import uncollected

from .clusters import Edge, Id, Joining, Least, joins, tie_of
from .levels import COMPARISONS, levels_at
from .model import Model
from .rules import Decision, Evidence, Verdict, decide

if TYPE_CHECKING:
    import pyarrow as pa

# What is asked of all that is known between two groups before they join unasked; their mean must not speak against.
SURE = Least(strength=7.0, mean=0.0)
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
    with uncollected():
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
    person = _gather(linked, joins(edges, at_least=SURE, together=decided, apart=kept_apart - decided))
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
    begins = decision.verdict is Verdict.SAME
    tie = tie_of(evidence.weight, evidence.levels, begins=begins, reason=decision.reason)
    return Edge(left, right, tie, begins and decision.by_number)


def evidence_of(pairs: "pa.Table") -> Iterator[tuple[str, str, Evidence]]:
    """Each row of a table of scored pairs, with its levels by name."""
    places = zip(*(pairs[c.key].to_pylist() for c in COMPARISONS), strict=True)
    columns = [pairs[name].to_pylist() for name in ("record_id_l", "record_id_r", "weight", "kin")]
    numbers = (_numbers(pairs, f"{one}_identifiers") for one in ("same", "different"))
    for left, right, weight, kin, levels, same, different in zip(*columns, places, *numbers, strict=True):
        yield left, right, Evidence(levels_at(levels), weight, same, different, kin)


def _numbers(pairs: "pa.Table", column: str) -> Iterable[tuple[str, ...]]:
    """The names in each row's list; most tables hold no number at all, and that is seen at once."""
    lists = pairs[column].combine_chunks()
    if not len(lists.flatten()):
        return repeat((), pairs.num_rows)
    return map(tuple, lists.to_pylist())
