"""Looking at every record again, with all that is known now: who is who, and what moved.

A record that arrived early was matched with what was known then. Here the surest pairs of all records join
first, so the order of arrival plays no part. What a person decided stays decided.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, NamedTuple

from django.db import transaction

from alongside.people.models import AgencyRecord, Person

from .actions import move
from .candidates import candidates_of, index
from .model import load_model
from .models import LinkQuestion, RecordLink, Verdict
from .pairs import score_one
from .record import as_compared
from .rules import Verdict as Judged
from .rules import decide

BATCH = 500
Pair = tuple[int, int]


class Edge(NamedTuple):
    """Two records that are sure to be one person, and why."""

    left: int
    right: int
    by_number: bool
    weight: float
    reason: str


@dataclass
class Relinked:
    """What moved, a line each, in words."""

    lines: list[str] = field(default_factory=list)


@dataclass
class _Known:
    """Every sure pair, and every pair that may never be one person."""

    edges: list[Edge] = field(default_factory=list)
    apart: set[Pair] = field(default_factory=set)


@transaction.atomic
def relink_all(*, by: Any, at: datetime) -> Relinked:
    """Link every record again and explain what moved. In one transaction: all of it, or nothing."""
    records = AgencyRecord.objects.in_bulk()
    known = _all_pairs(list(records.values()))
    together = _decided(known)
    groups = joined(records, [*together, *sorted(known.edges, key=_surest_first)], known.apart)
    return _move_into(groups, records, at=at)


def _surest_first(edge: Edge) -> tuple[bool, float, int, int]:
    return (not edge.by_number, -edge.weight, edge.left, edge.right)


def _all_pairs(records: list[AgencyRecord]) -> _Known:
    known = _Known()
    keys: dict[int, set[str]] = {}
    for start in range(0, len(records), BATCH):
        keys |= index(records[start : start + BATCH])
    compared = {one.pk: as_compared(one) for one in records}
    for start in range(0, len(records), BATCH):
        batch = {one.pk: keys[one.pk] for one in records[start : start + BATCH]}
        for pk, others in candidates_of(batch).items():
            _judge(known, pk, [compared[other] for other in others if other > pk], compared[pk])
    return known


def _judge(known: _Known, pk: int, others: list[dict[str, Any]], mine: dict[str, Any]) -> None:
    for pair in score_one(mine, others):
        other = int(pair.right_id)
        decision = decide(pair.evidence, load_model())
        if decision.verdict == Judged.SAME:
            known.edges.append(Edge(pk, other, decision.by_number, pair.weight, decision.reason))
        elif decision.contradicts:
            known.apart.add((pk, other))


def _decided(known: _Known) -> list[Edge]:
    """What people decided: pairs that are one, first of all; pairs that are not are added to `known.apart`."""
    together = []
    for left, right, verdict in LinkQuestion.objects.values_list("left", "right", "verdict"):
        if verdict == Verdict.SAME:
            together.append(Edge(left, right, True, 0.0, "Decided by a person."))
        elif verdict == Verdict.DIFFERENT:
            known.apart.add((left, right))
    undone = RecordLink.objects.filter(undone_by__isnull=False, rule__in=["number", "details"])
    for record, person in undone.values_list("record", "person"):
        others = AgencyRecord.objects.filter(person=person).exclude(pk=record).values_list("pk", flat=True)
        known.apart.update((min(record, other), max(record, other)) for other in others)
    decided = {(edge.left, edge.right) for edge in together}
    known.apart -= decided
    return sorted(together)


def joined(records: Iterable[int], edges: Iterable[Edge], apart: set[Pair]) -> list[dict[int, str]]:
    """Groups of records, each with the reason that brought it in. Groups that hold two records known to be
    two people never join."""
    group_of = {pk: {pk: ""} for pk in records}
    foes: dict[int, set[int]] = defaultdict(set)
    for left, right in apart:
        foes[left].add(right)
        foes[right].add(left)
    for edge in edges:
        one, other = group_of[edge.left], group_of[edge.right]
        if one is other or any(foes[pk] & other.keys() for pk in one):
            continue
        small, large = sorted((one, other), key=lambda group: (len(group), -min(group)))
        for pk in small:
            large[pk] = small[pk] or edge.reason
            group_of[pk] = large
    return list({id(group): group for group in group_of.values()}.values())


def _move_into(groups: list[dict[int, str]], records: dict[int, AgencyRecord], *, at: datetime) -> Relinked:
    relinked = Relinked()
    taken: set[int] = set()
    for group in sorted(groups, key=lambda group: (-len(group), min(group))):
        person_id = _person_for([records[pk] for pk in sorted(group)], taken)
        person = Person.objects.get(pk=person_id) if person_id else None
        for pk in sorted(group):
            if person is None or records[pk].person_id != person.pk:
                before = records[pk].person
                because = group[pk] or "It stands alone now."
                person = move(records[pk], person, by=None, at=at, rule="details", because=because)
                relinked.lines.append(f"{records[pk]}: from {before} to {person}. {because}")
        taken.add(person.pk if person else 0)
    return relinked


def _person_for(records: list[AgencyRecord], taken: set[int]) -> int | None:
    """The person whom most of these records belong to already, if no other group has taken them."""
    counts = Counter(one.person_id for one in records if one.person_id and one.person_id not in taken)
    return min(counts, key=lambda pk: (-counts[pk], pk)) if counts else None
