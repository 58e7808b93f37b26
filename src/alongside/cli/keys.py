"""`alongside keys …`: keys of backups and of identifiers at rest."""

from typing import Annotated

import typer

from alongside.cli.backup import refuse_other_tables
from alongside.cli.environment import awake
from alongside.shared.keys import made

app = typer.Typer(help="Keys that seal backups and identifiers.", no_args_is_help=True)


@app.callback()
def every_key() -> None:
    """Keys that seal backups and identifiers."""


@app.command("make")
def make() -> None:
    """Make a new key. Keep it where other secrets are, apart from what it seals."""
    typer.echo(made())


@app.command("rotate")
def rotate(
    batch: Annotated[int, typer.Option(help="Rows in one transaction.", min=1, max=10_000)] = 500,
) -> None:
    """Seal every child's number again with the first of ALONGSIDE_DATA_KEYS, while the server works.

    Stopped anywhere, it can be run again. When it has run to its end the older keys can go.
    """
    awake()
    from alongside.keeping.rotating import rotate as batches
    from alongside.people.sealing import vault

    refuse_other_tables()
    count = sum(batches(batch=batch))
    typer.echo(f"{count:,} rows sealed with key {vault().newest}; every number is sealed with it now.")


@app.command("index")
def index(
    batch: Annotated[int, typer.Option(help="Records in one transaction.", min=1, max=10_000)] = 500,
) -> None:
    """Make every record found by the keys in ALONGSIDE_SEARCH_KEY, and by no other, while the server works.

    Run it with a new key before the old one, then once more with the new key alone.
    """
    awake()
    from alongside.keeping.rotating import index_again

    refuse_other_tables()
    typer.echo(f"{sum(index_again(batch=batch)):,} records are found by the search keys of today.")
