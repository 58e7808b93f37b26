"""What somebody writes to give is kept as they type it, for them alone, until it is sent."""

import re
from datetime import timedelta

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from alongside.agencies.models import Practitioner
from alongside.chronology.tests.factories import entry
from alongside.ledger.models import LedgerEvent
from alongside.people.closing import declare_tie, restrict
from alongside.people.emergency import open_in_emergency
from alongside.people.models import Standing
from alongside.people.tests.factories import COUNCIL, POLICE, child, practitioner, standing
from alongside.sharing.drafts import clear_unused_share_drafts
from alongside.sharing.models import Page, ShareDecision, ShareDraft
from alongside.web.tests.reading import words

from .conftest import AT

PAGE, KEEP = reverse("share", args=["7F3K"]), reverse("share_draft", args=["7F3K"])
AUTOSAVE = {"HX-Request": "true"}
HIDDEN = re.compile(r'name="(window|had)" value="([^"]*)"')
LINE = "He left school with a man. Look for a grey car."
BEGUN = "You began this, 23 November 2026 at 9:20am. It was not sent. Only you can see it, until 23 December 2026."
# What each page asks in words, where it is kept, and what sends it.
ASKED = {"share": "words", "share_now": "words", "share_not": "because"}


@pytest.fixture
def window(as_one, leah):
    """Opens a window of Leah's on a page of Kai's: what it sends besides what is typed."""

    def opened(name="share", client=None):
        page = (client or as_one(leah)).get(reverse(name, args=["7F3K"])).content.decode()
        return dict(HIDDEN.findall(page))

    return opened


@pytest.fixture
def typed(as_one, leah):
    """What Leah types is saved by the page."""

    def kept(name="share", *, by=leah, **answers):
        address = reverse(f"{name}_draft", args=["7F3K"])
        return as_one(by).post(address, answers, headers=AUTOSAVE)

    return kept


def shown(as_one, who, name="share"):
    return as_one(who).get(reverse(name, args=["7F3K"])).content.decode()


@pytest.mark.parametrize("name", ASKED)
def test_what_was_typed_is_there_again_after_the_session_ended(as_one, leah, typed, name):
    assert typed(name, to="", outside="An aunt", **{ASKED[name]: LINE}).status_code == 204
    page = as_one(leah).get(reverse(name, args=["7F3K"]))
    assert BEGUN in words(page)
    assert LINE in page.content.decode()
    assert 'value="An aunt"' in page.content.decode()


def test_it_is_its_authors_alone(as_one, leah, priya, typed, bea):
    typed(words=LINE)
    for other in (priya, bea):
        assert LINE not in shown(as_one, other)
    typed(by=priya, words="Mine")
    assert "Mine" not in shown(as_one, leah)
    assert LINE in shown(as_one, leah)


@pytest.fixture
def bea(kai):
    return practitioner("bea", "front_door_manager", COUNCIL)


def test_it_is_of_this_page_and_this_child_alone(as_one, leah, typed):
    standing(child("8G4L", called="Noah"), COUNCIL, practitioner=leah)
    typed(words=LINE)
    assert LINE not in shown(as_one, leah, "share_now")
    assert LINE not in as_one(leah).get(reverse("share", args=["8G4L"])).content.decode()


def test_every_choice_is_there_again_but_what_is_said_of_it(as_one, kai, leah, tom, typed):
    told = entry(kai, COUNCIL, title="Seen at the station")
    day = {"expires_on_day": "1", "expires_on_month": "March", "expires_on_year": ""}
    chosen = {"to": "p:tom", "entries": [told.contribution.receipt, "gone"], "bases": ["art_6_1_e"], "family": "later"}
    typed(**chosen, **day, read="on")
    page = shown(as_one, leah)
    ticked = re.findall(r'<input[^>]*value="([^"]*)"[^>]*checked', page)
    assert ticked == [told.contribution.receipt, "later", "art_6_1_e"]
    assert re.search(r'value="p:tom" selected', page)
    assert 'value="March"' in page
    assert "read" not in ShareDraft.objects.get().answers


def test_an_entry_that_leads_here_is_chosen_whatever_was_begun(as_one, kai, leah, typed):
    one, other = (entry(kai, COUNCIL, title=title).contribution.receipt for title in ("Seen", "Missing"))
    typed(entries=[one], words=LINE)
    page = as_one(leah).get(PAGE, {"entry": other}).content.decode()
    assert LINE in page
    assert re.search(rf'value="{other}"[^>]*checked', page)


def test_what_cannot_be_chosen_any_more_is_left_out(as_one, kai, leah, tom, typed):
    told = entry(kai, POLICE, title="Seen at the station")
    typed(to="p:tom", entries=[told.contribution.receipt], words=LINE)
    Practitioner.objects.filter(pk=tom.pk).update(is_active=False)
    type(told.contribution).objects.filter(pk=told.contribution.pk).update(handling="police")
    told.handling = "police"
    told.save()
    page = shown(as_one, leah)
    assert told.contribution.receipt not in page
    assert "p:tom" not in page
    assert LINE in page


def test_words_are_sealed_in_the_table(leah, typed):
    typed(words=LINE)
    with connection.cursor() as cursor:
        cursor.execute("SELECT answers FROM sharing_sharedraft")
        ((stored,),) = cursor.fetchall()
    assert "grey car" not in str(stored)
    assert ShareDraft.objects.get().answers["words"] == [LINE]


def test_saving_leaves_no_line_and_shows_nothing(as_one, leah, typed):
    answer = typed(words=LINE)
    assert answer.content == b""
    assert not LedgerEvent.objects.exists()


def test_a_page_that_comes_back_has_kept_what_was_sent(as_one, leah):
    as_one(leah).post(PAGE, {"words": LINE})
    assert LINE in shown(as_one, leah)


def test_once_it_is_given_it_is_gone_and_saved_late_it_stays_gone(as_one, leah, tom, typed, window, filled):
    mine = window()
    typed(**mine, words=LINE)
    as_one(leah).post(PAGE, filled.answers | mine | {"words": LINE})
    assert ShareDecision.objects.get().words == LINE
    late = typed(**mine, words=LINE)
    assert late.headers["X-Not-Saved"]
    assert BEGUN not in words(as_one(leah).get(PAGE))
    assert ShareDraft.objects.get().answers == {}
    typed(**window(), words="Another thing")
    assert "Another thing" in shown(as_one, leah)


def test_given_now_and_not_given_are_gone_too(as_one, leah, priya, tom, typed):
    sent = {"share_now": {"to": "p:tom", "words": LINE}}
    sent["share_not"] = {"to": "p:tom", "why_not": "not_now", "because": LINE, "second": "priya"}
    for name, answers in sent.items():
        typed(name, **answers)
        as_one(leah).post(reverse(name, args=["7F3K"]), answers)
        assert LINE not in shown(as_one, leah, name)
    assert not ShareDraft.objects.filter(over_at=None).exists()


def test_it_can_be_thrown_away(as_one, leah, typed, window):
    typed(**window(), words=LINE)
    mine = window()
    answer = as_one(leah).post(KEEP, mine | {"do": "throw_away"}, follow=True)
    assert "What you had begun is thrown away." in words(answer)
    assert LINE not in answer.content.decode()
    typed(**mine, words=LINE)
    assert LINE not in shown(as_one, leah)


def test_another_window_does_not_save_over_what_this_one_wrote(leah, typed, window):
    one, two = window(), window()
    assert "X-Not-Saved" not in typed(**one, words="From the first").headers
    assert typed(**two, words="From the second").headers["X-Not-Saved"]
    assert "X-Not-Saved" not in typed(**one, words="From the first, more").headers
    assert ShareDraft.objects.get().answers["words"] == ["From the first, more"]


def test_after_thirty_days_it_is_gone_by_itself(leah, typed):
    typed(words=LINE)
    assert clear_unused_share_drafts(at=AT + timedelta(days=29)) == 0
    assert clear_unused_share_drafts(at=AT + timedelta(days=31)) == 1
    assert not ShareDraft.objects.exists()
    assert LedgerEvent.objects.get(what="drafts never sent").details["count"] == 1


def tied(kai, leah, bea):
    declare_tie(person=kai, by=leah, at=AT, because="My nephew")


def restricted(kai, leah, bea):
    restrict(person=kai, readers=[], by=bea, at=AT, because="Moved for safety")


def ended(kai, leah, bea):
    Standing.objects.filter(person=kai, practitioner=leah).delete()


@pytest.mark.parametrize("closed", [tied, restricted, ended])
def test_where_the_record_was_closed_since_it_is_neither_shown_nor_kept(as_one, kai, leah, bea, typed, closed):
    for name in ASKED:
        typed(name, **{ASKED[name]: LINE})
    closed(kai, leah, bea)
    for name in ASKED:
        page = as_one(leah).get(reverse(name, args=["7F3K"]), follow=True)
        assert LINE not in page.content.decode()
        assert typed(name, **{ASKED[name]: "More of him"}).status_code in {302, 403}
    assert {one.answers[ASKED[one.page]][0] for one in ShareDraft.objects.all()} == {LINE}


def test_whoever_has_no_seat_or_no_part_keeps_nothing(as_one, client, kai, leah, tom):
    assert client.post(KEEP, {"words": LINE}).status_code == 302
    assert as_one(tom).post(KEEP, {"words": LINE}).status_code == 302
    open_in_emergency(person=kai, by=tom, at=AT, because="A child is in danger now")
    assert as_one(tom).post(KEEP, {"words": LINE}).status_code == 403
    assert as_one(leah).get(KEEP).status_code == 405
    assert not ShareDraft.objects.exists()


def test_the_page_with_what_was_begun_asks_little(as_one, kai, leah, typed):
    for title in map(str, range(8)):
        entry(kai, COUNCIL, title=title)
        entry(kai, POLICE, role="sibling")
    typed(words=LINE)
    client = as_one(leah)
    client.get(PAGE)
    with CaptureQueriesContext(connection) as asked:
        client.get(PAGE)
    assert len(asked) <= 12


def test_what_is_begun_again_says_when(as_one, leah, typed, window):
    typed(**window(), words=LINE)
    with time_machine.travel(AT + timedelta(days=1), tick=False):
        as_one(leah).post(KEEP, window() | {"do": "throw_away"})
        typed(words="Anew")
        assert "You began this, 24 November 2026 at 9:20am." in words(as_one(leah).get(PAGE))
    assert ShareDraft.objects.get(over_at=None).page == Page.SHARE
