"""An agency's record as the linkage model compares it, and the keys under which it is found."""

from collections.abc import Iterable
from typing import Any

from alongside.people.actions import LENT
from alongside.people.models import AgencyRecord
from alongside.people.sealing import vault

from .features import IDENTIFIERS
from .names import normalise
from .pairs import blocking_keys
from .sounds import name_keys

COMPARED = "b "  # keys of candidates for the same child; the others answer searches
TOLD_TO_FEW = "f "  # before what somebody types, where a record was told to a few alone


def as_compared(record: AgencyRecord) -> dict[str, Any]:
    """Today's facts, with earlier names as aliases and earlier postcodes beside the present one; what was told to
    a few fills the gaps, and its name, where it is another, is an alias."""
    shown, closed = _shown(record), record.closed
    if not closed:
        return shown
    filled = {name: value or closed.get(name, value) for name, value in shown.items()}
    other = f"{closed.get('given_name', '')} {closed.get('family_name', '')}".strip()
    known = {f"{record.given_name} {record.family_name}".strip(), *shown["aliases"]}
    told = [other, *closed.get("aliases", [])]
    return filled | {"aliases": [*shown["aliases"], *(name for name in told if name and name not in known)]}


def _shown(record: AgencyRecord) -> dict[str, Any]:
    earlier_names = [
        f"{old.get('given_name', record.given_name)} {old.get('family_name', record.family_name)}"
        for old in record.earlier
        if "given_name" in old or "family_name" in old
    ]
    called = record.more.get("likes_to_be_called")
    aliases = [*record.aliases, *earlier_names]
    if called and normalise(called) != normalise(record.given_name):
        aliases.append(f"{called} {record.family_name}".strip())
    return {
        "record_id": record.pk,
        "agency": record.agency_id,
        "given_name": record.given_name,
        "family_name": record.family_name,
        "aliases": aliases,
        "date_of_birth": record.date_of_birth,
        "sex": record.sex,
        "postcode": record.postcode,
        "postcodes": [old["postcode"] for old in record.earlier if "postcode" in old],
        "nhs_number": record.nhs_number,
        "upn": record.upn,
        "la_child_id": record.la_child_id,
        "school_urn": record.school_urn,
    }


def keys_of_record(record: AgencyRecord) -> set[str]:
    """Every way in to this record: by likeness to another record, and by what somebody types; none to a record of
    which nothing that was told still stands. What was told to a few is no way in for somebody who types; where nothing
    else was told, the record's name and reference stand under keys of their own, and `search` asks who may read it."""
    if not record.is_told:
        return set()
    compared, shown = as_compared(record), _shown(record)
    names = [record.given_name, record.family_name, *shown["aliases"]]
    keys = {key for name in names for key in name_keys(name)}
    born = record.date_of_birth
    keys.update(f"born:{born[:length]}" for length in (4, 7, 10) if len(born) >= length)
    if len(born) == len("2010-05-01"):
        keys.add(f"born:-{born[4:]}")
    numbers = (record.nhs_number, record.upn, record.la_child_id, record.reference)
    keys.update(key for number in numbers if number for key in number_keys(number))
    if LENT in record.closed:
        keys = told_to_few(keys)
    keys.update(COMPARED + blinded for key in blocking_keys(compared) for blinded in _blinded(key))
    return {key[:80] for key in keys}


def told_to_few(keys: Iterable[str]) -> set[str]:
    """The keys under which the same is found of records that were told to a few alone."""
    return {TOLD_TO_FEW + key for key in keys}


def number_keys(number: str) -> list[str]:
    """By these a record is found by a number: a keyed hash, so that none tells the number. There is one for each
    search key."""
    return [f"number:{hashed}" for hashed in vault().blinds(number.upper())]


def _blinded(key: str) -> list[str]:
    """A key of the comparison, with a number in it hashed."""
    name, _, value = key.partition(":")
    return [f"{name}:{hashed}" for hashed in vault().blinds(value)] if name in IDENTIFIERS else [key]
