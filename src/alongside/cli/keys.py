"""`alongside keys …`: keys of backups and of identifiers at rest."""

import typer

from alongside.shared.keys import made

app = typer.Typer(help="Keys that seal backups and identifiers.", no_args_is_help=True)


@app.callback()
def every_key() -> None:
    """Keys that seal backups and identifiers."""


@app.command("make")
def make() -> None:
    """Make a new key. Keep it where other secrets are, apart from what it seals."""
    typer.echo(made())
