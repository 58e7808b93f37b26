"""Paper that was made, and what the button that says that its holder was told sends with it."""

import re
from datetime import datetime

from django.http import HttpResponse

from alongside.sharing.models import ShareDecision
from alongside.sharing.queries import PAPER
from alongside.sharing.received import write_down

SHOWN = re.compile(r'name="shown" value="([^"]*)"')


def marks_on(page: HttpResponse) -> dict[str, list[str]]:
    return {"shown": SHOWN.findall(page.content.decode())}


def on_paper(made: ShareDecision, *, at: datetime) -> ShareDecision:
    """What was given, once its giver printed it."""
    write_down(PAPER, made, by=made.by, at=at)
    return made
