"""Keys as they are given to us: 32 random bytes, written in base64, newest first where there are several."""

import os
import secrets
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Mapping
from hashlib import sha256
from pathlib import Path

LENGTH = 32


class KeyMistakeError(ValueError):
    """A key that cannot be used; says why and how to mend it."""


def made() -> str:
    """A new key, to be kept where other secrets are."""
    return urlsafe_b64encode(secrets.token_bytes(LENGTH)).decode()


def key_id(key: bytes) -> str:
    """Names a key without giving it away."""
    return sha256(b"name of a key of Alongside\0" + key).hexdigest()[:8]


def secret(name: str, environ: Mapping[str, str] = os.environ) -> str:
    """What the environment says under this name; where it says NAME_FILE, what stands in that file. Raises
    KeyMistakeError where the file cannot be read."""
    path = environ.get(f"{name}_FILE", "")
    if environ.get(name) or not path:
        return environ.get(name, "").strip()
    try:
        return Path(path).read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError) as failure:
        raise KeyMistakeError(f"{name}_FILE names {path}, which cannot be read.") from failure


def keys_in(text: str, *, name: str) -> dict[str, bytes]:
    """Keys by their ids, newest first: separated by commas or on lines of their own. Raises KeyMistakeError."""
    found: dict[str, bytes] = {}
    for word in text.replace(",", " ").split():
        try:
            key = urlsafe_b64decode(word + "=" * (-len(word) % 4))
        except ValueError:
            key = b""
        if len(key) != LENGTH or len(set(key)) < LENGTH // 4:
            raise KeyMistakeError(f"{name} holds what is no key. `alongside keys make` makes one.")
        found[key_id(key)] = key
    return found
