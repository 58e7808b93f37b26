"""Groups linked records into people, so that no chain of likenesses joins two people.

The two groups of which all that is known between them speaks most for one person join first; then all is weighed
again. Groups that hold records known to be of two people never join. The order in which pairs are given plays no part.
"""

from collections.abc import Iterable, Iterator
from functools import lru_cache
from heapq import heapify, heappop, heappush
from itertools import chain
from math import inf, log2
from typing import Any, NamedTuple

from .rules import BORN_AGREES, PLACE_AGREES, Levels

# What a person decided comes first, then what a number says, then whatever is only likely.
DECIDED, BY_NUMBER = inf, 1e9
BY_A_PERSON = "Decided by a person."
# The best pair counts for more than the mean of all: one good record beside poor ones tells more than they do.
BEST_COUNTS = 0.6
# Bits that a pair counts which no key brought together.
UNSEEN = -2.0
# Slips do not repeat: where several records of each group say another date than the other's, or another place, so
# many bits for each doubling of the smaller group, up to eight records. People move, so a place counts half.
OTHER_DATE, OTHER_PLACE, MOST_DOUBLINGS = 6.0, 3.0, 3.0

Id = Any  # a record's key: text in a table, a whole number in the database; of one kind, and in order


class Tie(NamedTuple):
    """What is known between two groups: summed bits and counts over their scored pairs, and the bits of the best.

    `begins`: the bits of the best pair that is enough to begin a joining, and why it is; -inf where there is none.
    """

    weight: float
    pairs: int
    born_known: int
    born_agrees: int
    place_known: int
    place_agrees: int
    best: float
    begins: float = -inf
    reason: str = ""

    def with_more(self, more: "Tie") -> "Tie":
        first = self if (self.begins, more.reason) >= (more.begins, self.reason) else more
        return Tie(
            self.weight + more.weight,
            self.pairs + more.pairs,
            self.born_known + more.born_known,
            self.born_agrees + more.born_agrees,
            self.place_known + more.place_known,
            self.place_agrees + more.place_agrees,
            max(self.best, more.best),
            first.begins,
            first.reason,
        )


NOTHING = Tie(0.0, 0, 0, 0, 0, 0, -inf)


def mean_bits(tie: Tie, one: int, other: int) -> float:
    """The mean over all pairs between groups of these sizes."""
    every = one * other
    return (tie.weight + UNSEEN * (every - tie.pairs)) / every


def strength(tie: Tie, one: int, other: int) -> float:
    """Bits that speak for one person in all that is known between groups of these sizes."""
    bits = BEST_COUNTS * tie.best + (1 - BEST_COUNTS) * mean_bits(tie, one, other)
    smaller = min(one, other)
    if smaller > 1:
        doublings = min(log2(smaller), MOST_DOUBLINGS)
        if tie.born_known:
            bits -= OTHER_DATE * doublings * (1 - tie.born_agrees / tie.born_known)
        if tie.place_known:
            bits -= OTHER_PLACE * doublings * (1 - tie.place_agrees / tie.place_known)
    return bits


class Least(NamedTuple):
    """What it takes for two groups to join, in bits: all that is known between them, and the mean of their pairs."""

    strength: float
    mean: float


ANY = Least(-inf, -inf)


class Edge(NamedTuple):
    """Two records and what is known between them. `by_number`: a verified number says it, and no weight is asked."""

    left: Id
    right: Id
    tie: Tie
    by_number: bool = False


class Joining(NamedTuple):
    """Two groups that become one: the bits that speak for it, the records of each, and why."""

    weight: float
    ours: list[Id]
    theirs: list[Id]
    reason: str


def tie_of(weight: float, levels: Levels, *, begins: bool = True, reason: str = "") -> Tie:
    """What one pair tells, from its weight and its levels."""
    return Tie(weight, 1, *_known_and_agreeing(levels), weight, weight if begins else -inf, reason)


@lru_cache(maxsize=100_000)
def _known_and_agreeing(levels: Levels) -> tuple[bool, bool, bool, bool]:
    born, place = levels.get("date_of_birth"), levels.get("postcode")
    return born is not None, born in BORN_AGREES, place is not None, place in PLACE_AGREES


class Grouping:
    """Records in groups that grow, and what is known between the groups."""

    def __init__(self, edges: Iterable[Edge], apart: Iterable[tuple[Id, Id]], together: Iterable[tuple[Id, Id]]):
        self.leads: dict[Id, Id] = {}
        self.members: dict[Id, list[Id]] = {}
        self.ties: dict[Id, dict[Id, Tie]] = {}
        self.apart: dict[Id, set[Id]] = {}
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

    def _known(self, record: Id) -> dict[Id, Tie]:
        if record not in self.leads:
            self.leads[record], self.members[record], self.ties[record] = record, [record], {}
        return self.ties[record]

    def group_of(self, record: Id) -> Id:
        """The record that stands for the group."""
        return _lead(self.leads, record)

    def size(self, group: Id) -> int:
        return len(self.members.get(group, ()))

    def tie(self, one: Id, other: Id) -> Tie:
        return self.ties[one].get(other, NOTHING)

    def held_apart(self, one: Id, other: Id) -> bool:
        return other in self.apart.get(one, ())

    def join(self, one: Id, other: Id) -> Id:
        """Makes one group of two; the one with more ties stands for both, and is returned."""
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
        return one


def joins(
    edges: list[Edge],
    *,
    at_least: Least = ANY,
    together: Iterable[tuple[Id, Id]] = (),
    apart: Iterable[tuple[Id, Id]] = (),
) -> Iterator[Joining]:
    """Each joining as it happens, the strongest first, as far as allowed. `together` and `apart` are decided."""
    decided = sorted((min(pair), max(pair)) for pair in together)
    grouping = Grouping(_that_matter(edges, decided), apart, decided)
    yield from _sure(grouping, edges, decided)
    waiting = _Waiting(grouping, at_least)
    while two := waiting.strongest():
        bits, one, other = two
        reason = grouping.tie(one, other).reason
        yield Joining(bits, list(grouping.members[one]), list(grouping.members[other]), reason)
        waiting.weigh(grouping.join(one, other))


def _that_matter(edges: list[Edge], decided: Iterable[tuple[Id, Id]]) -> list[Edge]:
    """Only records that some chain of beginnings connects can become one group; the rest need not be kept."""
    lead: dict[Id, Id] = {}
    begun = (edge[:2] for edge in edges if edge.by_number or edge.tie.begins > -inf)
    for left, right in chain(begun, decided):
        one, other = _lead(lead, left), _lead(lead, right)
        if one != other:
            lead[other] = one
    return [edge for edge in edges if _lead(lead, edge.left) == _lead(lead, edge.right)]


def _lead(lead: dict[Id, Id], record: Id) -> Id:
    while (before := lead.get(record, record)) != record:
        lead[record] = lead.get(before, before)
        record = before
    return record


def _sure(grouping: Grouping, edges: list[Edge], decided: list[tuple[Id, Id]]) -> Iterator[Joining]:
    """What people decided, and then what numbers say, whatever the weight."""
    numbered = (edge for edge in edges if edge.by_number)
    ordered = sorted((-e.tie.weight, min(e.left, e.right), max(e.left, e.right), e.tie.reason) for e in numbered)
    first = [(DECIDED, left, right, BY_A_PERSON) for left, right in decided]
    for bits, left, right, reason in first + [(BY_NUMBER, *rest) for _, *rest in ordered]:
        one, other = grouping.group_of(left), grouping.group_of(right)
        if one != other and not grouping.held_apart(one, other):
            yield Joining(bits, list(grouping.members[one]), list(grouping.members[other]), reason)
            grouping.join(one, other)


class _Waiting:
    """Pairs of groups that may join, the strongest on top; what has grown since it was weighed is passed over."""

    def __init__(self, grouping: Grouping, at_least: Least):
        self.grouping, self.at_least = grouping, at_least
        self.heap = [row for one in grouping.ties for row in self._rows(one, only_after=True)]
        heapify(self.heap)

    def _rows(self, one: Id, *, only_after: bool = False) -> Iterator[tuple[float, Id, Id, int, int]]:
        members, least = self.grouping.members, self.at_least
        size = len(members[one])
        for other, tie in self.grouping.ties[one].items():
            if tie.begins > -inf and not (only_after and other < one):
                theirs = len(members[other])
                left, right, ours, rest = (one, other, size, theirs) if one < other else (other, one, theirs, size)
                bits = strength(tie, size, theirs)
                if bits >= least.strength and mean_bits(tie, size, theirs) >= least.mean:
                    yield -bits, left, right, ours, rest

    def weigh(self, group: Id) -> None:
        """A group that has grown is weighed against all about it."""
        for row in self._rows(group):
            heappush(self.heap, row)

    def strongest(self) -> tuple[float, Id, Id] | None:
        """The bits and the two groups that should join next; None when no more may."""
        grouping = self.grouping
        while self.heap:
            bits, one, other, ours, theirs = heappop(self.heap)
            stale = grouping.size(one) != ours or grouping.size(other) != theirs
            if not stale and not grouping.held_apart(one, other):
                return -bits, one, other
        return None
