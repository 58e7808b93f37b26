"""What is chosen to be given stays chosen, whichever way leads to the page."""

import re
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from alongside.chronology.tests.factories import entries
from alongside.sharing.models import ShareDecision, ShareDraft

PAGE, KEEP = reverse("share", args=["7F3K"]), reverse("share_draft", args=["7F3K"])
HIDDEN = re.compile(r'name="(window|had)" value="([^"]*)"')
CHOSEN = re.compile(r'name="entries"[^>]*value="([^"]*)"[^>]*checked')


@pytest.fixture
def told(kai):
    """More than the page offers, newest first."""
    return [one.contribution.receipt for one in entries(kai, 15)]


@pytest.fixture
def opened(as_one, leah):
    """What Leah's page sends as it opens: the window, and the entries that are chosen on it."""

    def opens(asked: str = "") -> dict[str, Any]:
        page = as_one(leah).get(PAGE, {"entry": asked} if asked else {}).content.decode()
        return dict(HIDDEN.findall(page)) | {"entries": CHOSEN.findall(page)}

    return opens


@pytest.fixture
def typed(as_one, leah):
    return lambda **answers: as_one(leah).post(KEEP, answers, headers={"HX-Request": "true"})


def test_an_entry_beyond_the_latest_is_there_again(opened, typed, told):
    old = told[-1]
    page = opened(old)
    assert page["entries"] == [old]
    typed(**page, words="Look at this one")
    assert opened()["entries"] == [old]


def test_one_that_leads_here_is_chosen_beside_what_was_chosen_before(opened, typed, told):
    *latest, old = told[:3] + told[-1:]
    typed(**opened() | {"entries": latest}, words="Three of them")
    page = opened(old)
    assert sorted(page["entries"]) == sorted([*latest, old])
    typed(**page, words="Four of them")
    assert sorted(ShareDraft.objects.get().answers["entries"]) == sorted([*latest, old])
    assert sorted(opened()["entries"]) == sorted([*latest, old])


@pytest.mark.parametrize("asked", [False, True])
def test_all_that_was_chosen_is_given(as_one, leah, opened, typed, told, filled, asked):
    *latest, old = told[:2] + told[-1:]
    typed(**opened() | {"entries": [*latest, old]})
    address = f"{PAGE}?entry={old}" if asked else PAGE
    as_one(leah).post(address, filled.answers | opened(old if asked else ""))
    given = ShareDecision.objects.get().entries.values_list("contribution__receipt", flat=True)
    assert sorted(given) == sorted([*latest, old])


def test_what_somebody_types_into_the_address_is_not_offered(as_one, leah, opened, filled, told):
    sent = filled.answers | opened() | {"entries": ["R-OTHER"]}
    assert as_one(leah).post(PAGE, sent).status_code == 200
    assert not ShareDecision.objects.exists()


def test_the_page_with_entries_beyond_the_latest_asks_little(as_one, leah, opened, typed, told):
    typed(**opened() | {"entries": told[-3:]})
    client = as_one(leah)
    client.get(PAGE)
    with CaptureQueriesContext(connection) as asked:
        client.get(PAGE)
    assert len(asked) <= 12
