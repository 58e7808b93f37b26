"""What a child said, in their own words: kept with the child who said it."""

from typing import Any

from .kinds import kinds

Fact = tuple[str, str]


def voice_label(kind: str) -> str:
    """How this kind asks for a child's own words."""
    known = kinds().get(kind)
    asked = (field.label for field in known.fields if field.childs_words) if known else iter(())
    return next(asked, "In their own words")


def voice_of(contribution: Any, record: str) -> list[Fact]:
    """What the person told of under that record said: of one who said nothing, or of another child, nothing."""
    for number, person in enumerate(contribution.told.get("people", []), start=1):
        known_as = person.get("reference") or f"{contribution.reference}#{number}"
        if known_as == record and person.get("childs_words"):
            return [(voice_label(contribution.kind), person["childs_words"])]
    return []
