"""The briefing on paper: an accessible PDF (PDF/UA-1), set by typst from data, never from built markup."""

import json
from datetime import datetime
from importlib.resources import files

from alongside.web.context import MARKING
from alongside.web.paper import set_in_type

from .briefing import Briefing
from .picture import described, picture
from .wording import when, worded

TEMPLATE = files("alongside.meetings") / "templates" / "meetings" / "briefing.typ"


def as_pdf(briefing: Briefing, *, printed_by: str, at: datetime) -> bytes:
    """A4, tagged, marked top and bottom, with whose copy it is and the count of pages."""
    said = worded(briefing) | {
        "marking": f"{MARKING} · Personal",
        "copy_for": f"Copy for {printed_by}, {when(at)}. Destroy after the meeting.",
        "map": picture(briefing),
        "map_in_words": described(briefing),
    }
    return set_in_type(TEMPLATE.read_bytes(), {"briefing": json.dumps(said)})
