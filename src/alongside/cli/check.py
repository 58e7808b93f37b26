"""`alongside check` and `alongside playbook check`: what is unsafe or mistaken, in words, before it harms."""

import io
from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated

import typer

from alongside.cli.environment import awake

if TYPE_CHECKING:
    from alongside.config.refusal import Refusal

playbook = typer.Typer(help="The partnership’s own facts.", no_args_is_help=True)


def add_to(app: typer.Typer) -> None:
    app.command("check")(check)


def say(reasons: Sequence["Refusal"]) -> None:
    """Each reason on its line, how to mend it under it."""
    for refusal in reasons:
        typer.echo(f"- {refusal.reason}\n  {refusal.mend}", err=True)


def complaints_of_django() -> str:
    """What Django's own checks say, or ""."""
    from django.core.management import call_command
    from django.core.management.base import SystemCheckError

    said = io.StringIO()
    try:
        call_command("check", fail_level="ERROR", stdout=said, stderr=said)
    except SystemCheckError as failure:
        return str(failure)
    return ""


def check(host: Annotated[str, typer.Option(help="Address that will be listened on.")] = "127.0.0.1") -> None:
    """Refuse settings that would be unsafe for real children, each with its mend. Exit status 1 if there is any."""
    awake(own_key=False)
    from alongside.config.checks import refused

    reasons = refused(listens_on=host)
    say(reasons)
    complaint = complaints_of_django() if not reasons else ""
    if complaint:
        typer.echo(complaint, err=True)
    if reasons or complaint:
        raise typer.Exit(1)
    typer.echo("Nothing speaks against serving.")


@playbook.command("check")
def check_playbook() -> None:
    """Name file, line and mend for every mistake in the playbook. Exit status 1 if there is any."""
    awake()
    from django.conf import settings

    from alongside import playbook as book

    mistakes = book.check(settings.PLAYBOOK)
    for mistake in [*mistakes, *book.unread(settings.PLAYBOOK)]:
        typer.echo(str(mistake), err=True)
    if mistakes:
        raise typer.Exit(1)
    files = len(list(settings.PLAYBOOK.rglob("*.toml")))
    typer.echo(f"{settings.PLAYBOOK.name}: {files} files, nothing to mend.")
