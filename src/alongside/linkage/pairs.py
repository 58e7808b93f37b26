"""Scores one arriving record against its candidates in plain Python, and says what each field counts for."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from math import log2

from .features import IDENTIFIERS, comparable, keys_of
from .frequencies import Frequencies
from .kin import AgainstKin, weaker
from .levels import COMPARISONS, Comparison, Level
from .model import RAREST, Model, load_model
from .rules import Evidence, Levels

NO_FREQUENCIES = Frequencies()


@dataclass(frozen=True)
class Contribution:
    """What one field says: the level in words, and bits for (above 0) or against one person."""

    field: str
    level: str
    weight: float
    key: str


@dataclass(frozen=True)
class ScoredPair:
    """Two records, the bits that speak for one person, and where they come from.

    `kin`: the bits taken off (0 or less) because two of a family would agree so too.
    """

    left_id: str
    right_id: str
    weight: float
    kin: float
    contributions: tuple[Contribution, ...]
    same_identifiers: tuple[str, ...] = ()
    different_identifiers: tuple[str, ...] = ()

    @property
    def evidence(self) -> Evidence:
        levels = Levels(part.key.split(":") for part in self.contributions)
        return Evidence(levels, self.weight, self.same_identifiers, self.different_identifiers, self.kin)

    @property
    def probability(self) -> float:
        return probability_of(self.weight)


def probability_of(weight: float) -> float:
    """Bits as a probability."""
    return 1 / (1 + 2 ** -max(-1000.0, min(1000.0, weight)))


def blocking_keys(record: dict) -> list[str]:
    """The keys under which to index a record; those that share one are its candidates."""
    return keys_of(comparable(record))


def score_one(
    record: dict,
    candidates: Iterable[dict],
    *,
    model: Model | None = None,
    frequencies: Frequencies = NO_FREQUENCIES,
) -> list[ScoredPair]:
    """The record against each candidate, best first."""
    used = model or load_model()
    arriving = comparable(record)
    pairs = [score_ready(arriving, comparable(one), used, frequencies) for one in candidates]
    return sorted(pairs, key=lambda pair: (-pair.weight, pair.right_id))


def score_ready(left: dict, right: dict, model: Model, frequencies: Frequencies) -> ScoredPair:
    """Two comparable records against each other."""
    parts, places = [], []
    for comparison in COMPARISONS:
        place = comparison.level_of(left, right)
        places.append(-1 if place is None else place)
        if place is not None:
            level = comparison.levels[place]
            bits = model.level_weight(comparison, place)
            bits += _rarity(left, right, comparison, level, model, frequencies)
            parts.append(Contribution(comparison.label, level.label, bits, f"{comparison.key}:{level.key}"))
    strangers = model.prior_weight + sum(part.weight for part in parts)
    weight = weaker(strangers, _against_kin(model).of(places))
    ends = left["record_id"], right["record_id"]
    return ScoredPair(*ends, weight, weight - strangers, tuple(parts), *compare_identifiers(left, right))


@lru_cache(maxsize=8)
def _against_kin(model: Model) -> AgainstKin:
    return AgainstKin(model)


def compare_identifiers(left: dict, right: dict) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The identifiers known of both that are the same, and those that are not."""
    both = [name for name in IDENTIFIERS if left[name] and right[name]]
    return tuple(n for n in both if left[n] == right[n]), tuple(n for n in both if left[n] != right[n])


def _rarity(a: dict, b: dict, comparison: Comparison, level: Level, model: Model, known: Frequencies) -> float:
    column = level.frequency_of
    if not column:
        return 0.0
    shares = [share for share in (known.of(column, a[column]), known.of(column, b[column])) if share]
    if not shares:
        return 0.0
    usual = log2(model.exact_u(comparison, level))
    return level.frequency_counts * (usual - log2(max(*shares, RAREST)))
