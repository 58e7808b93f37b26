"""`alongside rebuild …`: makes again what can be made again from what was told."""

import typer

from alongside.cli.environment import with_tables

app = typer.Typer(help="Make again what can be made from what was told.", no_args_is_help=True)


@app.callback()
def every_rebuild() -> None:
    """Make again what can be made from what was told."""


@app.command("chronology")
def chronology() -> None:
    """Make every timeline again from the contributions; nothing that was told changes."""
    with_tables()
    from django.utils import timezone

    from alongside.chronology.actions import rebuild

    typer.echo(f"{rebuild(at=timezone.now())} entries on the timelines.")
