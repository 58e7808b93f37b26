"""`alongside brief`: the morning briefing on the terminal, as data or as paper."""

import sys
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from alongside.cli.environment import folder_of, with_tables
from alongside.cli.people import AsOption, practitioner

if TYPE_CHECKING:
    from alongside.agencies.models import Practitioner


class Form(StrEnum):
    """How a briefing can be told."""

    TEXT = "text"
    JSON = "json"
    PDF = "pdf"


def add_to(app: typer.Typer) -> None:
    app.command("brief")(brief)


def the_chair() -> "Practitioner":
    """Whoever chairs the morning meeting, where that is one person; else exit status 2, asking for --as."""
    from alongside.agencies.models import Practitioner

    chairs = list(Practitioner.objects.select_related("agency").filter(role="meeting_chair", is_active=True)[:2])
    if len(chairs) == 1:
        return chairs[0]
    typer.echo("Say for whom with --as KEY: the briefing shows what they may see.", err=True)
    raise typer.Exit(2)


def brief(
    date: Annotated[datetime | None, typer.Option(formats=["%Y-%m-%d"], help="The morning; today without it.")] = None,
    form: Annotated[Form, typer.Option("--format", help="How to tell it.")] = Form.TEXT,
    who: AsOption = "",
    out: Annotated[Path | None, typer.Option(help="File to write; the terminal without it.")] = None,
) -> None:
    """Tell the morning briefing as one person may see it; without --as, as the meeting's chair may."""
    if out:
        folder_of(out)
    with_tables()
    from django.utils import timezone

    from alongside.access.permissions import Permission
    from alongside.meetings import queries, rendering

    viewer = practitioner(who, Permission.SEE_BRIEFING) if who else the_chair()
    at = timezone.now()
    making = {Form.TEXT: rendering.as_text, Form.JSON: rendering.as_json, Form.PDF: rendering.as_pdf}
    on = date.date() if date else timezone.localdate(at)
    if reason := queries.why_not(viewer=viewer, on=on, at=at):
        typer.echo(reason, err=True)
        raise typer.Exit(2)
    made = queries.briefing(viewer=viewer, on=on, at=at, form=form.value)
    told = making[form](made, printed_by=viewer.name, at=at)
    write(told if isinstance(told, bytes) else told.encode(), out)


def write(told: bytes, out: Path | None) -> None:
    """Into a file that only its owner can read, or onto the terminal."""
    if out is None:
        sys.stdout.buffer.write(told)
        return
    out.touch(mode=0o600)
    out.write_bytes(told)
