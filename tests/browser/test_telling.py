"""A police officer at one in the morning, on a small phone; a road worker in daylight; both without fear of loss."""

import re

import pytest
from playwright.sync_api import Page, expect

from alongside.contributions.models import Contribution, Draft

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def fill_in_who(page: Page) -> None:
    page.get_by_label("What do they like to be called?").fill("Kai")
    page.get_by_label("Family name").fill("Adeyemi")
    page.get_by_role("button", name="Save and continue").click()


def fill_in_what_happened(page: Page) -> None:
    for part, value in {"Day": "20", "Month": "11", "Year": "2025"}.items():
        page.get_by_role("group", name="When did it happen?").get_by_label(part).fill(value)
    page.get_by_label("Where?", exact=True).fill("Bus station")
    page.get_by_label("What happened?").fill("A fight. He absconded when we came.")


def test_a_notification_on_a_phone_from_first_word_to_receipt(
    live_server, at_320, sign_in, priya, axe_clean, no_sideways_scroll
):
    sign_in(at_320, priya)
    at_320.goto(f"{live_server.url}/tell/send-a-notification/")
    axe_clean(at_320)
    no_sideways_scroll(at_320)
    fill_in_who(at_320)

    fill_in_what_happened(at_320)
    expect(at_320.get_by_text("You wrote “absconded”")).to_be_visible()
    expect(at_320.locator("[data-draft-line]")).to_have_text(re.compile("Draft saved"))
    axe_clean(at_320)
    no_sideways_scroll(at_320)
    at_320.get_by_role("button", name="Use it in place of absconded").click()
    expect(at_320.get_by_label("What happened?")).to_have_value("A fight. He went missing when we came.")
    at_320.get_by_role("button", name="Save and continue").click()

    at_320.get_by_label("What did they say, in their own words?").fill("I absconded, so what")
    at_320.get_by_role("button", name="Save and continue").click()
    expect(at_320.get_by_role("heading", name="Still helpful")).to_be_visible()
    axe_clean(at_320)
    no_sideways_scroll(at_320)
    at_320.get_by_role("button", name="Send notification").click()

    expect(at_320.get_by_role("heading", name="Sent")).to_be_visible()
    axe_clean(at_320)
    assert Contribution.objects.get().told["details"]["childs_words"] == "I absconded, so what"


def test_what_was_typed_is_there_after_the_window_was_shut(live_server, browser_page, sign_in, priya):
    sign_in(browser_page, priya)
    browser_page.goto(f"{live_server.url}/tell/send-a-notification/")
    browser_page.get_by_label("What do they like to be called?").fill("Kai")
    expect(browser_page.locator("[data-draft-line]")).to_have_text(re.compile("Draft saved"))

    browser_page.goto(f"{live_server.url}/sent/")
    browser_page.get_by_role("link", name=re.compile("Police protection notification, begun")).click()
    browser_page.get_by_role("link", name="Back").click()
    expect(browser_page.get_by_label("What do they like to be called?")).to_have_value("Kai")


def test_a_road_worker_tells_without_script(live_server, without_script, sign_in, omar):
    page = without_script
    sign_in(page, omar)
    page.goto(f"{live_server.url}/tell/")
    page.get_by_role("link", name="Something you saw or heard").click()
    page.get_by_label("I am not sure").check()
    page.get_by_role("button", name="Save and continue").click()
    expect(page.get_by_text("Call 999 now if someone is in danger")).to_be_visible()
    page.get_by_label("What did you see or hear?").fill("Two boys got into a grey car")
    page.get_by_role("button", name="Save and continue").click()
    page.get_by_label("Today").check()
    page.get_by_role("button", name="That is all I know").click()
    page.get_by_role("button", name="Send", exact=True).click()
    expect(page.get_by_role("heading", name="Sent")).to_be_visible()
    assert Contribution.objects.get().urgent
    assert Draft.objects.get().sent_as is not None
    page.goto(f"{live_server.url}/sent/")
    expect(page.get_by_text("Not read yet")).to_be_visible()


@pytest.mark.parametrize("address", ["/tell/", "/tell/partnership_intelligence/", "/tell/missing_episode/", "/sent/"])
def test_nobody_is_shut_out(live_server, at_320, sign_in, priya, axe_clean, no_sideways_scroll, address):
    sign_in(at_320, priya)
    at_320.goto(live_server.url + address)
    axe_clean(at_320)
    no_sideways_scroll(at_320)
