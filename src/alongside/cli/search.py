"""`alongside search`: finds a child as one practitioner may."""

from typing import Annotated

import typer

from alongside.cli.environment import with_tables
from alongside.cli.people import AsOption, practitioner


def add_to(app: typer.Typer) -> None:
    app.command("search")(search)


def search(
    text: Annotated[str, typer.Argument(help="Name, nickname, number, or part of a date.")],
    reader: AsOption = "maya",
) -> None:
    """Find a child by name, however spelt, by number or by part of a date."""
    with_tables()
    from django.utils import timezone

    from alongside.linkage.search import find

    found = find(text, viewer=practitioner(reader), at=timezone.now())
    for match in found:
        person = match.person
        typer.echo(f"{person.reference}  {person.full_name}  {person.date_of_birth}  {match.why}")
    if not found:
        typer.echo("No one matches that we may show you.")
        raise typer.Exit(1)
