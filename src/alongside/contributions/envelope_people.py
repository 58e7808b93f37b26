"""The people of an envelope: who they are, as whoever told knows them."""

from typing import Any

from .kinds import Kind
from .moments import NotAliveError, birth_date
from .reading import NUMBERS, Told, number

Envelope = dict[str, Any]
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
    "childs_words",
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


def people(told: Told, raw: object, kind: Kind) -> list[Envelope]:
    """Everybody the envelope speaks of."""
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
    person["childs_words"] = told.text(prefix + "childs_words", raw.get("childs_words"))
    person["school_urn"] = told.text(prefix + "school_urn", raw.get("school_urn"), most=6)
    person["sex"] = _sex(told, prefix + "sex", raw.get("sex"))
    person["date_of_birth"] = _born(told, prefix + "date_of_birth", raw.get("date_of_birth"))
    for name in NUMBERS:
        person[name] = number(told, prefix + name, raw.get(name), name)
    person["aliases"] = _aliases(told, prefix + "aliases", raw.get("aliases"))
    for name in ("ethnicity", "identifiers"):
        person[name] = _words(told, prefix + name, raw.get(name))
    return {name: value for name, value in person.items() if value not in ("", [], {})}


def _aliases(told: Told, field: str, raw: object) -> list[str]:
    if not raw:
        return []
    if not isinstance(raw, list):
        told.wrong(field, raw, "Other names are a list.", 'Send "aliases": ["…"].')
        return []
    return [told.text(field, one, most=240) for one in raw]


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
    except NotAliveError:
        mend = (
            "Look at the year. Of a child not born yet, leave it out and say when the birth is expected in the words."
        )
        told.wrong(field, text, "This is no date of birth of somebody alive today.", mend)
        return ""
    except ValueError:
        mend = "Use the day they were born, year first, like 2010-05-01; a year or a month alone will do."
        told.wrong(field, text, "This is no date.", mend)
        return ""


def _words(told: Told, field: str, raw: object) -> dict[str, str]:
    if not raw:
        return {}
    if not isinstance(raw, dict):
        told.wrong(field, raw, "This is an object.", 'Send { "name": "value" }.')
        return {}
    return {str(key): told.text(f"{field}.{key}", value, most=200) for key, value in raw.items() if value}
