"""The pack as data: a letter that counts what was held back, then each thing that goes out, with what was cut gone."""

from collections.abc import Iterable
from dataclasses import asdict
from typing import Any

from django.utils import timezone

from alongside.web.context import MARKING
from alongside.web.dates import day_and_year, short_moment

from .models import Mark, PackItem, RequestPart
from .rules import TAKEN_OUT, Span, counted, cut
from .sections import Section, answers_about_the_source, sections_of, title_of
from .terms import SOURCE, terms

Reason = tuple[str, str, bool]
# The sections of a record that make its full name.
NAME = ("given_name", "family_name")


def pack_of(part: RequestPart, items: Iterable[PackItem]) -> dict[str, Any]:
    """Everything that leaves, and nothing else. `items` carry the marks that stand (`standing`)."""
    held = list(items)
    going = [one for one in map(_item, held) if one]
    asked = part.request
    return {
        "marking": MARKING,
        "number": part.number,
        "controller": part.agency.name,
        "about": _about(held),
        "asked_by": asked.asked_by,
        "reply_to": asked.reply_to,
        "asked_on": day_and_year(asked.received_on),
        "released_on": day_and_year(timezone.localdate(part.released_at)) if part.released_at else "",
        "edition": asked.edition,
        "letter": [one.model_dump() for one in terms().letter],
        "held_back": [asdict(one) for one in counted(_reasons(held))],
        "items": [{"number": number, **one} for number, one in enumerate(going, start=1)],
    }


def _about(held: Iterable[PackItem]) -> str:
    """The name over the letter, with what is held back of it gone; "" where none goes out. Of several records one whose
    name goes out whole, and never a name from elsewhere: whoever asks may not be meant to learn it."""
    known = [one for one in held if one.contribution is None and not whole_marks(one)]
    names = [" ".join(_section(one, part)["text"] for part in sections_of(one) if part.key in NAME) for one in known]
    return next((name for name in names if name and TAKEN_OUT not in name), names[0] if names else "")


def _item(item: PackItem) -> dict[str, Any]:
    """One thing as it goes out; empty where it is held back whole for a reason that is not named."""
    whole = whole_marks(item)
    told = item.contribution.told_us_at if item.contribution else item.record.told_at
    head = {"title": title_of(item), "told": short_moment(timezone.localtime(told))}
    if whole:
        why = terms().exemption(whole[0].exemption)
        return head | {"held_back": why.says, "sections": []} if why.named else {}
    return head | {"held_back": "", "sections": [_section(item, one) for one in sections_of(item)]}


def whole_marks(item: PackItem) -> list[Mark]:
    """The marks that hold back all of it."""
    return [mark for mark in item.standing if not mark.section]


def _section(item: PackItem, section: Section) -> dict[str, str]:
    spans = [Span(mark.start, mark.end) for mark in item.standing if mark.section == section.key]
    return {"label": section.label, "text": cut(section.text, spans)}


def _reasons(items: Iterable[PackItem]) -> Iterable[Reason]:
    for item in items:
        marks: list[Mark] = item.standing
        whole = whole_marks(item)
        yield from (_reason(mark.exemption) for mark in (whole[:1] or marks))
        yield from (_reason(SOURCE) for _ in range(0 if whole else answers_about_the_source(item)))


def _reason(code: str) -> Reason:
    why = terms().exemption(code)
    return why.says, why.law, why.named
