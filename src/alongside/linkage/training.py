"""Learns the model's parameters from records, with nobody saying which belong together.

Expectation and maximisation over how often each combination of levels occurs: u from pairs as chance brings
them together, m from likely pairs. What the records cannot tell is filled in from the model begun with.
"""

from collections.abc import Sequence
from dataclasses import replace
from math import log2

from .kin import AgainstKin, weaker
from .levels import COMPARISONS, Comparison
from .model import Model
from .pairs import probability_of
from .scoring import BulkScoring, Pattern

MOST_PAIRS = 100_000
ROUNDS = 25
SETTLED = 0.0005
# The model begun with counts as much as so many pairs of one person, and so many of two.
PRIOR_MATCHES = 50
PRIOR_CHANCES = 2_000
HALF = 0.5
# m and u alike of a level that is counted elsewhere, so that it says nothing.
NEUTRAL = 1e-4

# Most doubts are of families. Where fewer pairs than this, for each pair of one person, look like two of a family, so
# many bits overcome a doubt.
FEW_FAMILIES, SURE_WITHOUT_FAMILIES = 0.02, 12.0

Counts = list[list[float]]
Shares = dict[str, tuple[float, ...]]


def adapt(bulk: BulkScoring, begun_with: Model) -> Model:
    """The model fitted to these records; of the thresholds only that for doubts may move."""
    share = bulk.sample("likely", MOST_PAIRS)
    bulk.chance_pairs("chance", MOST_PAIRS)
    records = len(bulk.ready)
    every_pair = max(1.0, records * (records - 1) / 2)
    likely, chance = bulk.patterns("likely"), bulk.patterns("chance")
    model = replace(begun_with, u=_chances(chance, begun_with, begun_with))
    for _ in range(ROUNDS):
        before, model = model, _one_round(model, begun_with, likely, chance, share, every_pair)
        if _moved(before, model) < SETTLED:
            break
    hardly_any = model.kin < FEW_FAMILIES * model.prior
    return replace(model, sure_above=SURE_WITHOUT_FAMILIES) if hardly_any else model


def _one_round(
    model: Model,
    begun_with: Model,
    likely: Sequence[Pattern],
    chance: Sequence[Pattern],
    share: float,
    every: float,
) -> Model:
    matches, found, families = _counts(), 0.0, 0.0
    weigh = _Weighing(model)
    for pattern in likely:
        one, kin = weigh.shares_of(pattern)
        found += pattern.pairs * one
        families += pattern.pairs * kin
        _add(matches, pattern, pattern.pairs * one)
    prior = min(0.5, max(found / share, 1.0) / every)
    return replace(
        model,
        prior=prior,
        kin=min(0.5, max(families / share, 1.0) / every),
        m=_shares(matches, begun_with.m, PRIOR_MATCHES),
        u=_chances(chance, model, begun_with),
    )


def _chances(chance: Sequence[Pattern], model: Model, begun_with: Model) -> Shares:
    strangers, weigh = _counts(), _Weighing(model)
    for pattern in chance:
        one, kin = weigh.shares_of(pattern)
        _add(strangers, pattern, pattern.pairs * (1 - one - kin))
    return _shares(strangers, begun_with.u, PRIOR_CHANCES)


class _Weighing:
    """One model, ready to weigh many patterns."""

    def __init__(self, model: Model):
        self.prior, self.bits, self.kin = model.prior_weight, _bits(model), AgainstKin(model)

    def shares_of(self, pattern: Pattern) -> tuple[float, float]:
        """Of pairs that look so, the shares that are one person and two of a family; the others are strangers."""
        said = sum(own[place] for own, place in zip(self.bits, pattern.levels, strict=True))
        kin = self.kin.of(pattern.levels)
        one = probability_of(weaker(self.prior + pattern.rarity + said, kin))
        return one, min(1 - one, one * 2**-kin)


def _counts() -> Counts:
    return [[0.0] * len(comparison.levels) for comparison in COMPARISONS]


def _add(counts: Counts, pattern: Pattern, pairs: float) -> None:
    for own, place in zip(counts, pattern.levels, strict=True):
        if place >= 0:
            own[place] += pairs


def _shares(counts: Counts, prior: Shares, strength: float) -> Shares:
    shares = {}
    for comparison, seen in zip(COMPARISONS, counts, strict=True):
        # Half a pair more for each level: never seen is not the same as never.
        known = [n + strength * p + HALF for n, p in zip(seen, prior[comparison.key], strict=True)]
        whole = sum(known)
        shares[comparison.key] = tuple(
            NEUTRAL if level.counted_elsewhere else n / whole for n, level in zip(known, comparison.levels, strict=True)
        )
    return shares


def _bits(model: Model) -> list[list[float]]:
    """Weight of each level before its rarity, with 0 at the end: place -1, not known, says nothing."""
    return [[_level_bits(model, c, place) for place in range(len(c.levels))] + [0.0] for c in COMPARISONS]


def _level_bits(model: Model, comparison: Comparison, place: int) -> float:
    level = comparison.levels[place]
    usual = level.frequency_counts * log2(model.exact_u(comparison, level)) if level.frequency_of else 0.0
    return model.level_weight(comparison, place) + usual


def _moved(before: Model, after: Model) -> float:
    return max(abs(old - new) for key in after.m for old, new in zip(before.m[key], after.m[key], strict=True))
