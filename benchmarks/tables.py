"""A table of invented records, written as a CSV file."""

import argparse
import csv
from collections.abc import Callable
from pathlib import Path


def write_table(
    made: Callable[[int, int], list[dict[str, str]]], arguments: list[str] | None, *, prog: str, people: int, seed: int
) -> None:
    """The command that writes the rows `made(people, seed)` to the file it is given."""
    parser = argparse.ArgumentParser(prog=f"python -m benchmarks.{prog}")
    parser.add_argument("out", type=Path)
    parser.add_argument("--people", type=int, default=people)
    parser.add_argument("--seed", type=int, default=seed)
    chosen = parser.parse_args(arguments)
    rows = made(chosen.people, chosen.seed)
    with chosen.out.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)
