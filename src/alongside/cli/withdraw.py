"""`alongside withdraw`: takes back what a file or an agency's system told."""

from typing import Annotated

import typer

from alongside.cli.environment import refuse, with_tables

LONGEST_REASON = 300


def add_to(app: typer.Typer) -> None:
    app.command("withdraw")(withdraw)


def withdraw(
    agency: Annotated[str, typer.Argument(help="The agency that told it, like leeds-education.")],
    system: Annotated[str, typer.Argument(help="The system it came from, as the file names it.")],
    reference: Annotated[str, typer.Argument(help="Its reference in that system.")],
    because: Annotated[str, typer.Option(help="Why, in a line; partners see it.")],
) -> None:
    """Take back something told in a file or by the API. Partners see that it was withdrawn, and why."""
    if not because.strip() or len(because) > LONGEST_REASON:
        refuse(f"Say why in a line, {LONGEST_REASON} characters at most.")
    with_tables()
    from django.utils import timezone

    from alongside.connectors.ingest import follow_all
    from alongside.contributions.actions import withdraw as take_back
    from alongside.contributions.queries import sent_by_system

    told = sent_by_system(agency=agency).filter(system=system, reference=reference, is_newest=True).first()
    if told is None:
        refuse(f"{agency} has told nothing from {system} under {reference!r} in a file or by the API.")
    if not told.stands:
        typer.echo(f"{reference} is already withdrawn: {told.withdrawn_because}")
        return
    at = timezone.now()
    take_back(contribution=told, by="alongside withdraw", at=at, because=because.strip())
    follow_all(at=at)
    typer.echo(f"{reference} is withdrawn. Partners see so, and why.")
