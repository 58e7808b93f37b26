"""The ledger's keys, from the environment: one signs checkpoints, one marks each line as written by this service."""

import base64
import binascii
import hmac

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from .notes import UnreadableError, Verifier, read_verifier, verifier_of


def signing_key() -> Ed25519PrivateKey:
    """ALONGSIDE_LEDGER_KEY; without it, one that follows from the secret key. Raises ImproperlyConfigured."""
    given = settings.LEDGER_KEY
    if not given:
        return Ed25519PrivateKey.from_private_bytes(_from(settings.SECRET_KEY, b"alongside ledger checkpoints 1"))
    try:
        return Ed25519PrivateKey.from_private_bytes(base64.b64decode(given.strip(), validate=True))
    except (binascii.Error, ValueError):
        raise ImproperlyConfigured("ALONGSIDE_LEDGER_KEY is 32 random bytes in base64.") from None


def trusted() -> list[Verifier]:
    """Whose signatures count: our key's, and those of the keys before it. Raises ImproperlyConfigured."""
    try:
        before = [read_verifier(one) for one in settings.LEDGER_KEYS_BEFORE]
    except UnreadableError as failure:
        raise ImproperlyConfigured(f"ALONGSIDE_LEDGER_KEYS_BEFORE: {failure}") from None
    return [verifier_of(signing_key()), *before]


def marking_keys() -> list[bytes]:
    """The key that marks lines, then those of the secret keys before, the newest first. Which of these still count:
    `queries.keys_that_count`."""
    secrets = (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)
    return [_from(secret, b"alongside ledger lines 1") for secret in secrets]


def _from(secret: str, purpose: bytes) -> bytes:
    return hmac.digest(secret.encode(), purpose, "sha256")
