"""Words that try to run stand in every column of every table that takes words; every page that somebody comes to is
opened as every role, and none runs."""

import os
from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from itertools import cycle
from typing import Any

import pytest
import time_machine
from conftest import NOW, past_every_trigger
from django.apps import apps
from django.db import IntegrityError, transaction
from django.db.models import CharField, Field, JSONField, Model, TextField
from playwright.sync_api import Page

from alongside.people.sealing import NumbersSealedField, WordsSealedField
from tests.crawl import walk
from tests.matrix.oracle import AGENCY
from tests.matrix.test_canaries import addresses_of
from tests.matrix.test_matrix import asker_of
from tests.matrix.things import whole_world

from .payloads import PAYLOADS
from .test_scripts import heard  # noqa: F401  a fixture

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("agencies")]
WHOLE = os.environ.get("ALONGSIDE_TESTS_LONG") == "1"
# Columns that hold a code, a key or a hash of ours, which no partner and no practitioner writes freely.
CODES = {
    "ledger.LedgerEvent": "what actor agency subject mark",
    "ledger.Checkpoint": "at read_at",
    "agencies.KnownDevice": "digest",
    "agencies.SignedIn": "source",
    "agencies.SingleSignOnName": "issuer subject",
    "agencies.Practitioner": "password role",
    "people.Person": "date_of_birth sex",
    "people.AgencyRecord": "system reference date_of_birth sex postcode nhs_number upn la_child_id school_urn",
    "people.NameKey": "key",
    "people.EmergencyNotice": "told_as",
    "places.Area": "edition",
    "places.Deprivation": "area_code edition domain",
    "places.Establishment": "la_code establishment_number postcode lsoa_code",
    "places.AnonymousIncident": "month lsoa_code",
    "linkage.RecordLink": "rule",
    "contributions.Call": "why_not",
    "contributions.Tombstone": "kind controller proposed_by approved_by",
    "contributions.LetIn": "by",
    "contributions.Contribution": "system reference kind handling occurred_to content_hash",
    "contributions.Draft": "kind window",
    "contributions.Grade": "source information handling priority",
    "chronology.ChronologyEntry": "kind role occurred_to handling readers group incident",
    "sharing.SharedEntry": "role",
    "sharing.ShareDraft": "window",
    "access_requests.Mark": "exemption",
    "keeping.Hold": "kind receipt",
    "keeping.ProposedItem": "first receipt kind",
    "keeping.DisposalNotice": "receipt kind",
}
# In what is told as data, the words of the world's own: the rest are codes.
OURS = "zq"


def columns() -> Iterator[tuple[type[Model], Field]]:
    """Every column of ours that takes words, by its table."""
    for model in apps.get_models():
        for field in model._meta.concrete_fields if model.__module__.startswith("alongside.") else ():
            takes_words = isinstance(field, CharField | TextField | JSONField | NumbersSealedField | WordsSealedField)
            code = field.choices or field.unique or field.name in CODES.get(model._meta.label, "").split()
            if takes_words and not code:
                yield model, field


def replaced(told: Any, payloads: Iterator[str]) -> Any:
    """The same data, with a payload in place of each word of the world's own."""
    if isinstance(told, dict):
        return {key: replaced(value, payloads) for key, value in told.items()}
    if isinstance(told, list):
        return [replaced(one, payloads) for one in told]
    return next(payloads) if isinstance(told, str) and OURS in told else told


def put_everywhere() -> Counter[str]:
    """Gives for each column in how many rows a payload stands now. What the database refuses of a row stays out: that a
    thing has no reason for an end which it did not come to."""
    payloads, put = cycle(PAYLOADS), Counter()
    for model, field in columns():
        for row in model._base_manager.order_by("pk"):
            before = getattr(row, field.attname)
            is_text = type(field) in (CharField, TextField) and before is not None
            after = next(payloads)[: field.max_length] if is_text else replaced(before, payloads)
            if after != before:
                with suppress(IntegrityError), transaction.atomic():
                    model._base_manager.filter(pk=row.pk).update(**{field.attname: after})
                    put[f"{model._meta.label}.{field.name}"] += 1
    return put


@pytest.fixture
def world():
    with time_machine.travel(NOW):
        made = whole_world(tuple(AGENCY))
        with past_every_trigger():
            made.put = put_everywhere()
        yield made


def addresses(world: Any, role: str) -> list[str]:
    asker = asker_of(world.viewers[role])
    found = [visit for visit in walk(asker.client, also=addresses_of(world, asker)) if visit.is_html]
    if WHOLE:
        return [visit.address for visit in found]
    return list({visit.name: visit.address for visit in found}.values())


def opened_as(page: Page, world: Any, role: str, server: str, sign_in: Any) -> int:
    """Opens every page that this role comes to, with what is folded on it unfolded. Gives how many."""
    found = addresses(world, role)
    sign_in(page, world.viewers[role])
    for address in found:
        page.goto(server + address, wait_until="load")
        page.evaluate("for (const one of document.querySelectorAll('details')) one.open = true")
    return len(found)


@pytest.mark.parametrize(
    "role", [pytest.param(role, marks=() if role == "front_door_worker" else pytest.mark.long) for role in AGENCY]
)
def test_no_words_in_any_column_run_on_any_page(world, live_server, browser_page, sign_in, heard, role):  # noqa: F811
    # The rest have no row in this world, or say why something ended that has not.
    assert len(world.put) > 55, sorted(world.put)
    assert opened_as(browser_page, world, role, live_server.url, sign_in) > 10
    assert heard == []


def test_what_is_called_a_code_is_a_column_of_ours():
    ours = {model._meta.label: {field.name for field in model._meta.concrete_fields} for model in apps.get_models()}
    assert not [label for label, names in CODES.items() if set(names.split()) - ours[label]]
