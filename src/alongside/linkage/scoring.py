"""Scores pairs of records: all of a table through Splink on DuckDB, or one arriving record in plain Python.

Both use the same model and give the same weight. Nothing else in Alongside imports Splink or DuckDB,
and these are imported when first needed, so that starting up stays quick.
"""

import logging
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from alongside.shared.uncollected import uncollected

from .features import IDENTIFIERS, comparable, keys_of
from .frequencies import count_frequencies
from .kin import BORN, FAMILY, FAR_APART, GENERATION, GIVEN, AgainstKin
from .levels import COMPARISONS, FREQUENCY_COLUMNS, Comparison
from .model import RAREST, Model, load_model
from .pairs import blocking_keys, score_one

if TYPE_CHECKING:
    import pyarrow as pa
    from duckdb import DuckDBPyRelation

# A key that more records share than this says too little; the finer keys beside it find those pairs.
MOST_SHARING_A_KEY = 50
# Likely pairs of a table, before the same pair found twice is counted once; beyond, only rarer keys are used.
MOST_PAIRS_A_RECORD = 80
FEWEST_SHARING = 5
# Left to itself DuckDB would take the machine, and spill records into the folder it was started from.
DATABASE = {"temp_directory": "", "memory_limit": "3GB", "threads": 2, "preserve_insertion_order": False}

__all__ = ["BulkScoring", "Pattern", "blocking_keys", "score_all", "score_one"]


@dataclass(frozen=True)
class Pattern:
    """A combination of levels (-1: not known), the bits rarity adds to it, and how many pairs show it."""

    levels: tuple[int, ...]
    rarity: float
    pairs: int


class BulkScoring:
    """One table of records in DuckDB: its likely pairs, and their scores under any model."""

    def __init__(self, records: Sequence[dict], steadied_by: Model | None = None):
        import duckdb
        import pyarrow as pa

        logging.getLogger("splink").setLevel(logging.ERROR)
        with uncollected():
            self.ready = [comparable(record) for record in records]
        self.frequencies = count_frequencies(self.ready, steadied_by)
        self.database = duckdb.connect(config=DATABASE)
        self.table = self._with_frequencies(pa.Table.from_pylist(self.ready, schema=_schema()))
        self.database.register("arrow", self.table)
        self.database.execute("CREATE TABLE prepared AS FROM arrow")
        self.scorings = 0
        self._block()

    def _with_frequencies(self, table: "pa.Table") -> "pa.Table":
        import pyarrow as pa

        for column in FREQUENCY_COLUMNS:
            shares = self.frequencies.shares[column]
            found = [shares.get(one[column]) for one in self.ready]
            table = table.append_column(f"tf_{column}", pa.array(found, pa.float64()))
        return table

    def _block(self) -> None:
        import pyarrow as pa

        with uncollected():
            keys = [keys_of(one) for one in self.ready]
            places = [place for place, own in enumerate(keys) for _ in own]
            flat = pa.table({"place": pa.array(places, pa.int32()), "key": [key for own in keys for key in own]})
        ids = pa.table({"place": pa.array(range(len(keys)), pa.int32()), "id": self.table["record_id"]})
        self.database.register("keys", flat)
        self.database.register("ids", ids)
        self.database.execute(HASHED_SQL)
        self.database.unregister("keys")
        self.database.execute(PAIRS_SQL.format(most=self._most_sharing(len(keys))))
        self.database.execute("DROP TABLE hashed")

    def _most_sharing(self, records: int) -> int:
        """The most records that may share a key, so that the pairs of a large table stay bounded."""
        sizes = self.database.execute(SIZES_SQL.format(most=MOST_SHARING_A_KEY)).fetchall()
        pairs = 0
        for sharing, keys in sizes:
            pairs += keys * sharing * (sharing - 1) // 2
            if pairs > MOST_PAIRS_A_RECORD * records and sharing > FEWEST_SHARING:
                return sharing - 1
        return MOST_SHARING_A_KEY

    def patterns(self, pairs: str) -> list[Pattern]:
        """How often each combination of levels occurs in a table of pairs, with the bits that rarity adds."""
        levels = [f"{_level_sql(c)} AS {c.key}" for c in COMPARISONS]
        rarity = " + ".join(_rarity_sql(c) for c in COMPARISONS)
        used = sorted(set(re.findall(r"\b(\w+)_[lr]\b", " ".join([*levels, rarity]))))
        columns = ", ".join(f"l.{name} AS {name}_l, r.{name} AS {name}_r" for name in used)
        keys = ", ".join(c.key for c in COMPARISONS)
        sql = PATTERNS_SQL.format(columns=columns, pairs=pairs, levels=", ".join(levels), keys=keys, rarity=rarity)
        rows = self.database.execute(sql).fetchall()
        return [Pattern(row[:-2], row[-2], row[-1]) for row in rows]

    def sample(self, pairs: str, most: int) -> float:
        """Keeps at most so many of the likely pairs, evenly, as a new table; says which share was kept."""
        total = self.database.execute("SELECT count(*) FROM pairs").fetchone()[0]
        one_in = -(-total // most) or 1
        self.database.execute(SAMPLE_SQL.format(pairs=pairs, one_in=one_in))
        return 1 / one_in

    def chance_pairs(self, pairs: str, most: int) -> None:
        """Pairs as chance brings them together, as a new table: every pair of a small table."""
        records = len(self.ready)
        steps = max(1, min(records // 2, most // max(records, 1)))
        stride = max(1, records // 2 // steps)
        self.database.execute(CHANCE_SQL.format(pairs=pairs, records=records, stride=stride))

    def score(self, model: Model, pairs: str = "pairs", above: float | None = None) -> "pa.Table":
        """Every likely pair: record_id_l, record_id_r, weight in bits, probability, and a level per field."""
        from splink import DuckDBAPI, Linker

        api = DuckDBAPI(connection=self.database)
        records = api.register(self.table, dataset_display_name=f"records_{self.scorings}")
        self.scorings += 1
        linker = Linker(records, splink_settings(model))
        blocked = api.register(self.database.table(pairs))
        linker.table_management.register_blocked_pairs_for_predict(blocked)
        scored = linker.inference.predict(threshold_match_weight=above, warning_mode="never")
        return _named(scored.as_duckdbpyrelation(), AgainstKin(model), above)


PATTERNS_SQL = """
WITH sides AS (
  SELECT {columns} FROM {pairs} JOIN prepared l ON l.record_id = join_key_l
  JOIN prepared r ON r.record_id = join_key_r
),
levelled AS (SELECT *, {levels} FROM sides)
SELECT {keys}, 2 * round(({rarity}) / 2) AS rarity, count(*) FROM levelled GROUP BY ALL ORDER BY ALL
"""
SAMPLE_SQL = """
CREATE OR REPLACE TABLE {pairs} AS
SELECT * FROM pairs WHERE hash(join_key_l, join_key_r) % {one_in} = 0
"""
# Each record with those a fixed number of places further on, in an order that has no meaning.
CHANCE_SQL = """
CREATE OR REPLACE TABLE {pairs} AS
WITH shuffled AS (SELECT id, row_number() OVER (ORDER BY hash(id), id) - 1 AS place FROM ids),
steps AS (
  SELECT id, (place + far) % {records} AS meets
  FROM shuffled, range(1, {records} // 2 + 1, {stride}) AS s(far)
)
SELECT '0' AS match_key, a.id AS join_key_l, b.id AS join_key_r
FROM steps a JOIN shuffled b ON b.place = a.meets
"""
HASHED_SQL = "CREATE OR REPLACE TABLE hashed AS SELECT place, hash(key) AS key FROM keys"
SIZES_SQL = """
WITH sizes AS (SELECT count(*) AS sharing FROM hashed GROUP BY key HAVING count(*) BETWEEN 2 AND {most})
SELECT sharing, count(*) FROM sizes GROUP BY sharing ORDER BY sharing
"""
PAIRS_SQL = """
CREATE OR REPLACE TABLE pairs AS
WITH telling AS (SELECT key FROM hashed GROUP BY key HAVING count(*) BETWEEN 2 AND {most}),
kept AS (SELECT place, key FROM hashed SEMI JOIN telling USING (key)),
found AS (
  SELECT DISTINCT a.place AS l, b.place AS r FROM kept a JOIN kept b USING (key) WHERE a.place < b.place
)
SELECT '0' AS match_key, a.id AS join_key_l, b.id AS join_key_r
FROM found JOIN ids a ON a.place = l JOIN ids b ON b.place = r
"""


def score_all(
    records: "Sequence[dict] | pa.Table", *, model: Model | None = None, above: float | None = None
) -> "pa.Table":
    """Every likely pair of a table, scored; `above` (bits) leaves out the rest."""
    rows = records if isinstance(records, list) else records.to_pylist()
    used = model or load_model()
    return BulkScoring(rows, steadied_by=used).score(used, above=above)


def _named(scored: "DuckDBPyRelation", kin: AgainstKin, above: float | None) -> "pa.Table":
    """Splink's scores in our names, less what two of a family would have in common."""
    levelled = scored.project(", ".join(["*", *_places_sql()]))
    weighed = levelled.project(f"*, {_kin_sql(kin)} AS against_kin").project(f"*, {WEAKER_SQL} AS weight")
    kept = weighed if above is None else weighed.filter(f"weight >= {above}")
    columns = ["record_id_l", "record_id_r", "weight", "weight - match_weight AS kin"]
    columns += ["1 / (1 + pow(2, -weight)) AS probability", *(c.key for c in COMPARISONS)]
    for words, sign in (("same", "="), ("different", "<>")):
        found = ", ".join(f"CASE WHEN {name}_l {sign} {name}_r THEN '{name}' END" for name in IDENTIFIERS)
        columns.append(f"list_filter([{found}], lambda name : name IS NOT NULL) AS {words}_identifiers")
    return kept.project(", ".join(columns)).to_arrow_table()


WEAKER_SQL = (
    f"least(match_weight, against_kin) - log2(1 + pow(2, -least({FAR_APART}, abs(match_weight - against_kin))))"
)


def _places_sql() -> Iterator[str]:
    # Splink numbers levels from the worst; ours are counted from the best, and -1 is "not known" in both.
    for comparison in COMPARISONS:
        gamma, last = f"gamma_{comparison.key}", len(comparison.levels) - 1
        yield f"CASE {gamma} WHEN -1 THEN -1 ELSE {last} - {gamma} END AS {comparison.key}"


def _kin_sql(kin: AgainstKin) -> str:
    family, born, given = (COMPARISONS[place].key for place in (FAMILY, BORN, GIVEN))
    alone, unknown, parent, sibling = (
        _bits_sql(given, kin.given[kind]) for kind in ("alone", "unknown", "parent", "sibling")
    )
    cases = f"WHEN {family} < 0 THEN {alone} WHEN {born} < 0 THEN {unknown} WHEN {born} = {GENERATION} THEN {parent}"
    terms = [_bits_sql(key, own) for key, own in kin.bits.items()]
    return " + ".join([repr(kin.prior), f"CASE {cases} ELSE {sibling} END", *terms])


def _bits_sql(key: str, bits: list[float]) -> str:
    """The bits at a level's place; 0 where it is not known."""
    return f"CASE {key} {' '.join(f'WHEN {place} THEN {own!r}' for place, own in enumerate(bits[:-1]))} ELSE 0 END"


def _level_sql(comparison: Comparison) -> str:
    needs = comparison.needs
    tries = " ".join(f"WHEN {level.sql} THEN {place}" for place, level in enumerate(comparison.levels[:-1]))
    last = len(comparison.levels) - 1
    return f"CASE WHEN {needs}_l IS NULL OR {needs}_r IS NULL THEN -1 {tries} ELSE {last} END"


def _rarity_sql(comparison: Comparison) -> str:
    cases = [
        f"WHEN {place} THEN -{level.frequency_counts}"
        f" * log2(greatest(tf_{level.frequency_of}_l, tf_{level.frequency_of}_r, {RAREST}))"
        for place, level in enumerate(comparison.levels)
        if level.frequency_of
    ]
    return f"CASE {comparison.key} {' '.join(cases)} ELSE 0 END" if cases else "0"


def _schema() -> "pa.Schema":
    import pyarrow as pa

    text, texts = pa.string(), pa.list_(pa.string())
    lists = {"given_roots", "given_sounds", "family_parts", "family_sounds"}
    lists |= {"given_known_as", "family_known_as", "postcodes"}
    columns = comparable({"record_id": ""})
    kinds = {name: texts if name in lists else text for name in columns}
    kinds |= dict.fromkeys(("given_known", "family_as_given", "initial"), pa.bool_())
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
        "additional_columns_to_retain": list(IDENTIFIERS),
    }


def _splink_comparison(model: Model, comparison: Comparison) -> dict:
    needs = comparison.needs
    unknown = f"{needs}_l IS NULL OR {needs}_r IS NULL"
    levels = [{"sql_condition": unknown, "label_for_charts": "Not known", "is_null_level": True}]
    for place, level in enumerate(comparison.levels):
        m, u = model.m[comparison.key][place], model.u[comparison.key][place]
        one = {"sql_condition": level.sql, "label_for_charts": level.label}
        one |= {"m_probability": m, "u_probability": u}
        if level.frequency_of:
            one["tf_adjustment_column"] = level.frequency_of
            one["tf_adjustment_weight"] = level.frequency_counts
            one["tf_minimum_u_value"] = RAREST
        levels.append(one)
    return {"output_column_name": comparison.key, "comparison_levels": levels}
