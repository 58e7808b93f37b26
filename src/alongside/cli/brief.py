"""`alongside brief`: the morning briefing as text, JSON or an accessible PDF."""

import sys
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from alongside.cli.environment import with_tables
from alongside.cli.people import AsOption, practitioner


class Format(StrEnum):
    TEXT = "text"
    JSON = "json"
    PDF = "pdf"


def add_to(app: typer.Typer) -> None:
    app.command("brief")(brief)


def brief(
    date: Annotated[datetime | None, typer.Option(help="The morning of the meeting; today if not said.")] = None,
    form: Annotated[Format, typer.Option("--format", help="What to make.")] = Format.TEXT,
    reader: AsOption = "ellen",
    out: Annotated[Path | None, typer.Option(help="Write here instead of to the terminal.")] = None,
) -> None:
    """Make the morning briefing, seen with one practitioner's eyes; their reading of it is on record."""
    with_tables()
    from django.utils import timezone

    from alongside.meetings.queries import briefing

    now = timezone.now()
    viewer = practitioner(reader)
    on = date.date() if date else timezone.localdate()
    made = rendered(form, briefing(viewer=viewer, on=on, at=now, form=form.value), printed_by=viewer.name, at=now)
    if out:
        out.write_bytes(made)
    else:
        sys.stdout.buffer.write(made)


def rendered(form: Format, made: object, *, printed_by: str, at: datetime) -> bytes:
    """The briefing in this form, as bytes."""
    from alongside.meetings import rendering
    from alongside.meetings.pdf import as_pdf

    if form is Format.PDF:
        return as_pdf(made, printed_by=printed_by, at=at)
    write = rendering.as_json if form is Format.JSON else rendering.as_text
    return write(made, printed_by=printed_by, at=at).encode() + b"\n"
