"""`alongside search`: finds a child as one practitioner may, and leaves a line in the ledger."""

from typing import Annotated

import typer

from alongside.cli.environment import with_tables
from alongside.cli.people import AsOption, practitioner


def add_to(app: typer.Typer) -> None:
    app.command("search")(search)


def search(
    text: Annotated[str, typer.Argument(help="Name, nickname, number, or part of a date.")],
    reader: AsOption,
) -> None:
    """Find a child by name, however spelt, by number or by part of a date. Exit status 1: no one matches."""
    with_tables()
    from django.utils import timezone

    from alongside.access.permissions import Permission
    from alongside.ledger.models import Operation, record
    from alongside.linkage.search import find

    viewer, at = practitioner(reader, Permission.FIND_CHILDREN), timezone.now()
    found = find(text, viewer=viewer, at=at)
    record(Operation.VIEW, "searched", by=viewer, at=at, asked=text, found=[one.person.reference for one in found])
    for match in found:
        person = match.person
        why = ", ".join(match.why)
        typer.echo(f"{person.reference}  {person.full_name}  {person.date_of_birth}  {why}")
    if not found:
        typer.echo("No one matches that we may show you.", err=True)
        raise typer.Exit(1)
