"""An agency's own sign-in (OpenID Connect): it opens seats that exist, of that agency, and never makes one.

The code flow with PKCE, a state and a nonce, each good once and bound to this session. Every token's signature,
issuer, audience and times are checked. A seat is found by an address that the agency has checked, and from then on
by the name that the agency's sign-in knows it by: an address that goes to a successor opens nothing.
"""

import hmac
import secrets
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from time import time
from typing import Any

import requests
from allauth.socialaccount.adapter import get_adapter
from allauth.socialaccount.internal import jwtkit
from allauth.socialaccount.providers.oauth2.client import OAuth2Client, OAuth2Error
from allauth.socialaccount.providers.oauth2.utils import generate_code_challenge
from django.conf import settings
from django.db import transaction
from django.http import HttpRequest
from django.urls import reverse

from alongside.ledger.models import Operation, record

from . import rules
from .letters import address_of
from .models import Invitation, Practitioner, SingleSignOnName
from .second_factor import has_factor
from .signing_in import AgencySignIn, signing_in

ASKED = "single_sign_on"
ANSWER_WITHIN = timedelta(minutes=10)
# An agency's clock that is a little ahead of ours means now; one further ahead is not believed.
CLOCKS_DIFFER_BY = timedelta(minutes=1)
CONFIGURATION_KEPT_FOR = 60 * 60
ALGORITHMS = {"RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA"}


class NotSignedOnError(Exception):
    """Nobody was signed on; the message says why, for the ledger and never for whoever tried."""


class LinkFirstError(NotSignedOnError):
    """The agency named its seat rightly, but the seat is opened by the link that was sent. That may be said."""


@dataclass(frozen=True)
class SignedOn:
    """Whose seat it is, whether their agency asked for a second factor, and what they were asked for."""

    practitioner: Practitioner
    second_factor: bool
    # When that was, where the agency says so: a session that was open there already asked nobody for anything today.
    factor_at: datetime | None
    following: str
    again: bool


def sign_ins() -> tuple[AgencySignIn, ...]:
    """The agencies with a sign-in of their own, whose secret we hold."""
    return tuple(one for one in signing_in().single_sign_on if one.agency in settings.SINGLE_SIGN_ON_SECRETS)


def sign_in_of(agency: str) -> AgencySignIn | None:
    return next((one for one in sign_ins() if one.agency == agency), None)


def configuration(agency: AgencySignIn) -> dict[str, Any]:
    """Where this agency's sign-in lives, as it says itself. Raises NotSignedOnError."""
    return _configuration(agency.issuer, int(time() // CONFIGURATION_KEPT_FOR))


@lru_cache(maxsize=16)
def _configuration(issuer: str, hour: int) -> dict[str, Any]:
    try:
        with get_adapter().get_requests_session() as session:
            answer = session.get(f"{issuer.rstrip('/')}/.well-known/openid-configuration")
            answer.raise_for_status()
            said = answer.json()
        places = [said[name] for name in ("authorization_endpoint", "token_endpoint", "jwks_uri")]
    except (requests.RequestException, ValueError, KeyError, TypeError) as failure:
        raise NotSignedOnError(f"its configuration cannot be read: {type(failure).__name__}") from failure
    if said.get("issuer") != issuer or not all(str(place).startswith("https://") for place in places):
        raise NotSignedOnError("its configuration names another issuer, or a place without HTTPS")
    return said


def ask(request: HttpRequest, agency: AgencySignIn, *, following: str, again: bool, at: datetime) -> str:
    """The address at the agency to which the browser goes. `again`: whoever is signed in is asked anew.

    Raises NotSignedOnError."""
    where = configuration(agency)
    pkce = generate_code_challenge()
    asked = {
        "agency": agency.agency,
        "state": secrets.token_urlsafe(32),
        "nonce": secrets.token_urlsafe(32),
        "verifier": pkce["code_verifier"],
        "following": following,
        "again": again,
        "at": at.isoformat(),
    }
    request.session[ASKED] = asked
    client = _client(request, agency, where)
    client.state = asked["state"]
    more = {"nonce": asked["nonce"], "code_challenge": pkce["code_challenge"], "code_challenge_method": "S256"}
    if again:
        more |= {"prompt": "login", "max_age": "0"}
    return client.get_redirect_url(where["authorization_endpoint"], ["openid", "profile", "email"], more)


def _client(request: HttpRequest, agency: AgencySignIn, where: dict[str, Any]) -> OAuth2Client:
    methods = where.get("token_endpoint_auth_methods_supported", ["client_secret_basic"])
    return OAuth2Client(
        request,
        agency.client_id,
        settings.SINGLE_SIGN_ON_SECRETS[agency.agency],
        "POST",
        where["token_endpoint"],
        address_of(reverse("sign_in_back", args=[agency.agency]), request),
        basic_auth="client_secret_post" not in methods,
    )


def come_back(request: HttpRequest, agency: AgencySignIn, *, at: datetime) -> SignedOn:
    """Who came back from the agency. Raises NotSignedOnError."""
    asked = request.session.pop(ASKED, None)
    if not asked or asked["agency"] != agency.agency:
        raise NotSignedOnError("nothing was asked in this session")
    if at - datetime.fromisoformat(asked["at"]) > ANSWER_WITHIN:
        raise NotSignedOnError("the answer came too late")
    if not hmac.compare_digest(asked["state"].encode(), request.GET.get("state", "").encode()):
        raise NotSignedOnError("the answer is not to our question")
    if not (code := request.GET.get("code", "")):
        raise NotSignedOnError("the agency refused")
    claims = _claims(request, agency, code=code, verifier=asked["verifier"])
    if not hmac.compare_digest(asked["nonce"].encode(), str(claims.get("nonce", "")).encode()):
        raise NotSignedOnError("the token is not for our question")
    shown = shows_second_factor(claims, agency)
    shown_at = signed_in_there_at(claims, at=at) if shown else None
    return SignedOn(seat_of(claims, agency, shown=shown, at=at), shown, shown_at, asked["following"], asked["again"])


def _claims(request: HttpRequest, agency: AgencySignIn, *, code: str, verifier: str) -> dict[str, Any]:
    """What the agency says of whoever signed in, by a token that it signed for us. Raises NotSignedOnError."""
    where = configuration(agency)
    try:
        token = _client(request, agency, where).get_access_token(code, pkce_code_verifier=verifier)["id_token"]
        if jwtkit.jwt.get_unverified_header(token).get("alg") not in ALGORITHMS:
            raise NotSignedOnError("the token is not signed in a way that we accept")
        return jwtkit.verify_and_decode(
            credential=token,
            keys_url=where["jwks_uri"],
            issuer=agency.issuer,
            audience=agency.client_id,
            lookup_kid=jwtkit.lookup_kid_jwk,
        )
    except (OAuth2Error, requests.RequestException, jwtkit.jwt.PyJWTError, KeyError, ValueError) as failure:
        raise NotSignedOnError(f"no token that holds: {type(failure).__name__}") from failure


def shows_second_factor(claims: dict[str, Any], agency: AgencySignIn) -> bool:
    """Whether the agency says, in words that the playbook counts, that it asked for a second factor."""
    methods = claims.get("amr") or []
    named = set(methods if isinstance(methods, list) else [methods])
    return bool(named & set(agency.second_factor_amr)) or claims.get("acr") in agency.second_factor_acr


def signed_in_there_at(claims: dict[str, Any], *, at: datetime) -> datetime | None:
    """When whoever came back signed in at the agency, never later than now; nothing where the agency does not tell.

    An open session there lets anybody at that laptop through without a question: this tells it from being asked."""
    told, now = claims.get("auth_time"), at.timestamp()
    if type(told) not in {int, float} or not 0 < told <= now + CLOCKS_DIFFER_BY.total_seconds():
        return None
    return min(datetime.fromtimestamp(told, tz=UTC), at)


@transaction.atomic
def seat_of(claims: dict[str, Any], agency: AgencySignIn, *, shown: bool, at: datetime) -> Practitioner:
    """The seat that this is. `shown`: a second factor was, there. Raises NotSignedOnError."""
    subject = str(claims.get("sub", ""))
    named = SingleSignOnName.objects.select_related("practitioner")
    bound = named.filter(issuer=agency.issuer, subject=subject, practitioner__agency=agency.agency).first()
    # A new link unbinds: what is bound was bound since, by the rule below.
    if bound:
        return in_use(bound.practitioner)
    if not subject or claims.get(agency.verified_claim) not in (True, "true", 1, "1"):
        raise NotSignedOnError("the agency has not checked the address")
    email = str(claims.get("email", ""))
    seat = Practitioner.objects.select_for_update().filter(email__iexact=email, agency=agency.agency).first()
    if seat is None or SingleSignOnName.objects.filter(practitioner=seat).exists():
        raise NotSignedOnError("no seat of this agency has that address, or it is bound to another name")
    may = rules.may_open_by_agency(doors_of(in_use(seat), shown=shown))
    if not may.allowed:
        raise LinkFirstError(may.reason)
    SingleSignOnName.objects.create(practitioner=seat, issuer=agency.issuer, subject=subject, bound_at=at)
    record(Operation.ALTER, "bound to the agency's own sign-in", by=seat, at=at, about=seat.key)
    return seat


def doors_of(seat: Practitioner, *, shown: bool) -> rules.Doors:
    """How a seat that is bound to no name stands with its links and its second factor."""
    links = list(Invitation.objects.filter(practitioner=seat))
    return rules.Doors(
        shown_there=shown,
        has_factor=has_factor(seat),
        had_a_link=bool(links),
        waits_for_link=any(one.used_at is None and one.withdrawn_at is None for one in links),
        has_been_in=seat.last_login is not None,
    )


def in_use(seat: Practitioner) -> Practitioner:
    if not seat.is_active:
        raise NotSignedOnError("the seat is not in use")
    return seat
