"""A released pack on paper: an accessible PDF (PDF/UA-1), marked and numbered on each page."""

import json
from importlib.resources import files
from typing import Any

from alongside.web.paper import set_in_type

TEMPLATE = files("alongside.access_requests") / "templates" / "access_requests" / "pack.typ"


def as_pdf(pack: dict[str, Any]) -> bytes:
    """The letter, then each thing that went out; made of the pack as it was kept, so it holds no word that was cut."""
    return set_in_type(TEMPLATE.read_bytes(), {"pack": json.dumps(pack)})
