"""What a child's first page shows below the banner."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.safestring import mark_safe

from alongside.access.permissions import Permission
from alongside.agencies.models import Agency
from alongside.ledger.models import LedgerEvent
from alongside.ledger.sentences import look_in_words
from alongside.people.models import Standing
from alongside.places.queries import Land, land_near
from alongside.web.picture_map import Pin, picture_map

from . import queries
from .banner import numbers_of
from .guard import Look
from .latest import MOST, Where, latest_of, owed_to, places_of
from .seen import last_seen
from .telling import items_of
from .timeline_facts import timeline_facts
from .together import next_of, strip_context, with_owed
from .waits import waiting_of, with_waits

LATEST, LOOKED = 5, 5


def on_the_map(look: Look) -> list[Where]:
    """Those of the places that are known to a point."""
    return [one for one in places_of(latest_of(look, all_agencies()).entries) if one.latitude is not None]


def map_context(look: Look, where: list[Where], *, for_paper: bool) -> dict[str, Any]:
    """The list of places, and its picture for paper; the land around them only where it will be printed.
    One place is said in the list: a pin alone in a field shows nothing."""
    pins = [Pin(one.longitude, one.latitude, one.number) for one in where if one.latitude is not None]
    land = land_near((pin.longitude, pin.latitude) for pin in pins) if for_paper and len(pins) > 1 else Land()
    said = {"title": "Where things happened", "description": "The list names the places."}
    picture = picture_map(land.outlines, pins, **said, named=land.named)
    return {
        "places": where,
        "places_url": reverse("child_places", args=[look.person.reference]) if len(pins) > 1 else "",
        "picture": mark_safe(picture) if len(pins) > 1 else "",  # noqa: S308 - our own drawing
    }


def callable_of(standing: Standing) -> dict[str, Any]:
    """One of those involved: who, what they do, since when, and the number to call."""
    team, agency = standing.team, standing.agency
    worker = standing.worker or (standing.practitioner.name if standing.practitioner else "")
    own = standing.practitioner.phone if standing.practitioner else ""
    phone = standing.phone or own or (team.phone if team else "") or agency.phone
    name, *does = dict.fromkeys(part for part in (worker, standing.role, agency.short_name) if part)
    return {
        "name": name,
        "does": ", ".join(does),
        "since": standing.since if standing.says_since else None,
        "phone": phone,
    }


def involved_of(look: Look) -> list[dict[str, Any]]:
    """Each person or service once, with all that they do, since the first of it, however many times we were told."""
    found: dict[tuple[str, str], dict[str, Any]] = {}
    for one in map(callable_of, look.involved):
        same = found.setdefault((one["name"], one["phone"]), one)
        same["does"] = "; ".join(dict.fromkeys(does for does in (same["does"], one["does"]) if does))
        same["since"] = min((since for since in (same["since"], one["since"]) if since), default=None)
    return list(found.values())


@dataclass(frozen=True)
class Looked:
    """One line of who looked, with the agency by its short name."""

    who: str
    agency: str
    at: datetime
    what: str
    purpose: str


def all_agencies() -> dict[str, Agency]:
    return Agency.objects.in_bulk()


def looked_in_words(lines: Sequence[LedgerEvent], agencies: Mapping[str, Agency]) -> list[Looked]:
    """Lines of the ledger as the page says them."""
    names = {slug: agency.short_name for slug, agency in agencies.items()}
    return [
        Looked(
            line.actor_name or line.actor,
            names.get(line.agency, ""),
            line.at,
            *look_in_words(line, about="this child"),
        )
        for line in lines
    ]


def overview_context(look: Look, banner: dict[str, Any], *, period: str, for_paper: bool) -> dict[str, Any]:
    """Everything between the banner and the foot of a child's first page."""
    agencies = queries.agencies_and_sights(**look.asks)
    latest = latest_of(look, agencies)
    entries, debts, waits = latest.entries, owed_to(look, agencies), banner["waits"]
    sights = [(one.short_name, one.last_sight) for one in agencies.values()]
    return {
        **banner,
        **strip_context(latest, debts, agencies, period=period, today=banner["today"], waits=waits),
        "waiting": waiting_of(waits, today=banner["today"]),
        "seen": last_seen(sights, at=look.at, worth_saying=timeline_facts().seen.days),
        **map_context(look, places_of(entries), for_paper=for_paper),
        "most": MOST,
        "since": latest.since,
        "involved": involved_of(look),
        "to_confirm": look.to_confirm,
        "may_confirm": look.viewer.may(Permission.FRONT_DOOR),
        "latest": with_waits(with_owed(items_of(entries)[:LATEST], debts, agencies), waits, today=banner["today"]),
        "next": next_of(debts, agencies, viewer=look.viewer, at=look.at),
        "has_more": len(entries) > LATEST,
        "numbers": numbers_of(banner["records"]),
        "looked": looked_in_words(queries.who_looked(look.person, at=look.at, limit=LOOKED)[0], agencies),
    }
