"""What was given, on marked paper for a recipient without a seat: an accessible PDF (PDF/UA-1)."""

import json
from datetime import datetime
from importlib.resources import files

from django.utils import timezone

from alongside.web.context import MARKING
from alongside.web.dates import day_and_year, short_moment
from alongside.web.paper import set_in_type

from .bases import terms
from .models import ShareDecision
from .received import GivenEntry

TEMPLATE = files("alongside.sharing") / "templates" / "sharing" / "given.typ"


def as_pdf(one: ShareDecision, entries: list[GivenEntry], *, at: datetime) -> bytes:
    """A4, tagged, marked top and bottom, with whose copy it is, what it may be used for and until when."""
    said = {
        "marking": f"{MARKING} · Personal",
        "about": f"About {one.person.full_name}",
        "for_whom": f"Given to {one.to_outside} by {one.by.name}, {one.by.agency.name}, {when(one.at)}",
        "because": one.because or "The reason is recorded after giving: ask whoever gave it.",
        "bases": [f"{basis.says} ({basis.law})" for basis in terms().named(one.bases)],
        "until": day_and_year(one.expires_on) if one.expires_on else "",
        "words": one.words,
        "entries": [_entry(entry) for entry in entries],
        "copy": f"Copy made {when(at)}, number {one.pk}. Keep it locked; destroy it by the day above.",
    }
    return set_in_type(TEMPLATE.read_bytes(), {"given": json.dumps(said)})


def _entry(entry: GivenEntry) -> dict[str, object]:
    foot = f"Told by {entry.teller}, {when(entry.told)}"
    shown = {"title": entry.title, "happened": entry.happened, "narrative": entry.narrative, "foot": foot}
    return shown | {"facts": entry.facts, "conditions": entry.conditions, "change": entry.change}


def when(moment: datetime) -> str:
    return short_moment(timezone.localtime(moment))
