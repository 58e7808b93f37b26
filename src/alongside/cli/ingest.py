"""`alongside ingest`: takes in the files that agencies hold."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from alongside.cli.environment import folder_of, with_tables

if TYPE_CHECKING:
    from alongside.connectors.report import Report

# A file with a thousand different mistakes still fits on a screen; the report has them all.
MOST_SAID = 10


def add_to(app: typer.Typer) -> None:
    app.command("ingest")(ingest)


def ingest(
    paths: Annotated[list[Path], typer.Argument(help="Files to take in; what they are is seen from what is in them.")],
    report: Annotated[Path | None, typer.Option(help="Write the whole report here, as JSON.")] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Look, and keep nothing.")] = False,
) -> None:
    """Take files in. Exit status 0: all in; 1: some rows were not taken in; 2: nothing usable."""
    beside = folder_of(report) if report else None
    with_tables()
    from django.utils import timezone

    from alongside.agencies.actions import load_agencies
    from alongside.connectors.report import exit_status

    load_agencies(by="alongside ingest", at=timezone.now())
    made = take_in(paths, dry_run=dry_run, rejects_in=None if dry_run else beside)
    if report:
        made.write(report)
    say(made)
    raise typer.Exit(exit_status(made))


def take_in(paths: list[Path], *, dry_run: bool, rejects_in: Path | None) -> "Report":
    """With a bar that tells rate and rows for as long as it takes."""
    from django.utils import timezone
    from rich.console import Console
    from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

    from alongside.connectors import ingest as files
    from alongside.connectors.report import FileReport
    from alongside.connectors.tasks import look_at_growth

    columns = (SpinnerColumn(), TextColumn("{task.description}"), TimeElapsedColumn())
    with Progress(*columns, console=Console(stderr=True)) as bars:
        task = bars.add_task("Reading", total=None)

        def progress(file: FileReport, rows: int) -> None:
            rate = rows / max(bars.tasks[0].elapsed or 0, 0.001)
            bars.update(task, description=f"{Path(file.path).name}: {rows:,} rows, {rate:,.0f} a second")

        made = files.ingest(
            paths, by="alongside ingest", at=timezone.now(), dry_run=dry_run, progress=progress, rejects_in=rejects_in
        )
    if not dry_run:
        look_at_growth(made.rows)
    return made


def say(made: "Report") -> None:
    """One line a file, then the reasons, most frequent first."""
    for file in made.files:
        counts = ", ".join(f"{count:,} {name}" for name, count in file.counts.items() if count) or "nothing taken in"
        typer.echo(f"{file.path}  [{file.format or 'not recognised'}]  {counts}")
        left_out = sorted(file.in_short().items(), key=lambda one: (-one[1], one[0]))
        for reason, count in left_out[:MOST_SAID]:
            typer.echo(f"    left out: {reason} ({count:,})")
        if len(left_out) > MOST_SAID:
            typer.echo(
                f"    and {len(left_out) - MOST_SAID:,} more reasons to leave something out; --report has them all"
            )
        for group in file.groups()[:MOST_SAID]:
            typer.echo(f"    {group['count']:,}: {in_words(group['example'])}")
        if file.rejects:
            typer.echo(f"    rows to mend and feed back: {file.rejects}")


def in_words(error: dict[str, Any]) -> str:
    """What is wrong, the first place where it is, and how to mend it; what is wrong with a whole file has no row."""
    row, field, value = error["row"], error["field"], error["value"]
    row_and_field = f"row {row}, {field}" if field else f"row {row}"
    where = f" ({row_and_field}: {value!r})" if row else ""
    return f"{error['rule']}{where} {error['mend']}"
