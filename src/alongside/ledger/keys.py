"""The ledger's keys, from the environment: one signs checkpoints, one marks each line as written by this service."""

import hmac

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from alongside.shared.keys import keys_in

from .notes import UnreadableError, Verifier, read_verifier, verifier_of

# Base64 as other tools spell it, in the letters that ours are made of.
AS_OURS = str.maketrans("+/", "-_")


def signing_key() -> Ed25519PrivateKey:
    """ALONGSIDE_LEDGER_KEY; without it, one that follows from the secret key. Raises ImproperlyConfigured."""
    given = settings.LEDGER_KEY
    if not given:
        return Ed25519PrivateKey.from_private_bytes(_from(settings.SECRET_KEY, b"alongside ledger checkpoints 1"))
    try:
        (key,) = keys_in(given.translate(AS_OURS), name="ALONGSIDE_LEDGER_KEY").values()
    except ValueError:
        raise ImproperlyConfigured("ALONGSIDE_LEDGER_KEY is 32 random bytes in base64.") from None
    return Ed25519PrivateKey.from_private_bytes(key)


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
