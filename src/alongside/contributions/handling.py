"""Who may read what is told: a word, and where it names readers, readers whom we know.

A misspelt name would hide what was told of a child from everybody, and nobody would notice.
"""

import re
from collections.abc import Iterable
from functools import cached_property

from alongside.access.rules import Handling, parse_handling
from alongside.agencies.models import Agency, Practitioner

from .kinds import kinds
from .reading import Told

LONGEST = 300
NAME = re.compile(r"[a-z0-9_-]{1,80}")
WORDS = "Use partnership, team, statutory, agencies:<a,b>, police or restricted:<key,key>."


class Readers:
    """Whom the handlings of some envelopes may name: the database is asked once, and only where they name somebody."""

    def __init__(self, raws: Iterable[object]) -> None:
        self.raws = raws

    @cached_property
    def agencies(self) -> frozenset[str]:
        """Every partner."""
        return frozenset(Agency.objects.values_list("slug", flat=True))

    @cached_property
    def seats(self) -> dict[str, bool]:
        """Of the keys that are named those that are somebody's, each with whether they hold a seat still."""
        said = {str(raw.get("handling") or "") for raw in self.raws if isinstance(raw, dict)}
        said |= {kind.default_handling for kind in kinds().values()}
        keys = {name for text in said for name in _named(text) if NAME.fullmatch(name)}
        found = Practitioner.objects.only("key", "is_active").in_bulk(keys, field_name="key")
        return {key: one.is_active for key, one in found.items()}


def _named(text: str) -> tuple[str, ...]:
    """The practitioners that a handling names; nobody where it is none."""
    try:
        word, names = parse_handling(text)
    except ValueError:
        return ()
    return names if word is Handling.RESTRICTED else ()


def handling(told: Told, raw: object, readers: Readers) -> str:
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
        _agencies(told, names, readers)
    elif word is Handling.RESTRICTED:
        _practitioners(told, names, readers)
    return said


def _agencies(told: Told, names: tuple[str, ...], readers: Readers) -> None:
    if unknown := sorted({*names} - readers.agencies):
        every = ", ".join(sorted(readers.agencies))
        told.wrong("handling", ", ".join(unknown), "No partner has this name.", f"Use any of: {every}.")


def _practitioners(told: Told, names: tuple[str, ...], readers: Readers) -> None:
    if not names:
        mend = "Name who may, like restricted:priya, or use another handling."
        told.wrong("handling", "restricted", "This names nobody who may read it.", mend)
        return
    mend = "Use the keys of people who hold a seat, as `alongside seat list` shows them."
    if unknown := sorted({*names} - readers.seats.keys()):
        told.wrong("handling", ", ".join(unknown), "Nobody here has this key.", mend)
    elif not any(readers.seats[name] for name in names):
        told.wrong("handling", ", ".join(names), "Nobody of these still holds a seat.", mend)
