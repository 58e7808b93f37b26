"""Seals the numbers that stand for one child, and finds them again by a keyed hash. Plain: no database, no settings.

A sealed word is `~1:KEY:…`: the id of its key, then a nonce of 12 bytes, AES-256-GCM and a tag of 16, in base64. What
it is about (`about`) is bound to it, so that it opens nowhere else. The newest key seals; every key given opens.
"""

import hmac
import json
import os
from base64 import b32encode, urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import lru_cache
from hashlib import sha256
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from .keys import KeyMistakeError, keys_in

MARK, NONCE = "~1:", 12
# Under these names stand the numbers of a person: in what was told, in what is known, in what is being written.
NUMBERS = frozenset({"nhs_number", "upn", "la_child_id", "identifiers"})


class CannotOpenError(ValueError):
    """A sealed word that none of our keys opens, or that was changed. Never says what it holds."""


class Vault:
    """Seals, opens and hashes with the keys given, newest first: data keys, and keys to search by equality, of which
    there are two only while one takes the other's place."""

    def __init__(self, keys: Mapping[str, bytes], search_keys: Sequence[bytes]) -> None:
        self._ciphers = {key_id: AESGCM(key) for key_id, key in keys.items()}
        self.newest = next(iter(keys))
        self._search_keys = search_keys

    def seal(self, text: str, about: str) -> str:
        """A word that only our keys open; the same text twice is two different words."""
        nonce = os.urandom(NONCE)
        sealed = self._ciphers[self.newest].encrypt(nonce, text.encode(), about.encode())
        return f"{MARK}{self.newest}:{urlsafe_b64encode(nonce + sealed).decode()}"

    def open(self, word: str, about: str) -> str:
        """What was sealed; a word that was never sealed as it stands. Raises CannotOpenError."""
        if not is_sealed(word):
            return word
        key_id, _, text = word.removeprefix(MARK).partition(":")
        try:
            raw = urlsafe_b64decode(text)
            return self._ciphers[key_id].decrypt(raw[:NONCE], raw[NONCE:], about.encode()).decode()
        except KeyError:
            raise CannotOpenError(f"No key {key_id} is among ALONGSIDE_DATA_KEYS.") from None
        except (InvalidTag, ValueError):
            raise CannotOpenError("A sealed number was changed.") from None

    def is_newest(self, word: str) -> bool:
        """Whether the newest key sealed it; there is nothing to seal in an empty word."""
        return not word or word.startswith(f"{MARK}{self.newest}:")

    def blind(self, number: str) -> str:
        """By this the same number is found again, and nothing else is told of it."""
        return self.blinds(number)[0]

    def blinds(self, number: str) -> list[str]:
        """The same by every key for searching, the newest first: what was kept under an older one is found by it."""
        return blinds_by(self._search_keys, number)

    def seal_numbers(self, told: Any, about: str) -> Any:
        """The same, with everything that stands under a number's name sealed."""
        return _each_number(told, lambda value: self._sealed_value(value, about))

    def open_numbers(self, told: Any, about: str) -> Any:
        """The same again. Raises CannotOpenError."""
        return _each_number(told, lambda value: json.loads(self.open(value, about)) if is_sealed(value) else value)

    def has_all_newest(self, told: Any) -> bool:
        """Whether every number in it is sealed, by the newest key."""
        stale: list[Any] = []

        def look(value: Any) -> Any:
            stale.extend([value] if value and not (is_sealed(value) and self.is_newest(value)) else [])
            return value

        _each_number(told, look)
        return not stale

    def _sealed_value(self, value: Any, about: str) -> Any:
        return value if not value or is_sealed(value) else self.seal(json.dumps(value), about)


def blinds_by(keys: Iterable[bytes], number: str) -> list[str]:
    """A number's keyed hash by each of the keys."""
    digests = [hmac.new(key, number.encode(), sha256).digest() for key in keys]
    return [b32encode(digest[:15]).decode() for digest in digests]


def is_sealed(word: Any) -> bool:
    """Whether this is a sealed word."""
    return isinstance(word, str) and word.startswith(MARK)


def _each_number(told: Any, change: Callable[[Any], Any]) -> Any:
    """The same with each value changed that stands under a number's name, like `upn` or `p1-upn`."""
    if isinstance(told, dict):
        return {
            name: change(value) if name.rpartition("-")[2] in NUMBERS else _each_number(value, change)
            for name, value in told.items()
        }
    return [_each_number(one, change) for one in told] if isinstance(told, list) else told


@lru_cache(maxsize=8)
def vault_of(data_keys: str, search_key: str) -> Vault:
    """The vault of these keys, as the environment gives them. Raises KeyMistakeError."""
    data, search = keys_in(data_keys, name="ALONGSIDE_DATA_KEYS"), keys_in(search_key, name="ALONGSIDE_SEARCH_KEY")
    if not data or not search:
        raise KeyMistakeError("Set ALONGSIDE_DATA_KEYS and ALONGSIDE_SEARCH_KEY: `alongside keys make` makes a key.")
    return Vault(data, list(search.values()))
