"""Learns the model's parameters from records, with nobody saying which belong together.

Expectation and maximisation over how often each combination of levels occurs: u from pairs as chance brings
them together, m from likely pairs. What the records cannot tell is filled in from the model begun with.
"""

from collections.abc import Sequence
from dataclasses import replace
from math import log2

from .levels import COMPARISONS, Comparison, levels_at
from .model import Model
from .pairs import probability_of
from .rules import Evidence, another_of_the_family
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

Counts = list[list[float]]
Shares = dict[str, tuple[float, ...]]


def adapt(bulk: BulkScoring, begun_with: Model) -> Model:
    """The model fitted to these records; the thresholds stay."""
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
    return model


def _one_round(
    model: Model,
    begun_with: Model,
    likely: Sequence[Pattern],
    chance: Sequence[Pattern],
    share: float,
    every: float,
) -> Model:
    matches, found = _counts(), 0.0
    bits = _bits(model)
    for pattern in likely:
        if _is_family(pattern.levels):
            continue
        expected = pattern.pairs * probability_of(_weight(pattern, model, bits))
        found += expected
        _add(matches, pattern, expected)
    prior = min(0.5, max(found / share, 1.0) / every)
    return replace(
        model,
        prior=prior,
        m=_shares(matches, begun_with.m, PRIOR_MATCHES),
        u=_chances(chance, model, begun_with),
    )


def _chances(chance: Sequence[Pattern], model: Model, begun_with: Model) -> Shares:
    strangers, bits = _counts(), _bits(model)
    for pattern in chance:
        match = 0.0 if _is_family(pattern.levels) else probability_of(_weight(pattern, model, bits))
        _add(strangers, pattern, pattern.pairs * (1 - match))
    return _shares(strangers, begun_with.u, PRIOR_CHANCES)


def _is_family(places: tuple[int, ...]) -> bool:
    """Whether the rules see relatives here: left to itself the fit would take a household for one."""
    return bool(another_of_the_family(Evidence(levels_at(places), 0.0)))


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


def _weight(pattern: Pattern, model: Model, bits: list[list[float]]) -> float:
    said = sum(own[place] for own, place in zip(bits, pattern.levels, strict=True))
    return model.prior_weight + pattern.rarity + said


def _moved(before: Model, after: Model) -> float:
    return max(abs(old - new) for key in after.m for old, new in zip(before.m[key], after.m[key], strict=True))
