"""What a reader chose of a timeline, in the address and in words."""

from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlencode

from django.http import QueryDict
from django.utils import timezone

from alongside.web.dates import moment

from .queries import Chosen, Facets, Key
from .telling import kind_in_words


@dataclass(frozen=True)
class Choice:
    """One box: its name in the address, its label, its (value, words) and which is chosen."""

    name: str
    label: str
    options: list[tuple[str, str]]
    chosen: str


def moment_in(text: str) -> datetime | None:
    """A moment with its offset, as an address carries it; nothing where it is none."""
    try:
        when = datetime.fromisoformat(text)
    except ValueError:
        return None
    return when if when.tzinfo else None


def chosen_in(asked: QueryDict) -> Chosen:
    """What the address asks for; a year that is no year, or a moment that is none, is left out."""
    years = tuple(int(year) for year in asked.getlist("year") if year.isascii() and year.isdigit() and len(year) == 4)
    return Chosen(
        asked.get("agency", ""), asked.get("kind", ""), asked.get("place", ""), years, moment_in(asked.get("new", ""))
    )


def choices_of(facets: Facets, chosen: Chosen) -> list[Choice]:
    """The boxes, with only what occurs."""
    agencies = sorted(facets.agencies, key=lambda one: one[1])
    kinds = sorted((kind, kind_in_words(kind)) for kind in facets.kinds)
    places = sorted((place, place) for place in facets.places if place)
    years = sorted(((str(year), str(year)) for year in facets.years), reverse=True)
    year = str(chosen.years[0]) if chosen.years else ""
    return [
        Choice("agency", "Agency", agencies, chosen.agency),
        Choice("kind", "Kind", kinds, chosen.kind),
        Choice("place", "Place", places, chosen.place),
        Choice("year", "Year", years, year),
    ]


def held_in(choices: list[Choice], chosen: Chosen) -> dict[str, str]:
    """Everything chosen, as the address says it."""
    held = {choice.name: choice.chosen for choice in choices if choice.chosen}
    return held | ({"new": chosen.since.isoformat()} if chosen.since else {})


def removable(choices: list[Choice], chosen: Chosen) -> list[tuple[str, str]]:
    """Each choice in words, with the rest of the address that leaves it out."""
    held = held_in(choices, chosen)
    words = {
        choice.name: f"{choice.label}: {dict(choice.options).get(choice.chosen, choice.chosen)}"
        for choice in choices
        if choice.chosen
    }
    if chosen.since:
        words["new"] = f"New to me since {moment(timezone.localtime(chosen.since))}"
    return [(said, address_of(held, without=name)) for name, said in words.items()]


def address_of(held: dict[str, str], *, without: str = "") -> str:
    return "?" + urlencode({name: value for name, value in held.items() if name != without})


def earlier_address(held: dict[str, str], before: Key | None) -> str:
    """The address of the next page: with what is held, from that key on; "" where there is none."""
    if before is None:
        return ""
    return address_of(held | {"before": f"{before[0].isoformat()},{before[1]}"})


def key_in(asked: QueryDict) -> Key | None:
    """The key to begin before; an address that was changed by hand begins at the newest."""
    written, _, pk = asked.get("before", "").partition(",")
    when = moment_in(written)
    return (when, int(pk)) if when and pk.isascii() and pk.isdigit() else None
