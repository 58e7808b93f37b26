"""What was written on Share is there again after the session ended, in a real browser."""

import re

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from alongside.agencies.models import SignedIn
from alongside.agencies.sessions import end
from alongside.chronology.tests.factories import entry
from alongside.people.tests.factories import COUNCIL, POLICE, child, practitioner, standing
from alongside.sharing.models import ShareDraft

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
LINE = "He left school with a man. Look for a grey car."


@pytest.fixture
def leah():
    """In Kai's team; Tom of the school is not."""
    kai = child("7F3K", called="Kai")
    seat = practitioner("leah", "social_worker", COUNCIL, name="Leah Brandt", phone="0113 496 0222")
    standing(kai, COUNCIL, practitioner=seat)
    practitioner("tom", "school_lead", "leeds-education", name="Tom Whitaker")
    entry(kai, POLICE, title="Seen at the bus station")
    return seat


def at(live_server, name="share"):
    return live_server.url + reverse(name, args=["7F3K"])


def write(page, live_server):
    """What Leah writes on Share, until the page says that it is saved."""
    page.clock.install()
    page.goto(at(live_server))
    page.get_by_label("To whom?").select_option(value="p:tom")
    page.get_by_label("Seen at the bus station").check()
    page.get_by_label("I have read what I give").check()
    page.get_by_label("Or in your own words").fill(LINE)
    with page.expect_response(at(live_server, "share_draft")):
        page.clock.run_for(1000)
    expect(page.locator("[data-draft-line]")).to_have_text(re.compile("Draft saved"))


@pytest.mark.parametrize("seen_at", ["browser_page", "at_320"])
def test_words_on_share_outlast_the_session(
    request, live_server, sign_in, leah, axe_clean, no_sideways_scroll, seen_at
):
    page = request.getfixturevalue(seen_at)
    sign_in(page, leah)
    write(page, live_server)
    page.clock.fast_forward(30 * 60_000)
    expect(page.get_by_role("heading", level=1)).to_have_text("You were signed out")
    expect(page.get_by_text(re.compile("Your draft from .* is kept"))).to_be_visible()
    end(SignedIn.objects.all(), at=ShareDraft.objects.get().saved_at, because="tests")
    page.get_by_role("link", name="Sign in again").click()
    expect(page.get_by_text(LINE)).to_have_count(0)

    sign_in(page, leah)
    page.goto(at(live_server))
    expect(page.get_by_text("It was not sent. Only you can see it")).to_be_visible()
    expect(page.get_by_label("Or in your own words")).to_have_value(LINE)
    expect(page.get_by_label("To whom?")).to_have_value("p:tom")
    expect(page.get_by_label("Seen at the bus station")).to_be_checked()
    expect(page.get_by_label("I have read what I give")).not_to_be_checked()
    axe_clean(page)
    no_sideways_scroll(page)
    page.get_by_role("button", name="Throw it away").click()
    expect(page.get_by_text("What you had begun is thrown away.")).to_be_visible()
    expect(page.get_by_label("Or in your own words")).to_have_value("")


def test_whoever_is_signed_out_elsewhere_is_not_told_that_words_are_saved(live_server, browser_page, sign_in, leah):
    sign_in(browser_page, leah)
    browser_page.goto(at(live_server, "share_now"))
    end(SignedIn.objects.all(), at=SignedIn.objects.get().began_at, because="tests")
    browser_page.get_by_label("What must they know now?").fill(LINE)
    expect(browser_page.locator("[data-draft-line]")).to_have_text(re.compile("Not saved yet"))
    expect(browser_page.get_by_label("What must they know now?")).to_have_value(LINE)
    assert not ShareDraft.objects.exists()
