"""`alongside link`: looks at every record again and says what moved."""

import typer

from alongside.cli.environment import with_tables


def add_to(app: typer.Typer) -> None:
    app.command("link")(link)


def link() -> None:
    """Link every agency record again, and explain what moved. What a person decided stays decided."""
    with_tables()
    from django.utils import timezone

    from alongside.linkage.relinking import relink_all

    for line in relink_all(by="alongside link", at=timezone.now()).lines or ["Nothing moved."]:
        typer.echo(line)
