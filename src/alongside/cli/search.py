"""`alongside search`: finds a child as one practitioner may; the ledger has the lines that the page would leave."""

from typing import Annotated

import typer

from alongside.cli.environment import with_tables
from alongside.cli.people import AsOption, practitioner


def add_to(app: typer.Typer) -> None:
    app.command("search")(search)


def search(
    text: Annotated[str, typer.Argument(help="Name, nickname, number, reference, or part of a date.")],
    reader: AsOption,
) -> None:
    """Find a child by name, however spelt, by number or by part of a date. Exit status 1: no one matches."""
    with_tables()
    from django.utils import timezone

    from alongside.access.permissions import Permission
    from alongside.chronology.find_views import write_down
    from alongside.chronology.finding import find_children

    viewer, at = practitioner(reader, Permission.FIND_CHILDREN), timezone.now()
    found = find_children(text, viewer=viewer, at=at)
    write_down(found, asked=text, by=viewer, at=at)
    for match in found:
        person = match.person
        why = ", ".join(match.why)
        typer.echo(f"{person.reference}  {person.full_name}  {person.date_of_birth}  {why}")
    if not found:
        typer.echo("No one matches that we may show you.", err=True)
        raise typer.Exit(1)
