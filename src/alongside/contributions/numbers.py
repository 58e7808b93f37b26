"""The numbers of the people in something told, apart from the rest and sealed: what was told stays askable, and a
number is in no table as it is."""

import json
from typing import Any

from django.db import models

from alongside.people.sealing import vault
from alongside.shared.vault import NUMBERS

from .envelope import as_text, content_hash

Told = dict[str, Any]


def without_numbers(told: Told) -> Told:
    """What was told, without the numbers of its people."""
    people = [{name: one[name] for name in one if name not in NUMBERS} for one in told.get("people", [])]
    return told | {"people": people} if people else told


def numbers_of(told: Told) -> dict[str, Any]:
    """The numbers of each person by their place in what was told."""
    people = enumerate(told.get("people", []))
    found = {str(place): {name: one[name] for name in one if name in NUMBERS} for place, one in people}
    return {place: numbers for place, numbers in found.items() if numbers}


def sealed_numbers(told: Told, *, receipt: str, hashed: str) -> str:
    """Everything that `without_numbers` leaves out, with the hash of all that was told: nobody may find a number by
    trying which one gives the hash. Nothing where there are no numbers."""
    numbers = numbers_of(told)
    return vault().seal(json.dumps({"hash": hashed, "people": numbers}), receipt) if numbers else ""


def kept_apart(told: Told, text: str, *, receipt: str, hashed: str) -> dict[str, str]:
    """The columns of something told: its text and hash without numbers, and what is sealed of it. `text` and `hashed`:
    of all of it."""
    sealed = sealed_numbers(told, receipt=receipt, hashed=hashed)
    if not sealed:
        return {"told": text, "content_hash": hashed, "sealed": ""}
    plain = as_text(without_numbers(told))
    return {"told": plain, "content_hash": content_hash(plain), "sealed": sealed}


def whole_hash(kept: str, sealed: str, receipt: str) -> str:
    """The hash of all that was told, from the columns that keep it."""
    return str(json.loads(vault().open(sealed, receipt))["hash"]) if sealed else kept


def joined(told: Told, sealed: str, receipt: str) -> Told:
    """What was told, with its numbers where they stood."""
    numbers = json.loads(vault().open(sealed, receipt))["people"]
    people = [one | numbers.get(str(place), {}) for place, one in enumerate(told["people"])]
    return told | {"people": people}


class ToldField(models.JSONField):
    """What was told; its numbers are never written here."""

    def get_db_prep_save(self, value: Any, connection: Any) -> Any:
        plain = without_numbers(value) if isinstance(value, dict) else value
        return super().get_db_prep_save(plain, connection)


class SealedNumbersField(models.TextField):
    """The sealed numbers of what is told, made when it is first kept."""

    def pre_save(self, model_instance: Any, add: bool) -> Any:
        one = model_instance
        if add and not getattr(one, self.attname) and isinstance(one.told, dict):
            setattr(one, self.attname, sealed_numbers(one.told, receipt=one.receipt, hashed=one.content_hash))
        return super().pre_save(one, add)
