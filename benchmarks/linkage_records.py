"""Reads records of any shape into the columns that every contender is given, and the truth beside them."""

import csv
import re
from pathlib import Path

from alongside.linkage.features import date_parts
from alongside.linkage.names import split_full_name

COLUMNS = (
    *("given_name", "family_name", "full_name", "aliases", "date_of_birth", "sex", "postcode", "postcodes"),
    *("nhs_number", "upn", "la_child_id"),
)
# The Febrl data sets carry the truth in the record's own name: rec-223-org, rec-223-dup-0.
FEBRL = re.compile(r"^(rec-\d+)-(?:org|dup(?:-\d+)?)$")


def read_rows(path: Path) -> list[dict[str, str]]:
    """Every row as text under its header, both without stray spaces; empty cells are empty text."""
    if path.suffix == ".parquet":
        import pyarrow.parquet as pq

        rows = pq.read_table(path).to_pylist()
    else:
        with path.open(encoding="utf-8-sig", newline="") as file:
            rows = list(csv.DictReader(file))
    return [{str(name).strip(): _text(value) for name, value in row.items()} for row in rows]


def _text(value: object) -> str:
    return "" if value is None or value != value else str(value).strip()


def parse_map(words: str) -> dict[str, str]:
    """ "given_name=first_name,…" as our column → theirs; SystemExit naming what is not ours or names no column."""
    parts = [part.strip() for part in words.split(",")]
    if unpaired := [part for part in parts if "=" not in part]:
        raise SystemExit(f"Write --map as our column=theirs, with commas between; {unpaired[0]!r} has no =.")
    pairs = dict(part.split("=", 1) for part in parts)
    if unknown := sorted(pairs.keys() - {*COLUMNS}):
        raise SystemExit(f"We have no column {', '.join(unknown)}; there are {', '.join(COLUMNS)}.")
    return pairs


def check_columns(rows: list[dict[str, str]], asked: set[str]) -> None:
    """SystemExit naming the columns that the file does not have; a file without rows has nothing to miss."""
    missing = sorted(asked - rows[0].keys()) if rows else []
    if missing:
        raise SystemExit(f"The file has no column {', '.join(missing)}; it has {', '.join(rows[0])}.")


def iso_date(text: str) -> str:
    """A date as ISO where its shape is known, else as it was."""
    return date_parts(text)[0] or text


def mapped(rows: list[dict[str, str]], names: dict[str, str]) -> list[dict]:
    """The rows in our columns, with a record_id that says nothing of the truth."""
    records = []
    for number, row in enumerate(rows):
        record = {ours: row[theirs] or None for ours, theirs in names.items()}
        if "full_name" in record and not (record.get("given_name") or record.get("family_name")):
            given, family = split_full_name(record["full_name"])
            record |= {"given_name": given or None, "family_name": family or None}
        record.pop("full_name", None)
        if record.get("date_of_birth"):
            record["date_of_birth"] = iso_date(record["date_of_birth"])
        for several in ("aliases", "postcodes"):
            if several in record:
                record[several] = [one.strip() for one in (record[several] or "").split(";") if one.strip()]
        records.append({"record_id": f"r{number:08d}", **record})
    return records


def truth_of(rows: list[dict[str, str]], column: str, pattern: str | None) -> list[str]:
    """Each row's person: the column itself, or the part of it that the pattern's group finds."""
    values = [row[column] for row in rows]
    if pattern:
        found = [re.search(pattern, value) for value in values]
        return [match[1] if match else value for match, value in zip(found, values, strict=True)]
    if all(FEBRL.match(value) for value in values):
        return [FEBRL.match(value)[1] for value in values]
    return values
