"""One writes at a desk and on a tablet: what one window sends takes nothing from the other."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from alongside.sharing.models import ShareDecision
from alongside.web.tests.reading import words

PAGE, KEEP = reverse("share", args=["7F3K"]), reverse("share_draft", args=["7F3K"])
HIDDEN = re.compile(r'name="(window|had)" value="([^"]*)"')
CAR, CLUB = "Look for a grey car.", "A long account for the club, an hour of work."


@dataclass
class Window:
    """A page of giving, open in some browser."""

    client: Client
    page: str
    hidden: dict[str, str]

    def saves(self, **answers: Any) -> HttpResponse:
        return self.client.post(KEEP, self.hidden | answers, headers={"HX-Request": "true"})

    def sends(self, **answers: Any) -> HttpResponse:
        return self.client.post(self.page, self.hidden | answers, follow=True)

    def throws_away(self) -> HttpResponse:
        return self.client.post(KEEP, self.hidden | {"do": "throw_away"}, follow=True)

    def again(self) -> str:
        return self.client.get(self.page).content.decode()


@pytest.fixture
def opened(as_one, leah) -> Callable[..., Window]:
    """Opens a page in a new window of Leah's."""

    def opens(page: str = PAGE) -> Window:
        client = as_one(leah)
        return Window(client, page, dict(HIDDEN.findall(client.get(page).content.decode())))

    return opens


def test_what_one_window_sends_leaves_what_another_wrote(opened, filled):
    desk, tablet = opened(), opened()
    assert tablet.saves(outside="The club", words=CLUB).status_code == 204
    desk.sends(**filled.answers, words=CAR)
    assert ShareDecision.objects.get().words == CAR
    assert "You began this" in words(tablet.client.get(PAGE))
    assert CLUB in tablet.again()
    assert "X-Not-Saved" not in tablet.saves(outside="The club", words=f"{CLUB} And more.").headers
    assert desk.saves(words=CAR).headers["X-Not-Saved"]


def test_what_was_begun_elsewhere_and_read_here_is_gone_once_it_is_sent(opened, filled):
    opened().saves(words=CLUB)
    opened().sends(**filled.answers, words=CLUB)
    assert CLUB not in opened().again()


def test_what_another_window_wrote_since_is_not_thrown_away_unread(opened):
    opened().saves(words=CAR)
    desk, tablet = opened(), opened()
    tablet.saves(words=CLUB)
    assert "read it before it is thrown away" in words(desk.throws_away())
    assert CLUB in desk.again()
    assert "is thrown away." in words(opened().throws_away())
    assert CLUB not in desk.again()


@pytest.mark.parametrize(("came_from", "leads_to"), [(PAGE, PAGE), ("https://elsewhere.test/", KEEP), ("", KEEP)])
def test_whoever_throws_it_away_once_the_session_ended_signs_in_and_is_on_the_page(client, leah, came_from, leads_to):
    """Unless the browser does not say from which page of ours it was sent."""
    page = f"http://testserver{came_from}" if came_from.startswith("/") else came_from
    answer = client.post(KEEP, {"do": "throw_away"}, headers={"Referer": page} if page else {})
    client.force_login(leah)
    assert parse_qs(urlsplit(answer["Location"]).query)["next"] == [leads_to]
    assert came_from != PAGE or client.get(leads_to).status_code == 200
