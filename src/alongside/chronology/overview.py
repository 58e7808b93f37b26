"""What a child's first page shows below the banner."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import mark_safe

from alongside.agencies.models import Agency
from alongside.ledger.models import LedgerEvent
from alongside.people.models import Standing
from alongside.web.picture_map import Pin, picture_map

from . import queries
from .banner import numbers_of
from .guard import Look
from .models import ChronologyEntry
from .strip import Mark, Strip, shape_of, strip_of
from .strip_marks import LEGEND, picture_of
from .telling import group_of, items_of

LATEST, LOOKED = 5, 5
# Enough for a year of a child in the middle of much; the timeline has the rest.
ON_THE_STRIP = 400
PERIODS = {"6": ("6 months", 183), "12": ("1 year", 366), "all": ("all", 0)}


@dataclass(frozen=True)
class Where:
    """A place with its number in the list and, where it is known, on the map."""

    number: int
    label: str
    latitude: float | None
    longitude: float | None


def marks_of(entries: Sequence[ChronologyEntry]) -> list[Mark]:
    """The marks of entries that stand, one for each account."""
    found = {
        (one.contribution_id, one.agency_id): Mark(
            timezone.localtime(one.occurred_at).date(),
            one.agency.name,
            one.agency.short_name,
            shape_of(group_of(one.kind)),
            one.incident,
        )
        for one in entries
        if not one.withdrawn and one.handling != "restricted"
    }
    return list(found.values())


def strip_context(entries: Sequence[ChronologyEntry], *, period: str, today: date) -> dict[str, Any]:
    """The event strip of a period, the words for its marks, and the other periods."""
    period = period if period in PERIODS else "6"
    days = PERIODS[period][1]
    marks = marks_of(entries)
    oldest = min((mark.day for mark in marks), default=today)
    first = today - timedelta(days=days) if days else min(oldest, today - timedelta(days=60))
    strip = strip_of(marks, first=first, today=today)
    since = [one for one in entries if timezone.localtime(one.occurred_at).date() >= first]
    return {
        "strip": safe_strip(strip) if strip else None,
        "strip_items": items_of(one for one in since if one.handling != "restricted" and not one.withdrawn),
        "legend": [(mark_safe(picture_of(shape)), words) for shape, words in LEGEND],  # noqa: S308 - ours
        "period": PERIODS[period][0],
        "periods": [(key, words) for key, (words, _) in PERIODS.items() if key != period],
    }


def safe_strip(strip: Strip) -> dict[str, Any]:
    """Our own drawing, in which every word of others is escaped."""
    return {
        "wide": mark_safe(strip.wide),  # noqa: S308
        "tall": [mark_safe(one) for one in strip.tall],  # noqa: S308
        "sentence": strip.sentence,
    }


def where_of(look: Look) -> list[Where]:
    """Where things happened, numbered from the most recent."""
    found = queries.places_of(viewer=look.viewer, person=look.person, at=look.at)
    return [
        Where(number, place_label(one["place"], one["times"]), one["latitude"], one["longitude"])
        for number, one in enumerate(found, start=1)
    ]


def place_label(place: str, times: int) -> str:
    return place if times == 1 else f"{place} ({times} times)"


def map_context(look: Look) -> dict[str, Any]:
    """The list of places, and its picture for paper."""
    where = where_of(look)
    pins = [Pin(one.longitude, one.latitude, one.number) for one in where if one.latitude is not None]
    picture = picture_map([], pins, title="Where things happened", description="The list names the places.")
    return {
        "places": where,
        "places_url": reverse("child_places", args=[look.person.reference]) if pins else "",
        "picture": mark_safe(picture) if pins else "",  # noqa: S308 - our own drawing
    }


def callable_of(standing: Standing) -> dict[str, Any]:
    """One of those involved: who, what they do, since when, and the number to call."""
    team, agency = standing.team, standing.agency
    worker = standing.worker or (standing.practitioner.name if standing.practitioner else "")
    own = standing.practitioner.phone if standing.practitioner else ""
    phone = standing.phone or own or (team.phone if team else "") or agency.phone
    does = f"{standing.role}, {agency.short_name}" if worker else agency.short_name
    return {"name": worker or standing.role, "does": does, "since": standing.since, "phone": phone}


def involved_of(look: Look) -> list[dict[str, Any]]:
    return [callable_of(standing) for standing in look.involved]


@dataclass(frozen=True)
class Looked:
    """One line of who looked, with the agency by its short name."""

    who: str
    agency: str
    at: datetime
    what: str
    purpose: str


def agency_names() -> dict[str, str]:
    return dict(Agency.objects.values_list("slug", "short_name"))


def looked_in_words(lines: Sequence[LedgerEvent]) -> list[Looked]:
    """Lines of the ledger as the page says them."""
    names = agency_names()
    return [
        Looked(line.actor_name or line.actor, names.get(line.agency, ""), line.at, line.what, line.purpose)
        for line in lines
    ]


def overview_context(look: Look, banner: dict[str, Any], *, period: str) -> dict[str, Any]:
    """Everything between the banner and the foot of a child's first page."""
    entries = list(queries.entries_of(look.person, viewer=look.viewer, at=look.at)[:ON_THE_STRIP])
    return {
        **banner,
        **strip_context(entries, period=period, today=banner["today"]),
        **map_context(look),
        "involved": involved_of(look),
        "latest": items_of(entries)[:LATEST],
        "has_more": len(entries) > LATEST,
        "numbers": numbers_of(banner["records"]),
        "looked": looked_in_words(queries.who_looked(look.person, limit=LOOKED)),
    }
