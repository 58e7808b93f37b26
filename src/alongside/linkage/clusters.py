"""Groups linked records into people, so that no chain of likenesses joins two people.

The strongest pairs join first. Two groups join only when all that is known between them speaks for it: the
mean of their scored pairs, not the best one; dates of birth that agree; and something beside the name. Groups
that hold records known to be of two people never join. The order in which pairs are given plays no part.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from math import inf
from typing import NamedTuple

from .rules import BORN_AGREES, PLACE_AGREES

# What has been decided comes before whatever is only likely.
DECIDED = inf


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
    """Two records, what is known between them, and whether it is enough to begin a joining."""

    left: str
    right: str
    tie: Tie
    begins: bool = True


def edge(left: str, right: str, weight: float, born: str | None, place: str | None, begins: bool) -> Edge:
    """An edge from the weight of a pair and its levels at date of birth and postcode."""
    tie = Tie(weight, 1, born is not None, born in BORN_AGREES, place is not None, place in PLACE_AGREES)
    return Edge(left, right, tie, begins)


class Grouping:
    """Records in groups that grow, and what is known between the groups."""

    def __init__(self, edges: Iterable[Edge], apart: Iterable[tuple[str, str]], together: Iterable[tuple[str, str]]):
        self.leads: dict[str, str] = {}
        self.members: dict[str, list[str]] = {}
        self.ties: dict[str, dict[str, Tie]] = {}
        self.apart: dict[str, set[str]] = {}
        for left, right, tie, _ in edges:
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

    def _known(self, record: str) -> dict[str, Tie]:
        if record not in self.leads:
            self.leads[record], self.members[record], self.ties[record] = record, [record], {}
        return self.ties[record]

    def group_of(self, record: str) -> str:
        """The record that stands for the group."""
        leads = self.leads
        while leads[record] != record:
            leads[record] = leads[leads[record]]
            record = leads[record]
        return record

    def tie(self, one: str, other: str) -> Tie:
        return self.ties[one].get(other) or Tie(0.0, 0, 0, 0, 0, 0)

    def held_apart(self, one: str, other: str) -> bool:
        return other in self.apart.get(one, ())

    def join(self, one: str, other: str) -> None:
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
    together: Iterable[tuple[str, str]] = (),
    apart: Iterable[tuple[str, str]] = (),
) -> Iterator[tuple[float, list[str], list[str]]]:
    """Each joining as it happens: the bits of the pair that led to it, and the two groups' records."""
    decided = [tuple(sorted(pair)) for pair in together]
    grouping = Grouping(edges, apart, decided)
    for weight, left, right in _in_order(edges, decided):
        one, other = grouping.group_of(left), grouping.group_of(right)
        if one == other or grouping.held_apart(one, other):
            continue
        ours, theirs = grouping.members[one], grouping.members[other]
        if weight == DECIDED or not caution or caution.allows(grouping.tie(one, other), len(ours), len(theirs)):
            yield weight, list(ours), list(theirs)
            grouping.join(one, other)


def _in_order(edges: list[Edge], together: Iterable[tuple[str, str]]) -> list[tuple[float, str, str]]:
    decided = [(DECIDED, *pair) for pair in together]
    begun = [(e.tie.weight, *sorted((e.left, e.right))) for e in edges if e.begins]
    return sorted(decided + begun, key=lambda one: (-one[0], one[1], one[2]))


def clusters(
    edges: list[Edge],
    *,
    caution: Caution,
    together: Iterable[tuple[str, str]] = (),
    apart: Iterable[tuple[str, str]] = (),
) -> list[list[str]]:
    """Groups of two or more records of one person, in order of id; `together` and `apart` are decided."""
    groups: dict[str, list[str]] = {}
    for _, ours, theirs in joins(edges, caution=caution, together=together, apart=apart):
        whole = ours + theirs
        groups.update(dict.fromkeys(whole, whole))
    return sorted({id(group): sorted(group) for group in groups.values()}.values())
