"""`alongside demo`: builds the invented city the first time, and serves it."""

from datetime import date, datetime
from pathlib import Path
from typing import Annotated

import typer

from alongside.cli.environment import with_tables
from alongside.cli.serve import HostOption, PortOption, serve_pages


def add_to(app: typer.Typer) -> None:
    app.command("demo")(demo)


def demo(
    serve: Annotated[bool, typer.Option(help="Serve the pages once the city stands.")] = True,
    children: Annotated[int, typer.Option(help="How many children the city has.", min=20)] = 400,
    seed: Annotated[int, typer.Option(help="The same seed is the same city.")] = 1,
    days: Annotated[int, typer.Option(help="How many days of events.", min=30)] = 365,
    until: Annotated[datetime | None, typer.Option(help="Last day of events; today if not said.")] = None,
    files: Annotated[Path | None, typer.Option(help="Folder for the city's files and the truth.")] = None,
    host: HostOption = "127.0.0.1",
    port: PortOption = 8000,
    workers: Annotated[int, typer.Option(help="Web processes, four threads each.", min=1)] = 2,
) -> None:
    """Build an invented city, the first time, and serve it. No person or place in it is real."""
    with_tables(demo=True)
    from alongside.demo.loading import is_built

    if files is not None or not is_built():
        build(children=children, seed=seed, days=days, until=until.date() if until else None, files=files)
    if serve:
        serve_pages(host, port, workers)


def build(*, children: int, seed: int, days: int, until: date | None, files: Path | None) -> None:
    """Builds the city and says what was taken in."""
    from django.utils import timezone

    from alongside.demo.loading import run_demo

    built = run_demo(
        at=timezone.now(),
        until=until or timezone.localdate(),
        children=children,
        seed=seed,
        days=days,
        files=files,
    )
    totals = built.totals
    typer.echo(f"The city stands: {children:,} children, {built.files.told:,} contributions.")
    if totals["rejected"]:
        typer.echo(f"{totals['rejected']:,} rows were not taken in; see {built.files.folder / 'rejects'}.", err=True)
