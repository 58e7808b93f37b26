"""Groups linked records into people, so that no chain of likenesses joins two people.

The strongest pairs join first. Two groups join only when all that is known between them speaks for it: the
mean of their scored pairs, not the best one; dates of birth that agree; and something beside the name. Groups
that hold records known to be of two people never join. The order in which pairs are given plays no part.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from .levels import BORN, POSTCODE

if TYPE_CHECKING:
    import pyarrow as pa

BORN_AGREES = frozenset({"exact", "swapped", "typed", "partial", "new_year"})
PLACE_AGREES = frozenset({"exact", "earlier", "typed", "sector"})


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
    """Two records and what is known between them."""

    left: str
    right: str
    tie: Tie


def edges_of(pairs: "pa.Table") -> list[Edge]:
    """A table of scored pairs as edges."""
    born = [(1, int(level.key in BORN_AGREES)) for level in BORN.levels] + [(0, 0)]
    place = [(1, int(level.key in PLACE_AGREES)) for level in POSTCODE.levels] + [(0, 0)]
    names = ("record_id_l", "record_id_r", "weight", "date_of_birth", "postcode")
    columns = (pairs[name].to_pylist() for name in names)
    return [
        Edge(left, right, Tie(weight, 1, *born[at], *place[where]))
        for left, right, weight, at, where in zip(*columns, strict=True)
    ]


class Grouping:
    """Records in groups that grow, and what is known between the groups."""

    def __init__(self, edges: Iterable[Edge], apart: Iterable[tuple[str, str]] = ()):
        self.leads: dict[str, str] = {}
        self.members: dict[str, list[str]] = {}
        self.ties: dict[str, dict[str, Tie]] = {}
        self.apart: dict[str, set[str]] = {}
        for left, right, tie in edges:
            self._known(left)[right] = tie
            self._known(right)[left] = tie
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
        if (len(self.ties[one]), other) < (len(self.ties[other]), one):
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
    edges: list[Edge], caution: Caution | None, apart: Iterable[tuple[str, str]] = ()
) -> Iterator[tuple[float, list[str], list[str]]]:
    """Each joining as it happens: the bits of the pair that led to it, and the two groups' records."""
    grouping = Grouping(edges, apart)
    for left, right, pair in sorted(edges, key=_strongest_first):
        one, other = grouping.group_of(left), grouping.group_of(right)
        if one == other or grouping.held_apart(one, other):
            continue
        ours, theirs = grouping.members[one], grouping.members[other]
        if caution and not caution.allows(grouping.tie(one, other), len(ours), len(theirs)):
            continue
        yield pair.weight, list(ours), list(theirs)
        grouping.join(one, other)


def _strongest_first(edge: Edge) -> tuple[float, str, str]:
    return (-edge.tie.weight, *sorted((edge.left, edge.right)))


def clusters(
    edges: list[Edge],
    *,
    caution: Caution,
    together: Iterable[tuple[str, str]] = (),
    apart: Iterable[tuple[str, str]] = (),
) -> list[list[str]]:
    """Groups of two or more records of one person, each in order of id; `together` and `apart` are decided."""
    grouping = Grouping(edges, apart)
    for left, right in sorted(together):
        one, other = grouping.group_of(left), grouping.group_of(right)
        if one != other and not grouping.held_apart(one, other):
            grouping.join(one, other)
    for left, right, _ in sorted(edges, key=_strongest_first):
        one, other = grouping.group_of(left), grouping.group_of(right)
        if one != other and not grouping.held_apart(one, other):
            sizes = len(grouping.members[one]), len(grouping.members[other])
            if caution.allows(grouping.tie(one, other), *sizes):
                grouping.join(one, other)
    return sorted(sorted(group) for group in grouping.members.values() if len(group) > 1)
