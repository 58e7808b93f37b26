"""Who may read what is told: a word, and where it names readers, readers whom we know.

A misspelt name would hide what was told of a child from everybody, and nobody would notice.
"""

import re

from alongside.access.rules import Handling, parse_handling
from alongside.agencies.models import Agency, Practitioner

from .reading import Told

LONGEST = 300
NAME = re.compile(r"[a-z0-9_-]{1,80}")
WORDS = "Use partnership, team, statutory, agencies:<a,b>, police or restricted:<key,key>."


def handling(told: Told, raw: object) -> str:
    """The handling as we keep it, or "" with what is wrong."""
    try:
        word, names = parse_handling(str(raw))
    except ValueError:
        told.wrong("handling", raw, "No handling has this name.", WORDS)
        return ""
    said = f"{word}:{','.join(names)}" if names else str(word)
    if len(said) > LONGEST:
        told.wrong("handling", raw, f"This is longer than {LONGEST} characters.", "Name fewer readers.")
    elif word is Handling.AGENCIES:
        _agencies(told, names)
    elif word is Handling.RESTRICTED:
        _practitioners(told, names)
    return said


def _agencies(told: Told, names: tuple[str, ...]) -> None:
    known = Agency.objects.filter(slug__in=_possible(names)).values_list("slug", flat=True)
    if unknown := sorted({*names} - {*known}):
        every = ", ".join(Agency.objects.order_by("slug").values_list("slug", flat=True))
        told.wrong("handling", ", ".join(unknown), "No partner has this name.", f"Use any of: {every}.")


def _practitioners(told: Told, names: tuple[str, ...]) -> None:
    if not names:
        mend = "Name who may, like restricted:priya, or use another handling."
        told.wrong("handling", "restricted", "This names nobody who may read it.", mend)
        return
    seats = Practitioner.objects.filter(key__in=_possible(names)).values_list("key", "is_active")
    active = dict(seats)
    mend = "Use the keys of people who hold a seat, as `alongside seat list` shows them."
    if unknown := sorted({*names} - {*active}):
        told.wrong("handling", ", ".join(unknown), "Nobody here has this key.", mend)
    elif not any(active.values()):
        told.wrong("handling", ", ".join(names), "Nobody of these still holds a seat.", mend)


def _possible(names: tuple[str, ...]) -> list[str]:
    """Names that can be one: a database refuses to look for others."""
    return [name for name in names if NAME.fullmatch(name)]
