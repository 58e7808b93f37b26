"""Writes the invented city to files: what each agency would send, and the truth beside it for measuring.

Families pass through in batches and are forgotten, so a city of any size needs little memory.
"""

import csv
import json
import random
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import asdict, dataclass, field
from datetime import date
from itertools import chain, islice
from pathlib import Path
from typing import IO, Any

from alongside.contributions.flat import flatten

from . import planting, practice_studies
from .city import LA_CODE, PHASE_AGES, City, the_city
from .families import families
from .lives import last_evening, live, what_places_tell
from .records import Registers, Truth
from .telling import Batch, Period

BATCH = 100
FEWEST = 20
# Agencies whose systems send tables rather than lines of JSON.
AS_TABLES = frozenset({"yorkshire-ambulance", "ed-navigators"})
FIRST_COLUMNS = ("kind", "source.agency", "source.system", "source.reference", "occurred_at", "reported_at")
PHASE_NAMES = {
    "primary": "Primary",
    "secondary": "Secondary",
    "alternative": "Not applicable",
    "college": "16 plus",
}


@dataclass(frozen=True)
class CityFiles:
    """Where everything was written, in the order in which it is to be taken in."""

    folder: Path
    areas: Path
    schools: Path
    contributions: tuple[Path, ...]
    truth: Path
    children: int
    told: int

    @property
    def to_ingest(self) -> list[Path]:
        return [self.areas, self.schools, *self.contributions]


@dataclass
class _Desk:
    """The open files while the city is written."""

    folder: Path
    files: ExitStack
    feeds: dict[str, IO[str]] = field(default_factory=dict)
    columns: dict[str, dict[str, None]] = field(default_factory=dict)
    planted: list[dict[str, Any]] = field(default_factory=list)
    told: int = 0

    def open_truth(self) -> None:
        self.people = self._table("people.csv", list(Truth.__dataclass_fields__))
        self.incidents = self._table("incidents.csv", ["agency", "system", "reference", "incident"])

    def take(self, batch: Batch) -> None:
        """Everything told in a batch, in the order in which it was reported, and the truth of it."""
        self.people.writerows(asdict(one).values() for one in batch.registers.forget())
        self.incidents.writerows(batch.incidents)
        self.planted += batch.planted
        for _, envelope in sorted(batch.told, key=_when_and_whose):
            self.send(envelope)

    def _table(self, name: str, columns: list[str]) -> Any:
        stream = self.files.enter_context((self.folder / "truth" / name).open("w", encoding="utf-8", newline=""))
        rows = csv.writer(stream, lineterminator="\n")
        rows.writerow(columns)
        return rows

    def send(self, envelope: dict[str, Any]) -> None:
        agency = envelope["source"]["agency"]
        if agency not in self.feeds:
            path = _feed(self.folder, agency)
            self.feeds[agency] = self.files.enter_context(path.open("w", encoding="utf-8", newline="\n"))
        if agency in AS_TABLES:
            self.columns.setdefault(agency, {}).update(dict.fromkeys(flatten(envelope)))
        self.feeds[agency].write(json.dumps(envelope, ensure_ascii=False, separators=(",", ":")) + "\n")
        self.told += 1


def _feed(folder: Path, agency: str) -> Path:
    return folder / f"{agency}.ndjson"


def write_city(
    folder: Path,
    *,
    until: date,
    children: int = 400,
    seed: int = 1,
    days: int = 365,
    progress: Callable[[int], object] = lambda written: None,
) -> CityFiles:
    """The same arguments write the same bytes. `progress` hears how many children are written.

    Raises ValueError for fewer than 20 children or 30 days: the stories need that much room.
    """
    if children < FEWEST or days < 30:
        raise ValueError(f"The city needs at least {FEWEST} children and 30 days.")
    city, period = the_city(), Period(until, days)
    (folder / "truth").mkdir(parents=True, exist_ok=True)
    with ExitStack() as files:
        desk, written = _Desk(folder, files), 0
        desk.open_truth()
        for batch in _batches(city, period, children=children, seed=seed):
            _tell_of(batch)
            desk.take(batch)
            written += len(batch.children)
            progress(written)
    return _finish(desk, city, children)


def _when_and_whose(told: tuple[Any, dict[str, Any]]) -> tuple[Any, str, str]:
    when, envelope = told
    return when, envelope["source"]["agency"], envelope["source"]["reference"]


def _batches(city: City, period: Period, *, children: int, seed: int) -> Iterator[Batch]:
    everyone = families(city, children=children, seed=seed, today=period.until)
    registers, number = Registers(seed), 0
    while some := list(islice(everyone, BATCH)):
        if number == 0:
            some = practice_studies.as_studies(some, city, period.until)
        batch = Batch(number, city, period, registers, some, random.Random(f"{seed} batch {number}"))
        if number == 0:
            batch.told_apart = frozenset(family.key for family in some[:2])
        yield batch
        number += 1


def _tell_of(batch: Batch) -> None:
    told_apart = planting.tell_of_the_planted(batch)
    for child in batch.children:
        if child.key not in told_apart:
            live(batch, child)
    what_places_tell(batch)
    if batch.number % 10 == 0:
        last_evening(batch)
    if batch.number == 0:
        planting.seen_long_ago(batch)


def _finish(desk: _Desk, city: City, children: int) -> CityFiles:
    folder = desk.folder
    feeds = [
        _as_table(folder, agency, list(desk.columns[agency])) if agency in AS_TABLES else _feed(folder, agency)
        for agency in sorted(desk.feeds)
    ]
    areas, schools = folder / "areas.geojson", folder / "schools.csv"
    areas.write_text(json.dumps(city.outlines(), ensure_ascii=False, separators=(",", ":")) + "\n", "utf-8")
    _write_schools(schools, city)
    truth = folder / "truth"
    (truth / "planted.json").write_text(json.dumps(desk.planted, ensure_ascii=False, indent=1) + "\n", "utf-8")
    return CityFiles(folder, areas, schools, tuple(feeds), truth, children, desk.told)


def _as_table(folder: Path, agency: str, columns: list[str]) -> Path:
    """The agency's lines again as a table, one column for each field that any of them has."""
    lines, table = _feed(folder, agency), folder / f"{agency}.csv"
    ordered = list(dict.fromkeys(chain(FIRST_COLUMNS, sorted(columns))))
    with lines.open(encoding="utf-8") as told, table.open("w", encoding="utf-8", newline="") as out:
        rows = csv.DictWriter(out, ordered, lineterminator="\n", restval="")
        rows.writeheader()
        rows.writerows(flatten(json.loads(line)) for line in told)
    lines.unlink()
    return table


def _write_schools(path: Path, city: City) -> None:
    """The schools as the national register lists them, in its encoding."""
    columns = ["URN", "LA (code)", "LA (name)", "EstablishmentNumber", "EstablishmentName"]
    columns += ["TypeOfEstablishment (name)", "EstablishmentStatus (name)", "PhaseOfEducation (name)"]
    columns += ["StatutoryLowAge", "StatutoryHighAge", "Town", "Postcode"]
    with path.open("w", encoding="cp1252", newline="") as out:
        rows = csv.writer(out, lineterminator="\n")
        rows.writerow(columns)
        for number, school in enumerate(city.schools):
            kind = "Pupil referral unit" if school.phase == "alternative" else "Community school"
            low, high = PHASE_AGES[school.phase]
            row = [school.urn, LA_CODE, "Leeds", 4900 + number, school.name, kind, "Open"]
            rows.writerow([*row, PHASE_NAMES[school.phase], low, high, "Leeds", school.spot.postcode])
