"""What leaves as a file says how it is to be kept, and its name says nobody's."""

import re
from typing import TypeVar

from django.http.response import HttpResponseBase

from alongside.web.context import MARKING

MARKING_HEADER = "Protective-Marking"
Answer = TypeVar("Answer", bound=HttpResponseBase)
OURS = re.compile(r"[a-z0-9][a-z0-9.-]*")


def marked(answer: Answer, name: str, *, opens: bool = False) -> Answer:
    """The answer under a name that begins with its marking. `name`: made of what we chose, never of what was sent."""
    if not OURS.fullmatch(name):
        raise ValueError("A file's name is of small letters, digits, dots and hyphens of our own.")
    answer.headers[MARKING_HEADER] = MARKING
    how = "inline" if opens else "attachment"
    answer.headers["Content-Disposition"] = f'{how}; filename="{MARKING}-{name}"'
    return answer
