"""Columns in which the numbers of a person are sealed at rest, plain to whoever reads them through the model."""

import json
from typing import Any

from django.conf import settings
from django.core.exceptions import FieldError
from django.db import models

from alongside.shared.vault import Vault, is_sealed, vault_of


def vault() -> Vault:
    """The vault of this installation's keys. Raises KeyMistakeError."""
    return vault_of(settings.DATA_KEYS, settings.SEARCH_KEY)


class SealedField(models.CharField):
    """A number, sealed in its column. It is found by the keyed hash among a record's keys, never by this column."""

    kept_as: type[models.Field[Any, Any]] = models.TextField

    def is_newest(self, stored: str) -> bool:
        """Whether what lies in the column is sealed by the newest key, or is nothing."""
        return vault().is_newest(stored)

    def from_db_value(self, value: str | None, expression: Any, connection: Any) -> str | None:
        return vault().open(value, self.name) if value else value

    def get_prep_value(self, value: Any) -> Any:
        plain = super().get_prep_value(value)
        return vault().seal(plain, self.name) if plain else plain

    def get_lookup(self, lookup_name: str) -> Any:
        """Two sealed words of one number differ: a comparison would find nothing, in silence."""
        if lookup_name == "isnull":
            return super().get_lookup(lookup_name)
        raise FieldError(f"{self.name} is sealed: find it by the keyed hash among the record’s keys.")


class NumbersSealedField(models.JSONField):
    """JSON in which whatever stands under a number's name is sealed, and the rest is as it is."""

    kept_as: type[models.Field[Any, Any]] = models.JSONField

    def is_newest(self, stored: Any) -> bool:
        """Whether each number that lies in the column is sealed by the newest key."""
        return vault().has_all_newest(stored)

    def from_db_value(self, value: Any, expression: Any, connection: Any) -> Any:
        told = super().from_db_value(value, expression, connection)
        return vault().open_numbers(told, self.name) if told and "~1:" in str(value) else told

    def get_db_prep_save(self, value: Any, connection: Any) -> Any:
        plain = isinstance(value, dict | list)
        return super().get_db_prep_save(vault().seal_numbers(value, self.name) if plain else value, connection)


class WordsSealedField(models.JSONField):
    """JSON sealed whole, because a number may stand anywhere in its words. What is empty is as it is."""

    kept_as: type[models.Field[Any, Any]] = models.JSONField

    def is_newest(self, stored: Any) -> bool:
        """Whether what lies in the column is sealed by the newest key, or is nothing."""
        return not stored or (is_sealed(stored) and vault().is_newest(stored))

    def from_db_value(self, value: Any, expression: Any, connection: Any) -> Any:
        stored = super().from_db_value(value, expression, connection)
        return json.loads(vault().open(stored, self.name)) if is_sealed(stored) else stored

    def get_db_prep_save(self, value: Any, connection: Any) -> Any:
        plain = isinstance(value, dict | list) and value
        return super().get_db_prep_save(vault().seal(json.dumps(value), self.name) if plain else value, connection)
