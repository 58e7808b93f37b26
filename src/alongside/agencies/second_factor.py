"""The second factor: an app's codes, passkeys, recovery codes. allauth reckons, we decide when and say what it means.

Each page calls these functions inside a request, since a passkey's question and its answer meet in the session.
"""

import base64
import json
from datetime import datetime
from typing import Any

from allauth.core.internal.cryptokit import compare_user_code
from allauth.mfa.adapter import get_adapter
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal import auth as totp
from allauth.mfa.webauthn.internal import auth as webauthn
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpRequest

from alongside.ledger.models import Operation, record

from .models import Practitioner
from .standing import held

Kind = Authenticator.Type
OFFERED = "app_offered"
CODE, RECOVERY = "a code", "a recovery code"


def factors_of(practitioner: Practitioner) -> list[Authenticator]:
    """What this person can show beside a password; recovery codes stand in for these and are none themselves."""
    shown = Authenticator.objects.filter(user=practitioner).exclude(type=Kind.RECOVERY_CODES)
    return list(shown.order_by("created_at", "pk"))


def has_factor(practitioner: Practitioner) -> bool:
    return bool(factors_of(practitioner))


def has_passkey(practitioner: Practitioner) -> bool:
    return Authenticator.objects.filter(user=practitioner, type=Kind.WEBAUTHN).exists()


def secret_to_set_up(request: HttpRequest, practitioner: Practitioner) -> str:
    """The secret that this session offers to this person's app: the same until it is taken up, and to nobody else.

    Sealed in the session as it will be among the second factors, for sessions lie in a table."""
    adapter, offered = get_adapter(), request.session.get(OFFERED, {})
    if offered.get("who") == practitioner.key:
        return adapter.decrypt(offered["sealed"])
    secret = totp.generate_totp_secret()
    request.session[OFFERED] = {"who": practitioner.key, "sealed": adapter.encrypt(secret)}
    return secret


def picture_of(practitioner: Practitioner, secret: str) -> str:
    """The secret as a picture that an app reads from the screen, as a data: address."""
    adapter = get_adapter()
    svg = adapter.build_totp_svg(adapter.build_totp_url(practitioner, secret))
    return f"data:image/svg+xml;base64,{base64.b64encode(svg.encode()).decode()}"


def counter_of(secret: str, code: str) -> int | None:
    """Which half minute's code this is: now's, or the one before or after, since clocks differ; else None."""
    fits = (each for each in totp.yield_hotp_counters_from_time() if _is_code(secret, each, code))
    return next(fits, None)


def _is_code(secret: str, counter: int, code: str) -> bool:
    return compare_user_code(actual=code, expected=totp.format_hotp_value(totp.hotp_value(secret, counter)))


@transaction.atomic
def set_up_app(request: HttpRequest, *, practitioner: Practitioner, code: str, at: datetime) -> bool:
    """Takes up the offered secret if the app's first code fits it. An app set up before gives way to this one.

    Raises ChangedMeanwhileError."""
    held(practitioner)
    secret = secret_to_set_up(request, practitioner)
    counter = counter_of(secret, code)
    if counter is None:
        return False
    Authenticator.objects.filter(user=practitioner, type=Kind.TOTP).delete()
    made = totp.TOTP.activate(practitioner, secret).instance
    made.data["last_counter"] = counter
    made.save(update_fields=["data"])
    del request.session[OFFERED]
    record(Operation.ALTER, "second factor set up", by=practitioner, at=at, about=practitioner.key, kind="app")
    return True


def question_for_new_passkey(practitioner: Practitioner) -> str:
    """What a browser needs to make a passkey, as JSON."""
    return json.dumps(webauthn.begin_registration(practitioner, passwordless=True))


def question_for_passkey(practitioner: Practitioner | None) -> str:
    """What a browser needs to show a passkey, as JSON: one of this practitioner's, or whosever it holds."""
    return json.dumps(webauthn.begin_authentication(practitioner))


@transaction.atomic
def set_up_passkey(*, practitioner: Practitioner, name: str, answer: str, at: datetime) -> bool:
    """Keeps the passkey that a browser made, if it answers our question. Raises ChangedMeanwhileError."""
    held(practitioner)
    credential = _read(answer)
    try:
        webauthn.parse_registration_response(credential)
        webauthn.complete_registration(credential)
    except (ValidationError, ValueError, KeyError):
        return False
    webauthn.WebAuthn.add(practitioner, name, credential)
    record(Operation.ALTER, "second factor set up", by=practitioner, at=at, about=practitioner.key, kind="passkey")
    return True


def _read(answer: str) -> dict[str, Any]:
    """A browser's answer. What is no JSON object is as wrong an answer as any."""
    try:
        read = json.loads(answer)
    except ValueError:
        return {}
    return read if isinstance(read, dict) else {}


def whose_passkey(answer: str) -> Practitioner | None:
    """Whose passkey this is, if it answers the question of this session."""
    credential = _read(answer)
    try:
        practitioner = webauthn.extract_user_from_response(credential)
    except (ValidationError, ValueError, KeyError, AttributeError):
        return None
    return practitioner if fits_passkey(practitioner, answer) else None


def fits_passkey(practitioner: Practitioner, answer: str) -> bool:
    """Whether this answer is by a passkey of this practitioner's, to the question of this session."""
    credential = _read(answer)
    try:
        webauthn.parse_authentication_response(credential)
        used = webauthn.complete_authentication(practitioner, credential)
    except (ValidationError, ValueError, KeyError, TypeError):
        return False
    used.record_usage()
    return True


@transaction.atomic
def fits_code(practitioner: Practitioner, code: str) -> str:
    """CODE where it is the app's and was not used before, RECOVERY where it is a recovery code, else "".

    Each is judged by its row as it stands once nobody else holds it: one code sent twice at once is good once."""
    held = Authenticator.objects.select_for_update().filter(user=practitioner)
    app = held.filter(type=Kind.TOTP).first()
    if app and (counter := counter_of(get_adapter().decrypt(app.data["secret"]), code)):
        if counter <= app.data.get("last_counter", 0):
            return ""
        app.data["last_counter"] = counter
        app.save(update_fields=["data"])
        app.record_usage()
        return CODE
    kept = held.filter(type=Kind.RECOVERY_CODES).first()
    if kept and RecoveryCodes(kept).validate_code(code):
        return RECOVERY
    return ""


@transaction.atomic
def new_recovery_codes(*, practitioner: Practitioner, at: datetime) -> list[str]:
    """Ten fresh codes, each good once. Those of before open nothing any more. Raises ChangedMeanwhileError."""
    held(practitioner)
    Authenticator.objects.filter(user=practitioner, type=Kind.RECOVERY_CODES).delete()
    codes = RecoveryCodes.activate(practitioner).generate_codes()
    record(Operation.ALTER, "recovery codes made", by=practitioner, at=at, about=practitioner.key)
    return codes


def codes_left(practitioner: Practitioner) -> int:
    """How many recovery codes have not been used."""
    kept = Authenticator.objects.filter(user=practitioner, type=Kind.RECOVERY_CODES).first()
    return len(RecoveryCodes(kept).get_unused_codes()) if kept else 0


@transaction.atomic
def take_away(*, factor: Authenticator, practitioner: Practitioner, at: datetime) -> None:
    """This app or passkey opens nothing any more."""
    kind = "app" if factor.type == Kind.TOTP else "passkey"
    factor.delete()
    record(Operation.ALTER, "second factor taken away", by=practitioner, at=at, about=practitioner.key, kind=kind)


@transaction.atomic
def take_all_away(*, practitioner: Practitioner) -> None:
    """Whoever lost everything begins anew; the action that decides it writes its line."""
    Authenticator.objects.filter(user=practitioner).delete()


def can_take_away(practitioner: Practitioner, *, required: bool) -> bool:
    """Whether one may go: the last may not, where a second factor is asked of everybody."""
    return not required or len(factors_of(practitioner)) > 1
