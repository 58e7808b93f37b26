"""`alongside state`: what the database holds, as JSON."""

import json

import typer

from alongside.cli.environment import with_tables


def add_to(app: typer.Typer) -> None:
    app.command("state")(state)


def state() -> None:
    """Count what the database holds, and hash what it means: equal on both databases for the same files."""
    with_tables()
    from alongside.config.state import state as now

    typer.echo(json.dumps(now(), indent=2))
