"""The canonical envelope: one shape for the API, files and forms (architecture, section 6).

`read` turns what a partner sent into that shape, exactly as meant, or says everything that is wrong with it.
"""

import json
import re
from datetime import UTC, datetime, timedelta
from hashlib import blake2b
from typing import Any

from .envelope_people import people
from .handling import Readers, handling
from .kinds import Kind, kinds
from .moments import EARLIEST, moment
from .reading import Told, number
from .rules import Problem

Envelope = dict[str, Any]

TOP = frozenset({"kind", "source", "occurred_at", "reported_at", "handling", "place", "narrative", "people", "details"})
SOURCE = {"agency": 60, "system": 60, "reference": 120}
NUL = re.compile(r"(?<!\\)(?:\\\\)*\\u0000")


def read(
    raw: object, *, at: datetime, agency: str | None = None, readers: Readers | None = None
) -> tuple[Envelope | None, list[Problem]]:
    """The envelope in its canonical shape and no problems, or None and every problem.

    `agency`: the only agency whose contributions may be told by whoever sends this. `readers`: whom handlings may
    name, from whoever reads many.
    """
    told = Told(at)
    if not isinstance(raw, dict):
        told.wrong("", raw, "One contribution is one JSON object.", "Send { … } for each contribution.")
        return None, told.problems
    kind = kinds().get(str(raw.get("kind", "")))
    if kind is None:
        told.wrong("kind", raw.get("kind", ""), "No kind has this name.", "Use one of: " + ", ".join(kinds()))
        return None, told.problems
    told.unknown("", iter(raw), TOP)
    envelope = _envelope(told, raw, kind, agency, readers or Readers([raw]))
    return (None, told.problems) if told.problems else (envelope, [])


def _envelope(told: Told, raw: Envelope, kind: Kind, agency: str | None, readers: Readers) -> Envelope:
    occurred_at, occurred_to = _occurred(told, raw.get("occurred_at"))
    source = _source(told, raw.get("source"), agency)
    envelope: Envelope = {
        "kind": kind.key,
        "source": source,
        "occurred_at": occurred_at,
        "occurred_to": occurred_to,
        "reported_at": _reported(told, raw.get("reported_at")),
        "handling": handling(told, raw.get("handling") or kind.default_handling, readers),
        "place": _place(told, raw.get("place")),
        "narrative": told.text("narrative", raw.get("narrative")),
        "people": people(told, raw.get("people"), kind),
        "details": _details(told, raw.get("details"), kind, source["agency"]),
    }
    return {name: value for name, value in envelope.items() if value not in ("", None, {}, [])}


def _source(told: Told, raw: object, agency: str | None) -> dict[str, str]:
    given = raw if isinstance(raw, dict) else {}
    source = {}
    for name, most in SOURCE.items():
        source[name] = told.text(f"source.{name}", given.get(name), most=most)
        if not source[name]:
            told.wrong(f"source.{name}", "", "This is missing.", "Say which agency, system and reference it is.")
    told.unknown("source.", iter(given), frozenset(SOURCE))
    if agency is not None and source["agency"] != agency:
        told.wrong("source.agency", source["agency"], "You may tell for your own agency only.", f"Use {agency}.")
    return source


def _occurred(told: Told, raw: object) -> tuple[str, str]:
    try:
        when, precision = moment(raw if isinstance(raw, str) else "")
    except (ValueError, OverflowError):
        mend = "Give the day first as year-month-day, like 2026-03-04T22:15."
        told.wrong("occurred_at", raw or "", "This is no date and time.", mend)
        return "", ""
    if when < EARLIEST:
        told.wrong("occurred_at", raw, "This is before 1990.", "Look at the year; leave out what is really so old.")
    elif when > told.at + timedelta(days=1):
        told.wrong("occurred_at", raw, "This is in the future.", "Look at the year; tell it when it has happened.")
    return when.isoformat(), precision


def _reported(told: Told, raw: object) -> str:
    if not raw:
        return ""
    try:
        when, _ = moment(str(raw))
    except (ValueError, OverflowError):
        told.wrong("reported_at", raw, "This is no date and time.", "Give it like 2026-03-05T01:02.")
        return ""
    if when > told.at + timedelta(days=1):
        told.wrong("reported_at", raw, "This is in the future.", "Give the day on which it was reported.")
    return when.astimezone(UTC).isoformat()


def _coordinate(told: Told, field: str, raw: object, most: float) -> float | None:
    if raw in (None, ""):
        return None
    try:
        value = most + 1 if isinstance(raw, bool) else float(raw)  # type: ignore[arg-type]
    except (TypeError, ValueError, OverflowError):
        value = most + 1
    if not -most <= value <= most:
        told.wrong(field, raw, "This is no place on Earth.", "Give decimal degrees, like 53.797 and -1.535.")
        return None
    return value


def _place(told: Told, raw: object) -> Envelope:
    if not raw:
        return {}
    if not isinstance(raw, dict):
        told.wrong("place", raw, "A place is an object.", 'Send {"name": "Bus station"}.')
        return {}
    told.unknown("place.", iter(raw), frozenset({"name", "postcode", "latitude", "longitude"}))
    place = {
        "name": told.text("place.name", raw.get("name"), most=160),
        "postcode": number(told, "place.postcode", raw.get("postcode"), "postcode"),
        "latitude": _coordinate(told, "place.latitude", raw.get("latitude"), 90),
        "longitude": _coordinate(told, "place.longitude", raw.get("longitude"), 180),
    }
    return {name: value for name, value in place.items() if value not in ("", None)}


def _details(told: Told, raw: object, kind: Kind, agency: str) -> Envelope:
    if raw is not None and not isinstance(raw, dict):
        told.wrong("details", raw, "Details are an object.", 'Send "details": {…}.')
        return {}
    details = {name: value for name, value in (raw or {}).items() if value not in (None, "", [], {})}
    problems = kind.problems(details, agency=agency)
    told.problems.extend(problems)
    return details if problems else kind.tidied(details)


def as_text(envelope: Envelope) -> str:
    """One text for one meaning: keys in order, no spaces."""
    return json.dumps(envelope, sort_keys=True, ensure_ascii=False, separators=(",", ":"))


def cannot_be_kept(text: str) -> str:
    """Why no database can keep this text, or nothing: half a character (a lone surrogate), or a NUL."""
    if "\\u0000" in text and NUL.search(text):
        return "This holds a character no database can keep (NUL)."
    try:
        text.encode()
    except UnicodeEncodeError:
        return "This holds half a character (a lone surrogate)."
    return ""


def content_hash(text: str) -> str:
    return blake2b(text.encode(), digest_size=16).hexdigest()
