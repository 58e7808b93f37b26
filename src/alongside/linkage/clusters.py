"""Groups linked records into people, so that no chain of likenesses joins two people.

The strongest pairs join first. Two groups join only when all that is known between them speaks for it: the
mean of their scored pairs, not the best one; dates of birth that agree; and something beside the name. Groups
that hold records known to be of two people never join. The order in which pairs are given plays no part.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from math import inf
from typing import Any, NamedTuple

from .rules import BORN_AGREES, PLACE_AGREES

# What a person decided comes first, then what a number says, then whatever is only likely.
DECIDED, BY_NUMBER = inf, 1e9
BY_A_PERSON = "Decided by a person."

Id = Any  # a record's key: text in a table, a whole number in the database; of one kind, and in order


class Tie(NamedTuple):
    """What is known between two groups: summed bits and counts over their scored pairs."""

    weight: float
    pairs: int
    born_known: int
    born_agrees: int
    place_known: int
    place_agrees: int

    def with_more(self, other: "Tie") -> "Tie":
        return Tie(*(mine + theirs for mine, theirs in zip(self, other, strict=True)))


@dataclass(frozen=True)
class Caution:
    """What it takes for two groups to join; bits unless said otherwise."""

    mean_at_least: float
    # What a pair counts that no key brought together.
    unseen: float = -2.0
    # More is asked when every postcode known of both differs, and when neither birth nor place agrees.
    if_places_differ: float = 10.0
    if_only_names_agree: float = 8.0
    # Share of the dates of birth known of both that must agree.
    born_agreeing: float = 0.3

    def allows(self, tie: Tie, one: int, other: int) -> bool:
        """Whether groups of these sizes may join."""
        if tie.born_agrees < self.born_agreeing * tie.born_known:
            return False
        needed = self.mean_at_least
        if tie.place_known and not tie.place_agrees:
            needed += self.if_places_differ
        if not tie.born_agrees and not tie.place_agrees:
            needed += self.if_only_names_agree
        every = one * other
        return tie.weight + self.unseen * (every - tie.pairs) >= needed * every


class Edge(NamedTuple):
    """Two records, what is known between them, whether it is enough to begin a joining, and why.

    `by_number`: a verified number says it, so that no weight is asked.
    """

    left: Id
    right: Id
    tie: Tie
    begins: bool = True
    by_number: bool = False
    reason: str = ""


class Joining(NamedTuple):
    """Two groups that become one: the bits of the pair that led to it, the records of each, and why."""

    weight: float
    ours: list[Id]
    theirs: list[Id]
    reason: str


def tie_of(weight: float, born: str | None, place: str | None) -> Tie:
    """What one pair tells, from its weight and its levels at date of birth and postcode."""
    return Tie(weight, 1, born is not None, born in BORN_AGREES, place is not None, place in PLACE_AGREES)


class Grouping:
    """Records in groups that grow, and what is known between the groups."""

    def __init__(self, edges: Iterable[Edge], apart: Iterable[tuple[Id, Id]], together: Iterable[tuple[Id, Id]]):
        self.leads: dict[Id, Id] = {}
        self.members: dict[Id, list[Id]] = {}
        self.ties: dict[Id, dict[Id, Tie]] = {}
        self.apart: dict[Id, set[Id]] = {}
        for left, right, tie, *_ in edges:
            self._known(left)[right] = tie
            self._known(right)[left] = tie
        for left, right in together:
            self._known(left)
            self._known(right)
        for left, right in apart:
            self._known(left)
            self._known(right)
            self.apart.setdefault(left, set()).add(right)
            self.apart.setdefault(right, set()).add(left)

    def _known(self, record: Id) -> dict[Id, Tie]:
        if record not in self.leads:
            self.leads[record], self.members[record], self.ties[record] = record, [record], {}
        return self.ties[record]

    def group_of(self, record: Id) -> Id:
        """The record that stands for the group."""
        leads = self.leads
        while leads[record] != record:
            leads[record] = leads[leads[record]]
            record = leads[record]
        return record

    def tie(self, one: Id, other: Id) -> Tie:
        return self.ties[one].get(other) or Tie(0.0, 0, 0, 0, 0, 0)

    def held_apart(self, one: Id, other: Id) -> bool:
        return other in self.apart.get(one, ())

    def join(self, one: Id, other: Id) -> None:
        """Makes one group of two; the one with more ties stands for both."""
        if len(self.ties[one]) < len(self.ties[other]):
            one, other = other, one
        self.leads[other] = one
        self.members[one] += self.members.pop(other)
        mine, theirs = self.ties[one], self.ties.pop(other)
        mine.pop(other, None)
        for third, tie in theirs.items():
            if third != one:
                whole = mine[third].with_more(tie) if third in mine else tie
                beyond = self.ties[third]
                beyond.pop(other, None)
                mine[third] = beyond[one] = whole
        for third in self.apart.pop(other, ()):
            self.apart.setdefault(one, set()).add(third)
            self.apart[third].discard(other)
            self.apart[third].add(one)


def joins(
    edges: list[Edge],
    *,
    caution: Caution | None,
    together: Iterable[tuple[Id, Id]] = (),
    apart: Iterable[tuple[Id, Id]] = (),
) -> Iterator[Joining]:
    """Each joining as it happens. `together` and `apart` are decided."""
    decided = [(min(pair), max(pair)) for pair in together]
    grouping = Grouping(edges, apart, decided)
    for weight, left, right, reason in _in_order(edges, decided):
        one, other = grouping.group_of(left), grouping.group_of(right)
        if one == other or grouping.held_apart(one, other):
            continue
        ours, theirs = grouping.members[one], grouping.members[other]
        sure = weight >= BY_NUMBER or not caution
        if sure or caution.allows(grouping.tie(one, other), len(ours), len(theirs)):
            yield Joining(weight, list(ours), list(theirs), reason)
            grouping.join(one, other)


def _in_order(edges: list[Edge], decided: Iterable[tuple[Id, Id]]) -> list[tuple[float, Id, Id, str]]:
    first = [(DECIDED, left, right, BY_A_PERSON) for left, right in decided]
    begun = [
        (BY_NUMBER if e.by_number else e.tie.weight, min(e.left, e.right), max(e.left, e.right), e.reason)
        for e in edges
        if e.begins
    ]
    return sorted(first + begun, key=lambda one: (-one[0], one[1], one[2]))
