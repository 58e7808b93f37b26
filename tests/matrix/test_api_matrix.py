"""The API as every partner, of every partner's contributions, of every kind: each reads and withdraws its own alone,
and tells only what its key is for."""

import json
import os
from itertools import product

import pytest
import time_machine
from conftest import NOW
from django.db import transaction

from alongside.agencies.models import Agency
from alongside.contributions.actions import accept
from alongside.contributions.kinds import kinds
from alongside.contributions.tests.example import note
from alongside.contributions.tokens import end_token, make_token

from .asker import Tally
from .test_matrix import agrees

pytestmark = [pytest.mark.matrix, pytest.mark.django_db, pytest.mark.usefixtures("agencies")]
WHOLE = os.environ.get("ALONGSIDE_TESTS_LONG") == "1"
TELL = "/api/v1/contributions"
KEYS = ("whole", "of one kind", "ended", "none")


@pytest.fixture
def partners():
    with time_machine.travel(NOW, tick=False):
        slugs = sorted(Agency.objects.values_list("pk", flat=True))
        yield slugs if WHOLE else slugs[:5]


def keys_of(agency):
    """A key for all kinds, one for notes alone, one that has ended, and none."""
    made = {}
    for name, of_kinds in (("whole", []), ("of one kind", ["general_note"]), ("ended", [])):
        token, made[name] = make_token(
            agency=Agency.objects.get(pk=agency), name=name, kinds=of_kinds, by="tests", at=NOW
        )
        if name == "ended":
            end_token(token=token, by="tests", at=NOW)
    return made | {"none": "alongside_nothing"}


def told_by(agency):
    (verdict,) = accept([note(f"API-{agency}") | {"source": source(agency)}], by="tests", at=NOW)
    return verdict.receipt


def source(agency, reference="API-0"):
    return {"agency": agency, "system": "own", "reference": f"{reference}-{agency}"}


def signed(key):
    return {"HTTP_AUTHORIZATION": f"Bearer {key}"}


def undone(call, *args, **more):
    with transaction.atomic():
        answer = call(*args, **more)
        transaction.set_rollback(True)
    return answer


def test_each_partner_reads_and_withdraws_its_own_alone(client, partners):
    receipts, tally = {agency: told_by(agency) for agency in partners}, Tally()
    withdrawn = json.dumps({"because": "Another child"})
    for reader in partners:
        keys = keys_of(reader)
        for teller, key in product(partners, KEYS):
            own = reader == teller
            expected = (200 if own else 404) if key in {"whole", "of one kind"} else 401
            address = f"{TELL}/{receipts[teller]}"
            status = undone(client.get, address, **signed(keys[key])).status_code
            tally.judge(status == expected, f"{reader} reads {teller} with a key {key}: {status}")
            asked = {"content_type": "application/json", **signed(keys[key])}
            status = undone(client.post, f"{address}/withdraw", withdrawn, **asked).status_code
            tally.judge(status == expected, f"{reader} withdraws {teller} with a key {key}: {status}")
    agrees(tally, at_least=2 * len(KEYS) * len(partners) ** 2)


def test_each_partner_tells_for_itself_and_what_its_key_is_for(client, partners):
    tally, teller = Tally(), partners[0]
    keys = keys_of(teller)
    for (kind, definition), agency, key in product(kinds().items(), partners, KEYS):
        told = definition.example | {"kind": kind, "source": source(agency, kind)}
        asked = {"content_type": "application/json", **signed(keys[key])}
        answer = undone(client.post, TELL, json.dumps(told), **asked)
        if key in {"ended", "none"}:
            tally.judge(answer.status_code == 401, f"{kind} with a key {key}: {answer.status_code}")
            continue
        may = agency == teller and (key == "whole" or kind == "general_note")
        taken = answer.status_code in {200, 201}
        only_theirs = may and any(field.only_by and teller not in field.only_by for field in definition.fields)
        tally.judge(taken == may or only_theirs, f"{kind} for {agency} with a key {key}: {answer.status_code}")
    agrees(tally, at_least=len(kinds()) * len(partners) * len(KEYS))
