"""`alongside`: everything that is done from a terminal, one file a command."""

import sys

import typer

from alongside import __version__
from alongside.cli import (
    backup,
    brief,
    check,
    demo,
    ingest,
    keys,
    ledger,
    link,
    rebuild,
    restore,
    search,
    seat,
    serve,
    state,
    tokens,
    withdraw,
)

NO_ROOM = 507
app = typer.Typer(
    name="alongside",
    help="The shared system of a local safeguarding partnership.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
for command in (demo, serve, ingest, brief, link, search, state, check, withdraw, backup, restore):
    command.add_to(app)
app.add_typer(rebuild.app, name="rebuild")
app.add_typer(check.playbook, name="playbook")
app.add_typer(tokens.app, name="token")
app.add_typer(seat.app, name="seat")
app.add_typer(keys.app, name="keys")
app.add_typer(ledger.app, name="ledger")


def version(wanted: bool) -> None:
    """Says the version and stops."""
    if wanted:
        typer.echo(f"Alongside {__version__}")
        raise typer.Exit


@app.callback()
def every_command(
    show: bool = typer.Option(False, "--version", callback=version, is_eager=True, help="Say the version."),
) -> None:
    """The shared system of a local safeguarding partnership."""


def main() -> None:
    """The `alongside` command; its exit status is the answer to scripts, 2 where playbook, disk or database fail it."""
    from alongside.playbook import BrokenPlaybookError
    from alongside.web.problems import status_for

    try:
        app()
    except BrokenPlaybookError as broken:
        typer.echo(f"The playbook cannot be used. {broken}", err=True)
        sys.exit(2)
    except Exception as failure:
        if status_for(failure) != NO_ROOM:
            raise
        typer.echo(
            "There is no room left on the disk. What was said to be kept is kept, and nothing by halves.", err=True
        )
        typer.echo("Make room, then do the same again.", err=True)
        sys.exit(2)
