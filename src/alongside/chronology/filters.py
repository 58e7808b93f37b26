"""What a reader chose of a timeline, in the address and in words."""

from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlencode

from django.http import QueryDict

from .queries import Chosen, Key
from .telling import kind_in_words

Facet = tuple[str, str, str, str, int]


@dataclass(frozen=True)
class Choice:
    """One box: its name in the address, its label, its (value, words) and which is chosen."""

    name: str
    label: str
    options: list[tuple[str, str]]
    chosen: str


def chosen_in(asked: QueryDict) -> Chosen:
    """What the address asks for; a year that is no year is left out."""
    years = tuple(int(year) for year in asked.getlist("year") if year.isascii() and year.isdigit() and len(year) == 4)
    return Chosen(asked.get("agency", ""), asked.get("kind", ""), asked.get("place", ""), years)


def choices_of(facets: list[Facet], chosen: Chosen) -> list[Choice]:
    """The boxes, with only what occurs."""
    agencies = sorted({(agency, name) for agency, name, *_ in facets}, key=lambda one: one[1])
    kinds = sorted((kind, kind_in_words(kind)) for kind in {facet[2] for facet in facets})
    places = sorted((place, place) for place in {facet[3] for facet in facets} if place)
    years = sorted(((str(year), str(year)) for year in {facet[4] for facet in facets}), reverse=True)
    year = str(chosen.years[0]) if chosen.years else ""
    return [
        Choice("agency", "Agency", agencies, chosen.agency),
        Choice("kind", "Kind", kinds, chosen.kind),
        Choice("place", "Place", places, chosen.place),
        Choice("year", "Year", years, year),
    ]


def removable(choices: list[Choice]) -> list[tuple[str, str]]:
    """Each choice in words, with the rest of the address that leaves it out."""
    held = {choice.name: choice.chosen for choice in choices if choice.chosen}
    return [
        (
            f"{choice.label}: {dict(choice.options).get(choice.chosen, choice.chosen)}",
            address_of(held, without=choice.name),
        )
        for choice in choices
        if choice.chosen
    ]


def address_of(held: dict[str, str], *, without: str = "") -> str:
    return "?" + urlencode({name: value for name, value in held.items() if name != without})


def earlier_address(choices: list[Choice], before: Key | None) -> str:
    """The address of the next page: the same choices, from that key on; "" where there is none."""
    if before is None:
        return ""
    held = {choice.name: choice.chosen for choice in choices if choice.chosen}
    return address_of(held | {"before": f"{before[0].isoformat()},{before[1]}"})


def key_in(asked: QueryDict) -> Key | None:
    """The key to begin before; an address that was changed by hand begins at the newest."""
    moment, _, pk = asked.get("before", "").partition(",")
    try:
        when = datetime.fromisoformat(moment)
        return (when, int(pk)) if when.tzinfo else None
    except ValueError:
        return None
