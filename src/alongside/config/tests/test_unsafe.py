"""Settings that would be unsafe for real children are refused, each in words."""

import string
from dataclasses import replace
from datetime import timedelta

import pytest

from alongside.config import unsafe, unsafe_sign_in
from alongside.config.unsafe import Facts, refusals

KEY = string.ascii_letters
SAFE = Facts(secret_key=KEY, hosts=("alongside.example.org",))
EASY = unsafe_sign_in.SignInFacts(second_factor=False, cookie_name="sessionid", sent_by="console")
DEMO = Facts(secret_key=KEY, demo=True, https=False, duty_phone="0113 496 0001", sign_in=EASY)
COUNCIL = ("leeds-city-council", "https://login.council.example", "a secret long enough")


POSTGRES = replace(SAFE, database="postgresql", journal_mode="", synchronous=0)


@pytest.mark.parametrize("facts", [SAFE, DEMO, POSTGRES])
def test_what_is_safe_is_not_refused(facts):
    assert refusals(facts) == []


@pytest.mark.parametrize(
    ("facts", "refusal"),
    [
        (replace(SAFE, secret_key=""), unsafe.NO_KEY),
        (replace(SAFE, secret_key="short"), unsafe.WEAK_KEY),
        (replace(SAFE, secret_key="abc" * 30), unsafe.WEAK_KEY),
        (replace(SAFE, debug=True), unsafe.DEBUG_ON),
        (replace(DEMO, listens_on="192.0.2.1"), unsafe.DEMO_IN_PUBLIC),
        (replace(DEMO, hosts=("demo.example.org",)), unsafe.DEMO_IN_PUBLIC),
        (replace(SAFE, https=False), unsafe.NO_HTTPS),
        (replace(SAFE, hosts=("*",)), unsafe.ANY_HOST),
        (replace(SAFE, hosts=()), unsafe.NO_HOST),
        (replace(SAFE, journal_mode="delete"), unsafe.NOT_WAL),
        (replace(SAFE, synchronous=1), unsafe.NOT_FULL),
        (replace(SAFE, playbook=False), unsafe.NO_PLAYBOOK),
        (replace(SAFE, var_writable=False), unsafe.NOT_WRITABLE),
        (replace(SAFE, pages_built=False), unsafe.NO_PAGES),
        (replace(SAFE, duty_phone="0113 496 0001"), unsafe.INVENTED_PHONE),
        (replace(SAFE, mail_from="alongside@localhost"), unsafe.NO_SENDER),
        (replace(SAFE, has_data_keys=False), unsafe.NO_DATA_KEYS),
    ],
)
def test_each_unsafe_setting_is_refused_alone(facts, refusal):
    assert refusals(facts) == [refusal]


def signing_in(**changes):
    """A safe server whose people sign in with the council's own sign-in, changed in one thing."""
    facts = {"issuers": (COUNCIL,), "agencies": ("leeds-city-council",), "secrets_for": ("leeds-city-council",)}
    return replace(SAFE, sign_in=unsafe_sign_in.SignInFacts(**(facts | changes)))


def test_a_safe_way_to_sign_in_is_not_refused():
    assert refusals(signing_in()) == []
    assert refusals(signing_in(mail_encrypted=False, mail_host="localhost")) == []


@pytest.mark.parametrize(
    ("changes", "refusal"),
    [
        ({"second_factor": False}, unsafe_sign_in.NO_SECOND_FACTOR),
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
    assert refusals(signing_in(**changes)) == [refusal]


def test_all_reasons_come_at_once():
    everything = Facts(
        demo=True,
        debug=True,
        hosts=("*",),
        journal_mode="off",
        synchronous=0,
        playbook=False,
        pages_built=False,
    )
    assert len(refusals(everything)) == 8


def test_every_refusal_says_what_to_do():
    told = [thing for thing in vars(unsafe).values() if isinstance(thing, unsafe.Refusal)]
    assert len(told) == 15
    assert all(refusal.reason.endswith(".") and refusal.mend.endswith(".") for refusal in told)
