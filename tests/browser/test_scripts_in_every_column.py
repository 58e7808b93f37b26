"""Words that try to run stand in every column of every table that takes words; every page that somebody comes to is
opened as every role, and none runs."""

import os
import sys
from collections import defaultdict
from typing import Any

import pytest
import time_machine
from conftest import NOW, past_every_trigger
from django.apps import apps
from django.db import connection
from playwright.sync_api import Page

from tests.crawl import walk
from tests.matrix.asker import Asker
from tests.matrix.oracle import AGENCY
from tests.matrix.test_canaries import addresses_of
from tests.matrix.test_matrix import asker_of
from tests.matrix.things import whole_world

from .columns_of_words import CODES, Filling, Tally
from .payloads import MADE, PAYLOADS, UNFOLDS
from .rows_of_words import add_rows
from .test_scripts import heard  # noqa: F401  a fixture

pytestmark = [
    *(pytest.mark.browser, pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("agencies")),
    pytest.mark.skipif(connection.vendor != "sqlite", reason="stands in columns longer than another database lets it"),
]
WHOLE = os.environ.get("ALONGSIDE_TESTS_LONG") == "1"


@pytest.fixture
def filled(role):
    """Where somebody who holds this role comes to; and words that try to run in all of the world, for each role others
    in one row."""
    with time_machine.travel(NOW):
        world, filling = whole_world(tuple(AGENCY)), Filling(turn=list(AGENCY).index(role))
        with past_every_trigger():
            asker, apart = asker_of(world.viewers[role]), add_rows(world, role)
            found = addresses(world, asker, apart)
            filling.everywhere()
        yield asker.client, found, filling


def addresses(world: Any, asker: Asker, apart: list[str]) -> list[str]:
    """Every page; in the short form those that show other columns, and of each other name the one that says most."""
    walked = walk(asker.client, also=[*addresses_of(world, asker), *apart])
    found = [(len(visit.answer.content), visit.name, visit.address) for visit in walked if visit.is_html]
    if WHOLE:
        return [address for _, _, address in found]
    return list({address if address in apart else name: address for _, name, address in sorted(found)}.values())


def opened(page: Page, addresses: list[str], filling: Filling) -> tuple[Tally, list[str]]:
    """Which payloads of each place stood on a page, with what is folded on it unfolded, and what words made of one."""
    shown, made = defaultdict(set), []
    for address in addresses:
        page.goto(address, wait_until="load")
        page.evaluate(UNFOLDS)
        made += [f"{address}: {one}" for one in page.evaluate(MADE)]
        for where, which in filling.shown(page.content()).items():
            shown[where] |= which
    return shown, made


@pytest.mark.parametrize(
    "role", [pytest.param(role, marks=() if role == "front_door_worker" else pytest.mark.long) for role in AGENCY]
)
def test_no_words_in_any_column_run_on_any_page(filled, live_server, browser_page, heard, role):  # noqa: F811
    client, found, filling = filled
    held = filling.held()
    assert not {where: len(which) for where, which in held.items() if len(which) < len(PAYLOADS)}
    assert not filling.unfilled()
    session = {"name": "sessionid", "value": client.cookies["sessionid"].value, "url": live_server.url}
    browser_page.context.add_cookies([session])
    shown, made = opened(browser_page, [live_server.url + address for address in found], filling)
    unseen = sorted(set(held) - set(shown))
    sys.stdout.write(f"{role}: {len(found)} pages, words of {len(shown)} of {len(held)} places, not of {unseen}\n")
    sys.stdout.write(f"{ {where: len(which) for where, which in sorted(shown.items())} }\n")
    assert len(found) > 10
    assert len(shown) > (100 if role == "front_door_worker" else 5)
    assert (made, heard) == ([], [])


def test_what_is_called_a_code_is_a_column_of_ours():
    ours = {model._meta.label: {field.name for field in model._meta.concrete_fields} for model in apps.get_models()}
    assert not [label for label, names in CODES.items() if set(names.split()) - ours[label]]
