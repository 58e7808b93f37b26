"""A small city, written once for the tests that only read it."""

import csv
import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from alongside.contributions.flat import unflatten
from alongside.demo.build import CityFiles, write_city

UNTIL = date(2026, 3, 6)


@dataclass(frozen=True)
class Written:
    """A city on disk and the readings that tests ask of it."""

    files: CityFiles

    def told(self) -> Iterator[dict[str, Any]]:
        for path in self.files.contributions:
            with path.open(encoding="utf-8", newline="") as lines:
                if path.suffix == ".csv":
                    yield from (unflatten(row) for row in csv.DictReader(lines))
                else:
                    yield from map(json.loads, lines)

    def truth(self, name: str) -> list[dict[str, str]]:
        with (self.files.truth / name).open(encoding="utf-8", newline="") as rows:
            return list(csv.DictReader(rows))

    def planted(self, what: str) -> list[dict[str, Any]]:
        told = json.loads((self.files.truth / "planted.json").read_text("utf-8"))
        return [one for one in told if one["what"].startswith(what)]

    def person_of(self) -> dict[tuple[str, str], str]:
        return {(row["agency"], row["reference"]): row["person"] for row in self.truth("people.csv")}

    def year_of(self, person: str) -> list[dict[str, Any]]:
        """Everything told of one child, in the order in which it happened."""
        whose = self.person_of()
        mine = [
            one
            for one in self.told()
            if any(whose[one["source"]["agency"], who["reference"]] == person for who in one.get("people", []))
        ]
        return sorted(mine, key=lambda one: one["occurred_at"])


@pytest.fixture(scope="session")
def city(tmp_path_factory: pytest.TempPathFactory) -> Written:
    return Written(write_city(tmp_path_factory.mktemp("city"), until=UNTIL, children=150, seed=7))


def contents(folder: Path) -> dict[str, bytes]:
    """Every file of a folder and what is in it."""
    return {str(path.relative_to(folder)): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}
