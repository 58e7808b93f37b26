"""Precision, recall and missed links over pairs of records, from groups or from a sweep."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from alongside.linkage.clusters import Joining

NEARLY_ALL = 0.999


def pairs_in(counts: Iterable[int]) -> int:
    return sum(n * (n - 1) // 2 for n in counts)


def true_pairs(truth: dict[str, str]) -> int:
    return pairs_in(Counter(truth.values()).values())


def of_groups(groups: Iterable[Sequence[str]], truth: dict[str, str]) -> tuple[int, int]:
    """(pairs that are right, pairs made) by grouping."""
    right = made = 0
    for group in groups:
        made += pairs_in([len(group)])
        right += pairs_in(Counter(truth[record] for record in group).values())
    return right, made


def most_found(curve: Iterable[tuple[float, int, int]], every: int) -> int:
    """Most right pairs, of every true one, at any cut of a sweep at which 99.9% of the pairs made are right.

    Strongest first; rows of one weight stand or fall together. Ends where even all the true pairs could not make
    good what is wrong already.
    """
    best, right, made, last = 0, 0, 0, None
    for weight, found, added in curve:
        if made - right > every * (1 / NEARLY_ALL - 1) + 1:
            return best
        if weight != last and made and right / made >= NEARLY_ALL:
            best = max(best, right)
        right, made, last = right + found, made + added, weight
    return max(best, right) if made and right / made >= NEARLY_ALL else best


def pair_curve(pairs: Iterable[tuple[str, str, float]], truth: dict[str, str]) -> list[tuple[float, int, int]]:
    """Each scored pair on its own, strongest first."""
    return sorted(((w, int(truth[a] == truth[b]), 1) for a, b, w in pairs), key=lambda row: -row[0])


def component_curve(pairs: Iterable[tuple[str, str, float]], truth: dict[str, str]) -> Iterator[tuple[float, int, int]]:
    """Connected components as the cut falls: each pair that joins two of them, strongest first."""
    lead: dict[str, str] = {}
    people: dict[str, Counter[str]] = {}
    for one, other, weight in sorted(pairs, key=lambda pair: (-pair[2], pair[0], pair[1])):
        larger, smaller = _lead(lead, one), _lead(lead, other)
        if larger == smaller:
            continue
        mine, theirs = (people.pop(end, None) or Counter([truth[end]]) for end in (larger, smaller))
        yield weight, sum(mine[person] * count for person, count in theirs.items()), mine.total() * theirs.total()
        lead[smaller] = larger
        people[larger] = mine + theirs


def _lead(lead: dict[str, str], record: str) -> str:
    while record in lead:
        lead[record] = lead.get(lead[record], lead[record])
        record = lead[record]
    return record


def join_curve(joinings: Iterable[Joining], truth: dict[str, str]) -> Iterator[tuple[float, int, int]]:
    """Each joining of two groups, as it happens."""
    for weight, ours, theirs, _ in joinings:
        mine = Counter(truth[record] for record in ours)
        found = sum(mine[truth[record]] for record in theirs)
        yield weight, found, len(ours) * len(theirs)
