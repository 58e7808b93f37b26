"""One item of a pack, as the sections that are read and cut."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from django.utils import timezone

from alongside.chronology.banner import SEXES
from alongside.chronology.versions import named_team
from alongside.contributions.kinds import ROLES, Kind, kinds
from alongside.contributions.models import Contribution
from alongside.contributions.voices import voice_label
from alongside.people.ethnicity import in_words
from alongside.people.models import AgencyRecord
from alongside.people.told import RecordKey, record_key
from alongside.web.dates import day_and_year, month, partial_date, short_moment

from .models import PackItem

NAMES = ("given_name", "family_name", "likes_to_be_called")
NUMBERS = ("nhs_number", "upn", "la_child_id", "postcode", "reference")
OF_A_RECORD = {
    "given_name": "First name",
    "family_name": "Family name",
    "date_of_birth": "Date of birth",
    "sex": "Sex",
    "postcode": "Postcode",
    "nhs_number": "NHS number",
    "upn": "Unique pupil number",
    "la_child_id": "Council’s child number",
    "reference": "Our reference",
}
# What is kept as a code or in parts, in words.
SAID: dict[str, Callable[[str], str]] = {"date_of_birth": partial_date, "sex": lambda code: SEXES.get(code, "")}
MORE = {
    "likes_to_be_called": "Likes to be called",
    "language": "Language",
    "trusted_person": "Most trusted",
    "strengths": "What is strong",
    "parents": "Parents",
}


@dataclass(frozen=True)
class Section:
    """One text of an item: `key` is what a mark names it by."""

    key: str
    label: str
    text: str


def title_of(item: PackItem) -> str:
    """What kind of thing it is, for the list and the pack: never a word of what was told."""
    if item.contribution is None:
        return "How we know you"
    kind = kinds().get(item.contribution.kind)
    return kind.name if kind else item.contribution.kind.replace("_", " ").capitalize()


def happened(told: Contribution) -> str:
    here = timezone.localtime(told.occurred_at)
    words = {"month": month, "day": day_and_year}.get(told.occurred_to)
    return words(here.date()) if words else short_moment(here)


def sections_of(item: PackItem) -> list[Section]:
    """The item as it was collected."""
    return [Section(*one) for one in item.texts]


def texts_now(item: PackItem) -> list[tuple[str, str, str]]:
    """Everything of the item that may go out, in reading order; what protects whoever told is not among it."""
    found = _of_contribution(item) if item.contribution else _of_record(item.record)
    return [(key, label, text) for key, label, text in found if text]


def _of_contribution(item: PackItem) -> Iterator[tuple[str, str, str]]:
    told, kind = item.contribution.told, kinds().get(item.contribution.kind)
    own = person_of(item.contribution, item.record) or {}
    yield "when", "When", happened(item.contribution)
    yield "place", "Where", str((told.get("place") or {}).get("name", ""))
    yield "part", "Your part in it", ROLES.get(own.get("role", ""), "")
    yield "narrative", kind.narrative if kind else "What was told", str(told.get("narrative") or "")
    yield "voice", voice_label(item.contribution.kind), str(own.get("childs_words", ""))
    yield from _answers(kind, told.get("details") or {})


def _answers(kind: Kind | None, details: dict[str, Any]) -> Iterator[tuple[str, str, str]]:
    for field, words in kind.given(named_team(details)) if kind else []:
        yield f"fact:{field.key}", field.label, words


def answers_about_the_source(item: PackItem) -> int:
    """How many answers are always held back."""
    kind = kinds().get(item.contribution.kind) if item.contribution else None
    details = (item.contribution.told.get("details") or {}) if item.contribution else {}
    told = [field for field in (kind.fields if kind else []) if details.get(field.key) not in (None, "", [])]
    return sum(kind.keeps_apart(field) for field in told)


def _of_record(record: AgencyRecord) -> Iterator[tuple[str, str, str]]:
    for key, label in OF_A_RECORD.items():
        value = str(getattr(record, key))
        yield key, label, SAID.get(key, str)(value)
    yield "aliases", "Other names", ", ".join(record.aliases)
    yield "ethnicity", "Ethnicity", in_words(str(record.ethnicity.get("code", ""))) or ""
    for key, label in MORE.items():
        yield f"more:{key}", label, str(record.more.get(key, ""))


def person_of(told: Contribution, record: AgencyRecord) -> dict[str, Any] | None:
    """What this version told of the person of that record; nothing where it does not speak of them."""
    return next((person for key, person in _people(told) if key == _key_of(record)), None)


def names_of_others(item: PackItem) -> set[str]:
    """Names and numbers of the other people that the contribution speaks of."""
    if item.contribution is None:
        return set()
    return {
        name for key, person in _people(item.contribution) if key != _key_of(item.record) for name in _names(person)
    }


def own_names(item: PackItem) -> set[str]:
    own = (person_of(item.contribution, item.record) if item.contribution else None) or {}
    held = {str(getattr(item.record, key)) for key in ("given_name", "family_name")}
    return {name for name in {*held, *item.record.aliases, *_names(own)} if name}


def _people(told: Contribution) -> Iterator[tuple[RecordKey, dict[str, Any]]]:
    for number, person in enumerate(told.told.get("people") or [], start=1):
        yield record_key(told, number, person), person


def _key_of(record: AgencyRecord) -> RecordKey:
    # The same number in another of the agency's systems is somebody else.
    return record.agency_id, record.system, record.reference


def _names(person: dict[str, Any]) -> Iterator[str]:
    whole = f"{person.get('given_name', '')} {person.get('family_name', '')}".strip()
    single = [str(person[key]) for key in (*NAMES, *NUMBERS) if person.get(key)]
    yield from filter(None, [whole, *single, *(person.get("aliases") or [])])
