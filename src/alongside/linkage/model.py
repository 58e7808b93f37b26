"""The model, kept as a versioned file: how likely each level is in records of one person and of two."""

import json
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from math import log2
from pathlib import Path

from .levels import COMPARISONS, Comparison, Level

CURRENT = "v2"
# A name rarer than this counts no more than this: one record is thin evidence of how rare a name is.
RAREST = 1e-6
THRESHOLDS = ("same_above", "kin_above", "sure_above", "doubtful_above")


@dataclass(frozen=True)
class Model:
    """m and u of each comparison's levels, the share of pairs that match, thresholds in bits, its story."""

    version: str
    description: str
    prior: float
    # The share of pairs that are two of one family.
    kin: float
    m: dict[str, tuple[float, ...]]
    u: dict[str, tuple[float, ...]]
    same_above: float
    kin_above: float
    sure_above: float
    doubtful_above: float

    def __hash__(self) -> int:
        return hash((self.version, self.prior, self.kin))

    @property
    def prior_weight(self) -> float:
        return log2(self.prior / (1 - self.prior))

    def level_weight(self, comparison: Comparison, place: int) -> float:
        """Bits this level speaks for (above 0) or against (below 0) one person."""
        return log2(self.m[comparison.key][place] / self.u[comparison.key][place])

    def exact_u(self, comparison: Comparison, level: Level) -> float:
        """u of the level at which the column is exactly the same: what its frequency is set against."""
        return self.u[comparison.key][exact_place(comparison, level.frequency_of)]

    def as_json(self) -> str:
        fields = {
            "version": self.version,
            "description": self.description,
            "prior": self.prior,
            "kin": self.kin,
            "thresholds": {name: getattr(self, name) for name in THRESHOLDS},
            "comparisons": {c.key: self._levels_as_json(c) for c in COMPARISONS},
        }
        return json.dumps(fields, indent=1, ensure_ascii=False) + "\n"

    def _levels_as_json(self, comparison: Comparison) -> list[dict]:
        rows = zip(comparison.levels, self.m[comparison.key], self.u[comparison.key], strict=True)
        return [{"level": level.key, "m": m, "u": u} for level, m, u in rows]


def exact_place(comparison: Comparison, column: str | None) -> int:
    """The place of the level at which the column is exactly the same; StopIteration when there is none."""
    exact = f"{column}_l = {column}_r"
    return next(place for place, level in enumerate(comparison.levels) if level.sql == exact)


def exact_u_of(model: Model, column: str) -> float:
    """How often two people share a value of the column, in this model."""
    comparison = next(c for c in COMPARISONS if any(level.frequency_of == column for level in c.levels))
    return model.u[comparison.key][exact_place(comparison, column)]


def model_from_json(text: str) -> Model:
    """The model a file holds; KeyError when its levels are not those of this version of the code."""
    read = json.loads(text)
    m, u = {}, {}
    for comparison in COMPARISONS:
        rows = {row["level"]: row for row in read["comparisons"][comparison.key]}
        m[comparison.key] = tuple(rows[level.key]["m"] for level in comparison.levels)
        u[comparison.key] = tuple(rows[level.key]["u"] for level in comparison.levels)
    thresholds = read["thresholds"]
    return Model(read["version"], read["description"], read["prior"], read["kin"], m, u, **thresholds)


@cache
def load_model(version: str = CURRENT) -> Model:
    """A model shipped with Alongside."""
    return model_from_json((files("alongside.linkage") / "model" / f"{version}.json").read_text("utf-8"))


def save_model(model: Model, path: Path) -> None:
    path.write_text(model.as_json(), encoding="utf-8")
