"""Builds the demo: seats for the practitioners, the city's files, and the files in through the front door."""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from django.conf import settings
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from alongside.agencies.actions import invite, load_agencies
from alongside.agencies.models import Practitioner
from alongside.connectors.ingest import ingest
from alongside.linkage.relinking import relink_all

from .begun import begin_work
from .build import CityFiles, write_city
from .plan import Plan, begin
from .practitioners import CARDS, Card

DOORKEEPER = "grace"
COLUMNS = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())


@dataclass(frozen=True)
class Demo:
    """What was built: the files, and what was taken in from them."""

    files: CityFiles
    totals: Counter[str]


def is_built() -> bool:
    """True when everybody whom a visitor can be holds a seat."""
    keys = [card.key for card in CARDS]
    return Practitioner.objects.filter(key__in=keys).count() == len(keys)


def seat_practitioners(*, at: datetime, cards: Sequence[Card] = CARDS) -> None:
    """Partners and teams from the playbook, then the people to be. Those who hold a seat keep it."""
    load_agencies(by="demo", at=at)
    seated = set(Practitioner.objects.values_list("key", flat=True))
    for card in cards:
        if card.key not in seated:
            invite(
                key=card.key,
                name=card.name,
                email=card.email,
                agency=card.agency,
                role=card.role,
                team=card.team or None,
                job_title=card.job_title,
                phone=card.phone,
                by="demo",
                at=at,
            )


def run_demo(
    *,
    at: datetime,
    until: date,
    children: int = 400,
    seed: int = 1,
    days: int = 365,
    files: Path | None = None,
    console: Console | None = None,
) -> Demo:
    """Build the city in this database. The last seat comes last: a build that broke off is not `is_built`.

    The files go to `files`, by default a folder of their own under ALONGSIDE_VAR.
    """
    # What is restricted names them, and is taken in only where they are known.
    seat_practitioners(at=at, cards=CARDS[:-1])
    begin(Plan(children, seed, days, until), at=at)
    folder = files or settings.VAR / "demo-city"
    with Progress(*COLUMNS, console=console) as bars:
        written = _inventing(bars, children)
        city = write_city(folder, until=until, children=children, seed=seed, days=days, progress=written)
        totals = _take_in(city, bars, at=at)
    # The files came one agency after another: with all of them in, more can be told of who is who.
    relink_all(by="demo", at=at)
    begin_work(at=at)
    seat_practitioners(at=at)
    return Demo(city, totals)


def _inventing(bars: Progress, children: int) -> Callable[[int], object]:
    """Told how many children are written, moves the bar."""
    writing = bars.add_task("Inventing children", total=children)
    return lambda count: bars.update(writing, completed=count)


def _take_in(city: CityFiles, bars: Progress, *, at: datetime) -> Counter[str]:
    """File by file, each followed to the timeline before the next begins, so that progress is true."""
    taking = bars.add_task("Taking in files", total=len(city.to_ingest))
    totals: Counter[str] = Counter()
    for path in city.to_ingest:
        bars.update(taking, description=f"Taking in {path.name}")
        totals.update(ingest([path], by="demo", at=at, rejects_in=city.folder / "rejects").totals)
        bars.advance(taking)
    return totals
