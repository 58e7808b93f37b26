"""`alongside demo`: builds the invented city the first time, and serves it."""

import os
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from alongside.cli.environment import with_tables
from alongside.cli.serve import HostOption, PortOption, serve_pages

if TYPE_CHECKING:
    from alongside.demo.plan import Plan


def add_to(app: typer.Typer) -> None:
    app.command("demo")(demo)


def demo(
    serve: Annotated[bool, typer.Option(help="Serve the pages once the city stands.")] = True,
    children: Annotated[int | None, typer.Option(help="How many children the city has; 400.", min=20)] = None,
    seed: Annotated[int | None, typer.Option(help="The same seed and last day are the same city; 1.")] = None,
    days: Annotated[int | None, typer.Option(help="How many days of events; 365.", min=30)] = None,
    until: Annotated[
        datetime | None,
        typer.Option(formats=["%Y-%m-%d"], help="Last day of events; the last morning, when built."),
    ] = None,
    files: Annotated[Path | None, typer.Option(help="Folder for the city's files and the truth.")] = None,
    host: HostOption = "127.0.0.1",
    port: PortOption = 8000,
    workers: Annotated[int, typer.Option(help="Web processes, four threads each.", min=1)] = 2,
) -> None:
    """Build an invented city, the first time, and serve it. No person or place in it is real.

    Exit status 2: the database holds another city, or other work.
    """
    # Where the messages in its outbox lead.
    os.environ.setdefault("ALONGSIDE_ADDRESS", f"http://{host}:{port}")
    with_tables(demo=True)
    from alongside.demo.loading import is_built

    plan = planned(children=children, seed=seed, days=days, until=until.date() if until else None)
    if files is not None or not is_built():
        build(plan, files)
    say_how_old(plan)
    if serve:
        serve_pages(host, port, workers)


def planned(**asked: int | date | None) -> "Plan":
    """The city to build or to keep; exit status 2, in words, where it would mix with something else."""
    from django.utils import timezone

    from alongside.demo.plan import AnotherCityError, Plan, agreed
    from alongside.demo.telling import last_morning

    try:
        return agreed(asked, otherwise=Plan(children=400, seed=1, days=365, until=last_morning(timezone.localtime())))
    except AnotherCityError as another:
        typer.echo(str(another), err=True)
        raise typer.Exit(2) from None


def say_how_old(plan: "Plan") -> None:
    """A city that was built days ago has no last night: its morning briefing is empty, and why would not be clear."""
    from django.utils import timezone

    from alongside.demo.telling import last_morning
    from alongside.web.dates import day_and_year

    if plan.until < last_morning(timezone.localtime()) - timedelta(days=2):
        typer.echo(
            f"Nothing happens in this city after {day_and_year(plan.until)}: look at the briefing of that day, "
            "or build a new city in an empty folder (ALONGSIDE_VAR)."
        )


def build(plan: "Plan", files: Path | None) -> None:
    """Builds the city and says what was taken in."""
    from dataclasses import asdict

    from django.utils import timezone
    from rich.console import Console

    from alongside.demo.loading import run_demo

    built = run_demo(at=timezone.now(), files=files, console=Console(stderr=True), **asdict(plan))
    totals = built.totals
    typer.echo(f"The city stands: {plan.children:,} children, {built.files.told:,} contributions.")
    if totals["rejected"]:
        typer.echo(f"{totals['rejected']:,} rows were not taken in; see {built.files.folder / 'rejects'}.", err=True)
