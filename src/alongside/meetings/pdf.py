"""The briefing on paper: an accessible PDF (PDF/UA-1), set by typst from data, never from built markup."""

import json
from datetime import datetime
from importlib.resources import files

import typst

from alongside.web.context import MARKING

from .briefing import Briefing
from .picture import described, picture
from .wording import when, worded

TEMPLATE = files("alongside.meetings") / "templates" / "meetings" / "briefing.typ"
NO_LETTER = "could not be displayed with font"


def as_pdf(briefing: Briefing, *, printed_by: str, at: datetime) -> bytes:
    """A4, tagged, marked top and bottom, with whose copy it is and the count of pages."""
    said = worded(briefing) | {
        "marking": f"{MARKING} · Personal",
        "copy_for": f"Copy for {printed_by}, {when(at)}. Destroy after the meeting.",
        "map": picture(briefing),
        "map_in_words": described(briefing),
    }
    return set_in_type(TEMPLATE.read_bytes(), {"briefing": json.dumps(said)})


def set_in_type(template: bytes, data: dict[str, str]) -> bytes:
    """A PDF/UA-1. Where no font here has a letter of somebody's name, tagged as well but without that
    standard's promise: the meeting needs its paper at eight."""
    try:
        return typst.compile(template, sys_inputs=data, format="pdf", pdf_standards=["ua-1"])
    except typst.TypstError as problem:
        if NO_LETTER not in str(problem):
            raise
        return typst.compile(template, sys_inputs=data, format="pdf")
