"""The canonical envelope: one shape for the API, files and forms (architecture, section 6).

`read` turns what a partner sent into that shape, exactly as meant, or says everything that is wrong with it.
"""

import json
import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from hashlib import blake2b
from typing import Any

from alongside.access.rules import parse_handling
from alongside.shared import identifiers

from .kinds import Kind, kinds
from .moments import EARLIEST, birth_date, moment
from .rules import Problem

Envelope = dict[str, Any]

TOP = frozenset({"kind", "source", "occurred_at", "reported_at", "handling", "place", "narrative", "people", "details"})
SOURCE = {"agency": 60, "system": 60, "reference": 120}
PERSON_TEXTS = (
    "given_name",
    "family_name",
    "likes_to_be_called",
    "language",
    "trusted_person",
    "strengths",
    "parents",
)
PERSON = frozenset(PERSON_TEXTS) | {
    "role",
    "reference",
    "aliases",
    "date_of_birth",
    "sex",
    "ethnicity",
    "nhs_number",
    "upn",
    "la_child_id",
    "identifiers",
    "postcode",
    "school_urn",
}
SEXES = frozenset({"M", "F", "U", "N"})
NUMBERS = {
    "nhs_number": (identifiers.nhs_number, "Give the ten digits of the NHS number, or leave it empty."),
    "upn": (identifiers.upn, "Give the pupil number as the school holds it, 13 characters, or leave it empty."),
    "la_child_id": (identifiers.la_child_id, "Give letters and digits only, 20 at most, or leave it empty."),
    "postcode": (identifiers.postcode, "Give a whole postcode, like LS2 7HU, or leave it empty."),
}
TOO_LONG = 20_000
NUL = re.compile(r"(?<!\\)(?:\\\\)*\\u0000")


class Told:
    """Gathers what is wrong while one envelope is read."""

    def __init__(self, at: datetime) -> None:
        self.at = at
        self.problems: list[Problem] = []

    def wrong(self, field: str, value: object, rule: str, mend: str) -> None:
        self.problems.append(Problem(field, str(value)[:200], rule, mend))

    def text(self, field: str, value: object, *, most: int = TOO_LONG) -> str:
        if value is None:
            return ""
        if not isinstance(value, str):
            self.wrong(field, value, "This must be text.", "Put the value in quotation marks.")
            return ""
        if len(value) > most:
            self.wrong(field, value, f"This is longer than {most} characters.", "Shorten it.")
        if "\x00" in value:
            self.wrong(field, value, "This holds a character no database can keep (NUL).", "Take it out.")
        return value.strip()

    def unknown(self, prefix: str, given: Iterator[str], known: frozenset[str]) -> None:
        for name in given:
            if name not in known:
                self.wrong(f"{prefix}{name}", name, "No field has this name.", "Take it out, or mend its name.")


def read(raw: object, *, at: datetime, agency: str | None = None) -> tuple[Envelope | None, list[Problem]]:
    """The envelope in its canonical shape and no problems, or None and every problem.

    `agency`: the only agency whose contributions may be told by whoever sends this.
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
    envelope = _envelope(told, raw, kind, agency)
    return (None, told.problems) if told.problems else (envelope, [])


def _envelope(told: Told, raw: Envelope, kind: Kind, agency: str | None) -> Envelope:
    occurred_at, occurred_to = _occurred(told, raw.get("occurred_at"))
    envelope: Envelope = {
        "kind": kind.key,
        "source": _source(told, raw.get("source"), agency),
        "occurred_at": occurred_at,
        "occurred_to": occurred_to,
        "reported_at": _reported(told, raw.get("reported_at")),
        "handling": _handling(told, raw.get("handling") or kind.default_handling),
        "place": _place(told, raw.get("place")),
        "narrative": told.text("narrative", raw.get("narrative")),
        "people": _people(told, raw.get("people"), kind),
        "details": _details(told, raw.get("details"), kind),
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
    mend = "Give the day first as year-month-day, like 2026-03-04T22:15."
    try:
        when, precision = moment(raw if isinstance(raw, str) else "")
    except (ValueError, OverflowError):
        told.wrong("occurred_at", raw or "", "This is no date and time.", mend)
        return "", ""
    if when < EARLIEST:
        told.wrong("occurred_at", raw, "This is before 1990.", mend)
    elif when > told.at + timedelta(days=1):
        told.wrong("occurred_at", raw, "This is in the future.", mend)
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


def _handling(told: Told, raw: object) -> str:
    try:
        word, names = parse_handling(str(raw))
    except ValueError:
        told.wrong(
            "handling",
            raw,
            "No handling has this name.",
            "Use partnership, team, statutory, agencies:<a,b>, police or restricted:<key,key>.",
        )
        return ""
    return f"{word}:{','.join(names)}" if names else str(word)


def _coordinate(told: Told, field: str, raw: object, most: float) -> float | None:
    if raw in (None, ""):
        return None
    try:
        value = float(raw)  # type: ignore[arg-type]
    except (TypeError, ValueError):
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
        "postcode": _number(told, "place.postcode", raw.get("postcode"), "postcode"),
        "latitude": _coordinate(told, "place.latitude", raw.get("latitude"), 90),
        "longitude": _coordinate(told, "place.longitude", raw.get("longitude"), 180),
    }
    return {name: value for name, value in place.items() if value not in ("", None)}


def _number(told: Told, field: str, raw: object, name: str) -> str:
    text = told.text(field, raw, most=40)
    if not text:
        return ""
    check, mend = NUMBERS[name]
    number = check(text)
    if number is None:
        told.wrong(field, text, f"This is no {name.replace('_', ' ')}: its digits do not check.", mend)
    return number or ""


def _people(told: Told, raw: object, kind: Kind) -> list[Envelope]:
    if not raw:
        return []
    if not isinstance(raw, list) or not all(isinstance(one, dict) for one in raw):
        told.wrong("people", raw, "People are a list of objects.", 'Send "people": [{…}].')
        return []
    return [_person(told, f"people.{n}.", one, kind) for n, one in enumerate(raw, start=1)]


def _person(told: Told, prefix: str, raw: Envelope, kind: Kind) -> Envelope:
    told.unknown(prefix, iter(raw), PERSON)
    person: Envelope = {name: told.text(prefix + name, raw.get(name), most=2000) for name in PERSON_TEXTS}
    for name in ("given_name", "family_name", "likes_to_be_called"):
        if len(person[name]) > 120:
            told.wrong(prefix + name, person[name], "This is longer than 120 characters.", "Shorten it.")
    person["role"] = told.text(prefix + "role", raw.get("role")) or kind.roles[0]
    if person["role"] not in kind.roles:
        told.wrong(prefix + "role", person["role"], "Nobody has this role here.", "Use " + ", ".join(kind.roles))
    person["reference"] = told.text(prefix + "reference", raw.get("reference"), most=100)
    person["school_urn"] = told.text(prefix + "school_urn", raw.get("school_urn"), most=6)
    person["sex"] = _sex(told, prefix + "sex", raw.get("sex"))
    person["date_of_birth"] = _born(told, prefix + "date_of_birth", raw.get("date_of_birth"))
    for name in NUMBERS:
        person[name] = _number(told, prefix + name, raw.get(name), name)
    person["aliases"] = [told.text(prefix + "aliases", one, most=240) for one in raw.get("aliases") or []]
    for name in ("ethnicity", "identifiers"):
        person[name] = _words(told, prefix + name, raw.get(name))
    return {name: value for name, value in person.items() if value not in ("", [], {})}


def _sex(told: Told, field: str, raw: object) -> str:
    sex = told.text(field, raw).upper()[:2]
    if sex and sex not in SEXES:
        told.wrong(field, raw, "This is not one of the letters.", "Use M, F, U (unknown or unborn) or N (not told).")
    return sex


def _born(told: Told, field: str, raw: object) -> str:
    text = told.text(field, raw, most=10)
    if not text:
        return ""
    try:
        return birth_date(text, today=told.at.date())
    except ValueError:
        mend = "Use the day they were born, year first, like 2010-05-01; a year or a month alone will do."
        told.wrong(field, text, "This is no date of birth of somebody alive today.", mend)
        return ""


def _words(told: Told, field: str, raw: object) -> dict[str, str]:
    if not raw:
        return {}
    if not isinstance(raw, dict):
        told.wrong(field, raw, "This is an object.", 'Send { "name": "value" }.')
        return {}
    return {str(key): told.text(f"{field}.{key}", value, most=200) for key, value in raw.items() if value}


def _details(told: Told, raw: object, kind: Kind) -> Envelope:
    if raw is not None and not isinstance(raw, dict):
        told.wrong("details", raw, "Details are an object.", 'Send "details": {…}.')
        return {}
    details = {name: value for name, value in (raw or {}).items() if value not in (None, "", [], {})}
    problems = kind.problems(details)
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
