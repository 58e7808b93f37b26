"""The rest of what was given at once is kept as it is typed, too; and drafts go when a child's record goes."""

import re
from datetime import timedelta

import pytest
import time_machine
from django.urls import reverse

from alongside.agencies.seats import suspend
from alongside.chronology.tests.factories import entry
from alongside.ledger.models import LedgerEvent
from alongside.people.closing import declare_tie, restrict
from alongside.people.tests.factories import COUNCIL, practitioner
from alongside.sharing.actions import give_now
from alongside.sharing.disposing import forget_decisions_about, forget_given
from alongside.sharing.models import ShareDraft
from alongside.sharing.recipients import Target
from alongside.web.tests.reading import words

from .conftest import AT

HIDDEN = re.compile(r'name="(window|had|page)" value="([^"]*)"')
AUTOSAVE = {"HX-Request": "true"}
LATE = AT + timedelta(hours=25)
WHY = "So that his aunt can look for him at the station"
REST = {"because": WHY, "family": "told", "bases": ["art_6_1_e", "art_9_2_g"]}


@pytest.fixture
def made(kai, leah, tom):
    return give_now(person=kai, to=Target(practitioner=tom), words="Look for a grey car.", by=leah, at=AT)


@pytest.fixture
def page(made):
    return reverse("share_rest", args=[made.pk])


@pytest.fixture
def bea(kai):
    return practitioner("bea", "front_door_manager", COUNCIL)


def begun():
    return [(one.by.key, one.answers["because"]) for one in ShareDraft.objects.filter(over_at=None).order_by("pk")]


def test_the_rest_is_kept_as_it_is_typed_and_gone_once_recorded(as_one, leah, made, page):
    before = LedgerEvent.objects.count()
    assert as_one(leah).post(page, REST, headers=AUTOSAVE).status_code == 204
    assert (LedgerEvent.objects.count(), begun()) == (before, [("leah", [WHY])])
    made.refresh_from_db()
    assert made.recorded_at is None
    shown = as_one(leah).get(page)
    assert "You began this, 23 November 2026 at 9:20am. It was not sent." in words(shown)
    assert WHY in shown.content.decode()
    as_one(leah).post(page, REST)
    assert begun() == []


def test_it_can_be_thrown_away(as_one, leah, made, page):
    as_one(leah).post(page, REST, headers=AUTOSAVE)
    answer = as_one(leah).post(page, {"do": "throw_away"}, follow=True)
    assert WHY not in answer.content.decode()
    made.refresh_from_db()
    assert made.recorded_at is None


def tied(kai, leah, bea):
    declare_tie(person=kai, by=leah, at=AT, because="My nephew")


def restricted(kai, leah, bea):
    restrict(person=kai, readers=[], by=bea, at=AT, because="Moved for safety")


@pytest.mark.parametrize("closed", [tied, restricted])
def test_once_the_record_is_closed_only_what_is_written_since_is_shown(as_one, kai, leah, bea, page, closed):
    """The page then shows nothing of the child; their own reason is still asked for, and kept."""
    as_one(leah).post(page, REST, headers=AUTOSAVE)
    closed(kai, leah, bea)
    assert WHY not in as_one(leah).get(page).content.decode()
    as_one(leah).post(page, REST | {"because": "He was in danger"}, headers=AUTOSAVE)
    assert "He was in danger" in as_one(leah).get(page).content.decode()
    as_one(leah).post(page, REST | {"because": "He was in danger"})
    assert begun() == []


@pytest.mark.parametrize("closed", [tied, restricted])
@pytest.mark.parametrize("headers", [AUTOSAVE, {}])
def test_a_window_opened_before_the_record_was_closed_keeps_nothing_more(as_one, kai, leah, bea, page, closed, headers):
    """What is typed in it may say where the child is."""
    window = dict(HIDDEN.findall(as_one(leah).get(page).content.decode()))
    closed(kai, leah, bea)
    answer = as_one(leah).post(page, window | {"because": WHY}, headers=headers)
    # The page that comes back is the old window still.
    window = dict(HIDDEN.findall(answer.content.decode())) or window
    assert as_one(leah).post(page, window | {"because": WHY}, headers=AUTOSAVE).headers["X-Not-Saved"]
    assert begun() == []
    assert WHY not in as_one(leah).get(page).content.decode()


def test_an_officer_who_stands_in_has_a_draft_of_their_own(as_one, leah, made, page, kai):
    grace = practitioner("grace", "information_officer", COUNCIL, name="Grace Lumb")
    as_one(leah).post(page, REST, headers=AUTOSAVE)
    suspend(practitioner=leah, because="Left", by="tests", at=AT)
    left = reverse("share_left", args=[made.pk])
    with time_machine.travel(LATE, tick=False):
        client = as_one(grace)
        assert WHY not in client.get(left).content.decode()
        client.post(left, REST | {"because": "Asked his manager"}, headers=AUTOSAVE)
        assert "Asked his manager" in client.get(left).content.decode()
        client.post(left, REST | {"because": "Asked his manager"})
    assert begun() == []


def test_a_page_that_comes_back_has_kept_what_was_sent(as_one, leah, page):
    as_one(leah).post(page, {"because": WHY})
    assert begun() == [("leah", [WHY])]


@pytest.fixture
def typed(as_one, kai, leah):
    told = entry(kai, COUNCIL, title="Seen at the station").contribution
    chosen = {"entries": [told.receipt], "because": WHY}
    as_one(leah).post(reverse("share_draft", args=["7F3K"]), chosen, headers=AUTOSAVE)
    as_one(leah).post(reverse("share_not_draft", args=["7F3K"]), {"because": "Not now"}, headers=AUTOSAVE)
    return told


def test_what_is_written_to_give_with_an_entry_goes_with_the_entry(typed):
    forget_given([typed], at=AT)
    assert begun() == [("leah", ["Not now"])]


def test_what_is_written_about_a_child_goes_when_nothing_is_told_of_them(typed, kai):
    forget_decisions_about([kai.pk], at=AT)
    assert not ShareDraft.objects.exists()
