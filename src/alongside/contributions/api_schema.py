"""The request of the API, made from the definitions of the kinds: one schema and one example each."""

from typing import Any

from .envelope_people import PERSON_TEXTS
from .kinds import Kind, kinds

TEXT = {"type": "string"}
TEXT_OR_NONE = {"type": ["string", "null"]}


def _object(properties: dict[str, Any], *required: str) -> dict[str, Any]:
    shape: dict[str, Any] = {"type": "object", "properties": properties, "additionalProperties": False}
    return shape | ({"required": list(required)} if required else {})


def _person(kind: Kind) -> dict[str, Any]:
    texts = dict.fromkeys(
        (*PERSON_TEXTS, "childs_words", "reference", "nhs_number", "upn", "la_child_id", "postcode", "school_urn"),
        TEXT_OR_NONE,
    )
    words = {"type": ["object", "null"], "additionalProperties": TEXT_OR_NONE}
    return _object(
        texts
        | {
            "role": {"type": "string", "enum": list(kind.roles)},
            "aliases": {"type": ["array", "null"], "items": TEXT},
            "date_of_birth": {
                "type": ["string", "null"],
                "description": "Year first; a year (2010) or a month (2010-05) alone will do.",
            },
            "sex": {"type": ["string", "null"], "enum": ["M", "F", "U", "N", None]},
            "ethnicity": words,
            "identifiers": words,
        }
    )


def envelope_schema(kind: Kind) -> dict[str, Any]:
    """JSON Schema of one envelope of this kind."""
    number = {"type": ["number", "null"]}
    place = _object({"name": TEXT_OR_NONE, "postcode": TEXT_OR_NONE, "latitude": number, "longitude": number})
    return _object(
        {
            "kind": {"const": kind.key},
            "source": _object({"agency": TEXT, "system": TEXT, "reference": TEXT}, "agency", "system", "reference"),
            "occurred_at": {
                "type": "string",
                "description": "Like 2026-03-04T22:15:00Z. Without an offset: Europe/London. A day (2026-03-04) or "
                "a month (2026-03) alone will do; not_told where nobody knows the day: reported_at is then needed.",
            },
            "reported_at": TEXT_OR_NONE,
            "handling": TEXT_OR_NONE,
            "place": {"anyOf": [place, {"type": "null"}]},
            "narrative": TEXT_OR_NONE,
            "people": {"type": ["array", "null"], "items": _person(kind)},
            "details": kind.json_schema(),
        },
        "kind",
        "source",
        "occurred_at",
    ) | {"title": kind.name, "description": kind.says}


def _request_body() -> dict[str, Any]:
    every = [envelope_schema(kind) for kind in kinds().values()]
    one = {"oneOf": every, "discriminator": {"propertyName": "kind"}}
    examples = {key: {"summary": kind.name, "value": kind.example} for key, kind in kinds().items()}
    schema = {"anyOf": [one, {"type": "array", "maxItems": 1000, "items": one}]}
    return {"required": True, "content": {"application/json": {"schema": schema, "examples": examples}}}


REQUEST_BODY = _request_body()
