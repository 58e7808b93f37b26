"""Settings that would be unsafe for real children are refused, each in words."""

import string
from dataclasses import replace

import pytest

from alongside.config import unsafe
from alongside.config.unsafe import Facts, refusals

KEY = string.ascii_letters
SAFE = Facts(secret_key=KEY, hosts=("alongside.example.org",))
DEMO = Facts(secret_key=KEY, demo=True, https=False, duty_phone="0113 496 0001")


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
        (replace(SAFE, has_data_keys=False), unsafe.NO_DATA_KEYS),
    ],
)
def test_each_unsafe_setting_is_refused_alone(facts, refusal):
    assert refusals(facts) == [refusal]


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
    assert len(told) == 14
    assert all(refusal.reason.endswith(".") and refusal.mend.endswith(".") for refusal in told)
