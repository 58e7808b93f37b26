"""What allauth's second factor asks of us: names, and that its secrets are unreadable where they are kept."""

import base64
from functools import lru_cache

from allauth.core import context
from allauth.mfa.adapter import DefaultMFAAdapter
from cryptography.fernet import Fernet, MultiFernet
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser

NAME = "Alongside"
PURPOSE = b"alongside: secrets of a second factor"


@lru_cache(maxsize=8)
def _fernet(key: str) -> Fernet:
    derived = HKDF(algorithm=hashes.SHA256(), length=32, salt=None, info=PURPOSE).derive(key.encode())
    return Fernet(base64.urlsafe_b64encode(derived))


def _keys() -> MultiFernet:
    """From the secret key; what an earlier one hid is still read while that is in SECRET_KEY_FALLBACKS."""
    return MultiFernet([_fernet(key) for key in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)])


class Adapter(DefaultMFAAdapter):
    """Named in the settings as MFA_ADAPTER."""

    def encrypt(self, text: str) -> str:
        return _keys().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        return _keys().decrypt(encrypted_text.encode()).decode()

    def get_totp_issuer(self) -> str:
        return NAME

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        return {"id": context.request.get_host().partition(":")[0], "name": NAME}

    def get_public_key_credential_user_entity(self, user: AbstractBaseUser) -> dict:
        """The handle is a number of ours; the two names are what the person's own device shows them."""
        return {**super().get_public_key_credential_user_entity(user), "display_name": user.name, "name": user.email}
