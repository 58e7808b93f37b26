"""Scores pairs of records: all of a table through Splink on DuckDB, or one arriving record in plain Python.

Both use the same model and give the same weight. Nothing else in Alongside imports Splink or DuckDB,
and these are imported when first needed, so that starting up stays quick.
"""

import logging
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import log2
from typing import TYPE_CHECKING

from .features import comparable, keys_of
from .frequencies import Frequencies, count_frequencies
from .levels import COMPARISONS, Comparison, Level
from .model import RAREST, Model, load_model

if TYPE_CHECKING:
    import pyarrow as pa

# A key that more records share than this says too little; the finer keys beside it find those pairs.
MOST_SHARING_A_KEY = 100
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
    """Two records, the bits that speak for one person, and where they come from."""

    left_id: str
    right_id: str
    weight: float
    contributions: tuple[Contribution, ...]

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
    parts = []
    for comparison in COMPARISONS:
        place = comparison.level_of(left, right)
        if place is not None:
            level = comparison.levels[place]
            weight = model.level_weight(comparison, place)
            weight += _rarity(left, right, comparison, level, model, frequencies)
            parts.append(Contribution(comparison.label, level.label, weight, f"{comparison.key}:{level.key}"))
    total = model.prior_weight + sum(part.weight for part in parts)
    return ScoredPair(left["record_id"], right["record_id"], total, tuple(parts))


def _rarity(a: dict, b: dict, comparison: Comparison, level: Level, model: Model, known: Frequencies) -> float:
    column = level.frequency_of
    if not column:
        return 0.0
    shares = [share for share in (known.of(column, a[column]), known.of(column, b[column])) if share]
    if not shares:
        return 0.0
    usual = log2(model.exact_u(comparison, level))
    return level.frequency_counts * (usual - log2(max(*shares, RAREST)))


class BulkScoring:
    """One table of records in DuckDB: its likely pairs, and their scores under any model."""

    def __init__(self, records: Sequence[dict]):
        import duckdb
        import pyarrow as pa

        logging.getLogger("splink").setLevel(logging.ERROR)
        self.ready = [comparable(record) for record in records]
        self.frequencies = count_frequencies(self.ready)
        self.database = duckdb.connect()
        self.table = pa.Table.from_pylist(self.ready, schema=_schema())
        self._block()

    def _block(self) -> None:
        import pyarrow as pa

        keys = [keys_of(one) for one in self.ready]
        places = [place for place, own in enumerate(keys) for _ in own]
        flat = pa.table({"place": pa.array(places, pa.int32()), "key": [key for own in keys for key in own]})
        ids = pa.table({"place": pa.array(range(len(keys)), pa.int32()), "id": self.table["record_id"]})
        self.database.register("keys", flat)
        self.database.register("ids", ids)
        self.database.execute(PAIRS_SQL.format(most=MOST_SHARING_A_KEY))
        self.database.unregister("keys")

    def score(self, model: Model, pairs: str = "pairs", above: float | None = None) -> "pa.Table":
        """Every likely pair: record_id_l, record_id_r, weight in bits, probability, and a level per field."""
        from splink import DuckDBAPI, Linker

        api = DuckDBAPI(connection=self.database)
        settings = splink_settings(model)
        linker = Linker(api.register(self.table, dataset_display_name="records"), settings)
        for column, shares in self.frequencies.shares.items():
            table = _frequency_table(column, shares)
            linker.table_management.register_term_frequency_lookup(api.register(table), column)
        blocked = api.register(self.database.table(pairs))
        linker.table_management.register_blocked_pairs_for_predict(blocked)
        scored = linker.inference.predict(threshold_match_weight=above, warning_mode="never")
        return _named(scored.as_duckdbpyrelation())


PAIRS_SQL = """
CREATE OR REPLACE TABLE pairs AS
WITH hashed AS (SELECT place, hash(key) AS key FROM keys),
telling AS (SELECT key FROM hashed GROUP BY key HAVING count(*) BETWEEN 2 AND {most}),
kept AS (SELECT place, key FROM hashed SEMI JOIN telling USING (key)),
found AS (SELECT DISTINCT a.place AS l, b.place AS r FROM kept a JOIN kept b USING (key) WHERE a.place < b.place)
SELECT '0' AS match_key, a.id AS join_key_l, b.id AS join_key_r
FROM found JOIN ids a ON a.place = l JOIN ids b ON b.place = r
"""


def score_all(
    records: "Sequence[dict] | pa.Table", *, model: Model | None = None, above: float | None = None
) -> "pa.Table":
    """Every likely pair of a table, scored; `above` (bits) leaves out the rest."""
    rows = records if isinstance(records, list) else records.to_pylist()
    return BulkScoring(rows).score(model or load_model(), above=above)


def _named(scored: object) -> "pa.Table":
    levels = ", ".join(f"gamma_{c.key} AS {c.key}" for c in COMPARISONS)
    names = "record_id_l, record_id_r, match_weight AS weight, match_probability AS probability"
    return scored.project(f"{names}, {levels}").to_arrow_table()


def _frequency_table(column: str, shares: dict[str, float]) -> "pa.Table":
    import pyarrow as pa

    values = pa.array(list(shares.keys()), pa.string())
    return pa.table({column: values, f"tf_{column}": pa.array(list(shares.values()), pa.float64())})


def _schema() -> "pa.Schema":
    import pyarrow as pa

    text, texts = pa.string(), pa.list_(pa.string())
    lists = {"given_roots", "given_sounds", "family_parts", "family_sounds"}
    lists |= {"given_known_as", "family_known_as", "postcodes"}
    columns = comparable({"record_id": ""})
    kinds = {name: texts if name in lists else text for name in columns} | {"given_known": pa.bool_()}
    return pa.schema(list(kinds.items()))


def splink_settings(model: Model) -> dict:
    """The model in Splink's own words."""
    return {
        "link_type": "dedupe_only",
        "unique_id_column_name": "record_id",
        "probability_two_random_records_match": model.prior,
        "comparisons": [_splink_comparison(model, comparison) for comparison in COMPARISONS],
        # Pairs are found beforehand by the same keys that index arriving records.
        "blocking_rules_to_generate_predictions": ["l.record_id = r.record_id"],
        # Keeps the level of each field, by which a score is explained.
        "retain_matching_columns": True,
    }


def _splink_comparison(model: Model, comparison: Comparison) -> dict:
    needs = comparison.needs
    unknown = f"{needs}_l IS NULL OR {needs}_r IS NULL"
    levels = [{"sql_condition": unknown, "label_for_charts": "Not known", "is_null_level": True}]
    for place, level in enumerate(comparison.levels):
        m, u = model.m[comparison.key][place], model.u[comparison.key][place]
        one = {"sql_condition": level.sql, "label_for_charts": level.label, "m_probability": m, "u_probability": u}
        if level.frequency_of:
            one["tf_adjustment_column"] = level.frequency_of
            one["tf_adjustment_weight"] = level.frequency_counts
            one["tf_minimum_u_value"] = RAREST
        levels.append(one)
    return {"output_column_name": comparison.key, "comparison_levels": levels}
