"""A draft open in two windows: nothing typed is lost, and nobody's words are saved over unseen."""

import re
from datetime import timedelta
from uuid import uuid4

import pytest
from conftest import NOW

from alongside.contributions.answers import Window, fingerprint
from alongside.contributions.drafts import clear_unused_drafts
from alongside.contributions.models import Draft
from alongside.ledger.models import LedgerEvent

from .on_pages import FIGHT, sent, step, words

AUTOSAVE = {"HX-Request": "true"}
HIDDEN = re.compile(r'name="(window|had)" value="([^"]*)"')
pages = [pytest.mark.django_db, pytest.mark.usefixtures("now")]


def opened(client, address):
    """A window on this page: what it sends besides what is typed."""
    return dict(HIDDEN.findall(client.get(address).content.decode()))


def narrative():
    return Draft.objects.get().answers["what_happened"]["narrative"]


class TestPages:
    pytestmark = pages

    @pytest.fixture
    def address(self):
        return step(uuid4(), "what_happened")

    def test_one_window_saves_as_often_as_it_likes(self, officer, address):
        window = opened(officer, address)
        for said in ("A fight", "A fight at", "A fight at the station"):
            officer.post(address, FIGHT | window | {"narrative": said}, headers=AUTOSAVE)
        assert narrative() == ["A fight at the station"]

    def test_the_second_window_is_asked_and_nothing_is_saved_meanwhile(self, officer, address):
        one, two = opened(officer, address), opened(officer, address)
        officer.post(address, FIGHT | one | {"narrative": "From the first"}, headers=AUTOSAVE)
        asked = officer.post(address, FIGHT | two | {"narrative": "From the second"}, headers=AUTOSAVE)

        assert "You changed this page in another window at 9:20am" in words(asked)
        assert asked.headers["X-Not-Saved"] == "elsewhere"
        assert narrative() == ["From the first"]

    def test_without_javascript_the_page_comes_back_with_what_was_typed(self, officer, address):
        one, two = opened(officer, address), opened(officer, address)
        officer.post(address, FIGHT | one | {"narrative": "From the first"})
        asked = words(officer.post(address, FIGHT | two | {"narrative": "From the second"}))
        assert "Keep mine" in asked
        assert "From the second" in asked

    def test_keep_mine_saves_over_and_then_the_other_is_asked(self, officer, address):
        one, two = opened(officer, address), opened(officer, address)
        officer.post(address, FIGHT | one | {"narrative": "From the first"}, headers=AUTOSAVE)
        officer.post(address, FIGHT | two | {"narrative": "From the second", "do": "keep_mine"})
        assert narrative() == ["From the second"]
        asked = officer.post(address, FIGHT | one | {"narrative": "The first again"}, headers=AUTOSAVE)
        assert "Take the other" in words(asked)

    def test_take_the_other_shows_what_it_wrote(self, officer, address):
        one, two = opened(officer, address), opened(officer, address)
        officer.post(address, FIGHT | one | {"narrative": "From the first"}, headers=AUTOSAVE)
        typed = FIGHT | two | {"narrative": "From the second", "do": "take_other"}
        assert "From the first" in words(officer.post(address, typed, follow=True))

    def test_two_windows_that_say_the_same_are_left_in_peace(self, officer, address):
        one, two = opened(officer, address), opened(officer, address)
        officer.post(address, FIGHT | one, headers=AUTOSAVE)
        assert "another window" not in words(officer.post(address, FIGHT | two, headers=AUTOSAVE))

    def test_what_nobody_goes_on_with_is_cleared_and_what_was_sent_is_kept(self, officer):
        sent(officer)
        officer.post(step(uuid4(), "what_happened"), FIGHT)
        Draft.objects.update(saved_at=NOW - timedelta(days=31))

        assert clear_unused_drafts(at=NOW) == 1
        assert Draft.objects.get().sent_as is not None
        assert LedgerEvent.objects.get(operation="erase").details == {"count": 1}

    def test_a_draft_of_last_week_is_kept(self, officer, address):
        officer.post(address, FIGHT)
        Draft.objects.update(saved_at=NOW - timedelta(days=29))
        assert clear_unused_drafts(at=NOW) == 0


ONE, TWO = {"narrative": ["one"]}, {"narrative": ["two"]}


@pytest.mark.parametrize(
    ("kept", "last", "had", "mine", "asked"),
    [
        ({"voice": ONE}, "other", "", {"voice": TWO}, True),
        ({"voice": ONE}, "this", "", {"voice": TWO}, False),
        ({"voice": ONE}, "other", fingerprint(ONE), {"voice": TWO}, False),
        ({"voice": ONE}, "other", "", {"voice": ONE}, False),
        ({"who": ONE}, "other", "", {"voice": TWO}, False),
        ({"voice": ONE}, "", "", {"voice": TWO}, False),
    ],
    ids=["lost", "same window", "seen before", "same words", "another step", "no window known"],
)
def test_when_a_window_would_write_over_another(kept, last, had, mine, asked):
    assert Window("this", "voice", had).writes_over(kept, last, mine) is asked
