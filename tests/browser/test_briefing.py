"""The morning briefing in a real browser: nobody shut out, nothing sideways, on paper as on the screen."""

import re
from datetime import timedelta

import pytest
from playwright.sync_api import expect

from alongside.meetings.tests.conftest import FRIDAY_NIGHT, STATION, Night, chair, fight, night

__all__ = ["chair", "fight", "night"]

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
MONDAY = "/briefing/?on=2026-11-23"


@pytest.fixture
def long_night(night: Night, fight, chair, sign_in):
    """The fight, a place in another part of the city, a child missing, and one thing for few eyes."""
    police = "west-yorkshire-police"
    park = {"place": "Park gate", "latitude": 53.84, "longitude": -1.49, "title": "Robbery"}
    night.tells(police, "police_incident", night.child("ناديا"), at=FRIDAY_NIGHT + timedelta(hours=20), **park)
    night.tells(police, "missing_episode", night.child("Zoë-Marie"), role="missing", place="Bus station")
    night.tells(police, "police_incident", night.child("Sol"), handling="restricted:priya", **STATION)
    return lambda page: sign_in(page, chair)


@pytest.mark.parametrize("address", [MONDAY, "/briefing/?on=2026-01-06"], ids=["a night", "a quiet night"])
@pytest.mark.parametrize("seen_at", ["browser_page", "at_320"])
def test_nobody_is_shut_out(request, live_server, long_night, axe_clean, no_sideways_scroll, address, seen_at):
    page = request.getfixturevalue(seen_at)
    long_night(page)
    page.goto(live_server.url + address)
    expect(page.get_by_role("heading", level=1)).to_contain_text("Briefing for")
    axe_clean(page)
    no_sideways_scroll(page)


def test_pins_and_list_carry_the_same_numbers(live_server, browser_page, long_night):
    long_night(browser_page)
    browser_page.goto(live_server.url + MONDAY)
    drawn = browser_page.get_by_role("img", name="Where the incidents were").locator("text")
    expect(drawn).to_have_text(["1", "3"])
    listed = browser_page.get_by_role("listitem").filter(has_text="Told by Police")
    expect(listed.filter(has_text="Park gate")).to_have_attribute("value", "3")
    expect(browser_page.get_by_text("Restricted. Ask the police intelligence desk").first).to_be_visible()


def test_paper_carries_the_lists_and_no_controls(live_server, browser_page, long_night):
    long_night(browser_page)
    browser_page.goto(live_server.url + MONDAY)
    browser_page.emulate_media(media="print")
    expect(browser_page.get_by_role("heading", name="3 Children")).to_be_visible()
    expect(browser_page.get_by_role("img", name="Where the incidents were")).to_be_visible()
    for control in ("PDF to print", "As text", "Briefing for Sunday"):
        expect(browser_page.get_by_text(control)).to_be_hidden()


def test_the_map_opens_on_a_press_and_the_list_stays(live_server, browser_page, long_night):
    long_night(browser_page)
    browser_page.goto(live_server.url + MONDAY)
    browser_page.get_by_role("button", name=re.compile("Show the map")).press("Enter")
    expect(browser_page.get_by_text("The map is shown. The list has the same places.")).to_be_visible(timeout=20_000)
    expect(browser_page.locator(".app-map__pin")).to_have_text(["1", "3"])
    expect(browser_page.get_by_role("img", name="Where the incidents were")).to_be_hidden()
    expect(browser_page.get_by_role("listitem").filter(has_text="Park gate")).to_be_visible()


@pytest.mark.parametrize("seen_at", ["browser_page", "at_320"])
def test_an_action_is_raised_carried_and_ticked_off_by_keyboard(
    request, live_server, long_night, axe_clean, no_sideways_scroll, seen_at
):
    page = request.getfixturevalue(seen_at)
    long_night(page)
    page.goto(live_server.url + MONDAY)
    page.get_by_role("link", name="Raise an action about Kai").press("Enter")
    axe_clean(page)
    page.get_by_label("What will be done?").fill("Call the school")
    page.get_by_label("Who will do it?").select_option(label="Rowan Hall, Social care")
    page.get_by_role("button", name="Raise the action").press("Enter")
    expect(page.get_by_role("heading", name="5 Carried actions (1)")).to_be_visible()
    axe_clean(page)
    no_sideways_scroll(page)
    page.get_by_role("link", name=re.compile("Tick off.*Kai, Call the school")).press("Enter")
    page.get_by_label("What came of it?").fill("They will watch the gate")
    axe_clean(page)
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("My day")
    expect(page.get_by_text("Due (")).to_have_count(0)
