"""An agency's own sign-in, played in memory: it answers what a real one would, and whatever a test has it say."""

import base64
import json
import time
from typing import Any
from urllib.parse import parse_qs, urlsplit

import requests
from allauth.socialaccount.internal.jwtkit import jwt
from cryptography.hazmat.primitives.asymmetric import rsa
from django.http import HttpResponse
from django.test import Client

ISSUER = "https://login.council.example/tenant"
CLIENT = "alongside-here"
COUNCIL = "leeds-city-council"
START, BACK = f"/sign-in/with/{COUNCIL}/", f"/sign-in/with/{COUNCIL}/back/"
MAYA = {"sub": "4711", "email": "Maya@alongside.example", "email_verified": True}
WITH_FACTOR = {**MAYA, "amr": ["pwd", "mfa"]}
HELD = "a secret of at least sixteen signs"
KEY = rsa.generate_private_key(public_exponent=65537, key_size=2048)
STRANGER = rsa.generate_private_key(public_exponent=65537, key_size=2048)


def number(value: int) -> str:
    """A number as a key's document writes it."""
    return base64.urlsafe_b64encode(value.to_bytes((value.bit_length() + 7) // 8, "big")).decode().rstrip("=")


def answered(told: Any, status: int = 200) -> requests.Response:
    answer = requests.Response()
    answer.status_code = status
    answer.headers["content-type"] = "application/json"
    answer._content = json.dumps(told).encode()
    return answer


class AgencySignInPlayed:
    """`says`: the claims of the next person; `key`, `header` and `configuration` can be made wrong."""

    def __init__(self) -> None:
        self.says: dict[str, Any] = {}
        self.key: Any = KEY
        self.algorithm = "RS256"
        self.asked: list[dict[str, Any]] = []
        self.answered: dict[str, str] = {}
        self.configuration = {
            "issuer": ISSUER,
            "authorization_endpoint": f"{ISSUER}/authorize",
            "token_endpoint": f"{ISSUER}/token",
            "jwks_uri": f"{ISSUER}/keys",
        }

    def __enter__(self) -> "AgencySignInPlayed":
        return self

    def __exit__(self, *_: object) -> None:
        pass

    def get(self, address: str) -> requests.Response:
        if address.endswith("/.well-known/openid-configuration"):
            return answered(self.configuration)
        public = KEY.public_key().public_numbers()
        one = {"kty": "RSA", "kid": "1", "use": "sig", "alg": "RS256", "n": number(public.n), "e": number(public.e)}
        return answered({"keys": [one]})

    def request(self, method: str, address: str, **sent: Any) -> requests.Response:
        self.asked.append({"method": method, "address": address, **sent})
        token = jwt.encode(self.says, self.key, algorithm=self.algorithm, headers={"kid": "1"})
        self.answered = {"access_token": "unused-access-token", "token_type": "Bearer", "id_token": token}
        return answered(self.answered)

    def whoever(self, asked_for: str, **claims: Any) -> dict[str, str]:
        """Signs somebody in there; what comes back in the address. `asked_for`: where we sent the browser."""
        question = {name: values[0] for name, values in parse_qs(urlsplit(asked_for).query).items()}
        now = int(time.time())
        usual = {"iss": ISSUER, "aud": CLIENT, "iat": now, "exp": now + 300, "nonce": question["nonce"]}
        self.says = {name: value for name, value in {**usual, **claims}.items() if value is not None}
        return {"state": question["state"], "code": "once"}


def signs_in(client: Client, council: AgencySignInPlayed, start: str = START, **claims: Any) -> HttpResponse:
    """All the way there and back."""
    asked = client.get(start)
    assert asked.status_code == 302, asked.content
    return client.get(BACK, council.whoever(asked.url, **claims))
