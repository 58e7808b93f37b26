"""Each unsafe way to sign in is refused alone, in words, out of a whole that is safe."""

from dataclasses import replace
from datetime import timedelta

import pytest

from alongside.config import checks, unsafe_sign_in
from alongside.config.unsafe_sign_in import SignInFacts, refusals_of_sign_in

COUNCIL = ("leeds-city-council", "https://login.council.example", "a secret long enough")
SAFE = SignInFacts(issuers=(COUNCIL,), agencies=("leeds-city-council",), secrets_for=("leeds-city-council",))


def test_a_safe_way_to_sign_in_is_not_refused():
    assert refusals_of_sign_in(SAFE, demo=False) == []
    here = replace(SAFE, mail_encrypted=False, mail_host="localhost")
    assert refusals_of_sign_in(here, demo=False) == []
    easy = SignInFacts(second_factor=False, cookie_name="sessionid", sent_by="filebased")
    assert refusals_of_sign_in(easy, demo=True) == []


@pytest.mark.parametrize(
    ("changes", "refusal"),
    [
        ({"second_factor": False}, unsafe_sign_in.NO_SECOND_FACTOR),
        ({"passkey_asks": "preferred"}, unsafe_sign_in.PASSKEY_WITHOUT_ITS_OWNER),
        ({"passkey_asks": "discouraged"}, unsafe_sign_in.PASSKEY_WITHOUT_ITS_OWNER),
        ({"cookie_name": "sessionid"}, unsafe_sign_in.COOKIE_OF_OTHERS),
        ({"cookie_http_only": False}, unsafe_sign_in.COOKIE_OF_OTHERS),
        ({"cookie_same_site": "None"}, unsafe_sign_in.COOKIE_OF_OTHERS),
        ({"sent_by": "console"}, unsafe_sign_in.LETTERS_GO_NOWHERE),
        ({"mail_encrypted": False, "mail_host": "mail.example.org"}, unsafe_sign_in.LETTERS_IN_THE_OPEN),
        ({"idle": timedelta(hours=2)}, unsafe_sign_in.SESSIONS_TOO_LONG),
        ({"longest": timedelta(hours=13)}, unsafe_sign_in.SESSIONS_TOO_LONG),
        ({"issuers": ((COUNCIL[0], "http://login.council.example", COUNCIL[2]),)}, unsafe_sign_in.ISSUER_NOT_HTTPS),
        ({"issuers": ((COUNCIL[0], COUNCIL[1], ""),)}, unsafe_sign_in.ISSUER_WITHOUT_SECRET),
        ({"issuers": ((COUNCIL[0], COUNCIL[1], "short"),)}, unsafe_sign_in.ISSUER_WITHOUT_SECRET),
        ({"secrets_for": ("leeds-city-council", "leeds-camhs")}, unsafe_sign_in.SECRET_OF_NOBODY),
        ({"agencies": ("leeds-camhs",)}, unsafe_sign_in.ISSUER_OF_NOBODY),
    ],
)
def test_each_unsafe_way_to_sign_in_is_refused_alone(changes, refusal):
    assert refusals_of_sign_in(replace(SAFE, **changes), demo=False) == [refusal]


def test_what_is_asked_of_a_passkey_is_looked_at(settings):
    assert checks.about_signing_in().passkey_asks == "required"
    settings.MFA_WEBAUTHN_USER_VERIFICATION = "preferred"
    here = replace(SAFE, passkey_asks=checks.about_signing_in().passkey_asks)
    assert refusals_of_sign_in(here, demo=False) == [unsafe_sign_in.PASSKEY_WITHOUT_ITS_OWNER]
    del settings.MFA_WEBAUTHN_USER_VERIFICATION
    assert checks.about_signing_in().passkey_asks != "required"
