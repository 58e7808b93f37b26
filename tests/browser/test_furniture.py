"""The frame of every page, its parts and its failures, in a real browser."""

import gzip
import re

import pytest
from playwright.sync_api import expect

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

OPEN_PAGES = ["/", "/components/", "/help/", "/help/words-on-labels/", "/help/what-is-recorded/"]
OPEN_PAGES += ["/accessibility/", "/privacy/"]
FAILURES = ["400", "403", "413", "429", "500", "503", "507", "refused"]
PAGES = [*OPEN_PAGES, *(f"/fail/{how}/" for how in FAILURES), "/no-such-page/"]

WIDE_LETTERS = """() => document.querySelectorAll("*").forEach(({ style }) => {
    Object.assign(style, { lineHeight: "1.5", letterSpacing: "0.12em", wordSpacing: "0.16em" });
})"""


@pytest.fixture(autouse=True)
def pages_of_the_tests(settings):
    settings.ROOT_URLCONF = "tests.browser.furniture_pages"
    settings.DEMO = True


@pytest.mark.parametrize("address", PAGES)
def test_nobody_is_shut_out_at_a_desk(live_server, browser_page, axe_clean, no_sideways_scroll, address):
    browser_page.goto(live_server.url + address)
    axe_clean(browser_page)
    no_sideways_scroll(browser_page)


@pytest.mark.parametrize("address", PAGES)
def test_nobody_is_shut_out_on_a_phone(live_server, at_320, axe_clean, no_sideways_scroll, address):
    at_320.goto(live_server.url + address)
    axe_clean(at_320)
    no_sideways_scroll(at_320)


def test_wide_letters_and_lines_cut_nothing(live_server, at_320, no_sideways_scroll):
    at_320.goto(live_server.url + "/components/")
    at_320.evaluate(WIDE_LETTERS)
    no_sideways_scroll(at_320)


def test_the_first_tab_skips_to_the_page_and_the_next_is_the_next_step(live_server, browser_page):
    browser_page.goto(live_server.url + "/components/")
    browser_page.keyboard.press("Tab")
    expect(browser_page.get_by_role("link", name="Skip to main content")).to_be_focused()
    browser_page.keyboard.press("Enter")
    expect(browser_page.locator("main")).to_be_focused()
    browser_page.keyboard.press("Tab")
    expect(browser_page.get_by_role("button", name="Open referral")).to_be_focused()


def test_keys_follow_the_order_in_which_the_frame_is_read(live_server, browser_page):
    browser_page.goto(live_server.url)
    heard = []
    for _ in range(9):
        browser_page.keyboard.press("Tab")
        heard.append(
            browser_page.evaluate("document.activeElement.labels?.[0]?.innerText || document.activeElement.innerText")
        )
    assert [re.sub(r"\s+", " ", words).strip() for words in heard] == [
        *("Skip to main content", "Alongside", "Be someone else", "My day", "Help"),
        *("Find a child", "Find a child", "Maya : my account", "Sign out"),
    ]


def test_the_page_being_read_is_marked_in_the_menu(live_server, browser_page):
    browser_page.goto(live_server.url)
    expect(browser_page.get_by_role("link", name="My day")).to_have_attribute("aria-current", "page")
    expect(browser_page.get_by_role("navigation", name="Menu").get_by_role("link", name="Help")).not_to_have_attribute(
        "aria-current", "page"
    )


def test_on_a_phone_the_menu_opens_on_a_press(live_server, at_320):
    at_320.goto(live_server.url)
    expect(at_320.get_by_role("link", name="My day")).to_be_hidden()
    at_320.get_by_role("button", name="Menu").tap()
    expect(at_320.get_by_role("link", name="My day")).to_be_visible()


def test_without_script_everything_is_already_there(live_server, without_script):
    without_script.goto(live_server.url + "/components/")
    expect(without_script.get_by_text("Bus station (near)")).to_be_visible()
    expect(without_script.get_by_role("img", name="Two places in the city")).to_be_visible()
    expect(without_script.get_by_role("button", name="Apply")).to_be_visible()
    expect(without_script.get_by_role("button", name="Show the map")).to_be_hidden()


def test_a_filter_is_folded_on_a_phone_and_says_how_many_are_chosen(live_server, at_320):
    at_320.goto(live_server.url + "/components/")
    expect(at_320.get_by_text("Filter (1 chosen)")).to_be_visible()
    expect(at_320.get_by_role("button", name="Apply")).to_be_hidden()


def test_the_map_comes_only_when_asked_for_and_its_pins_match_the_list(live_server, browser_page):
    asked = []
    browser_page.on("request", lambda request: asked.append(request.url))
    browser_page.goto(live_server.url + "/components/")
    assert not [address for address in asked if "built/map" in address]
    browser_page.get_by_role("button", name="Show the map").click()
    expect(browser_page.locator("[data-drawn=yes]")).to_be_visible(timeout=20_000)
    expect(browser_page.locator(".app-map__pin")).to_have_text(["1", "2"])
    expect(browser_page.get_by_text("Northfield Academy, front gate")).to_be_visible()


def test_a_map_that_cannot_come_leaves_its_list_and_says_so(live_server, browser_page):
    browser_page.route("**/components/areas.geojson", lambda route: route.abort())
    browser_page.goto(live_server.url + "/components/")
    browser_page.get_by_role("button", name="Show the map").click()
    expect(browser_page.get_by_text("We could not show the map. The list has the same places.")).to_be_visible()


def test_an_error_leads_to_its_field(live_server, browser_page):
    browser_page.goto(live_server.url + "/components/")
    browser_page.get_by_role("link", name="There is no 30 February 2026. Check the day and the month").click()
    expect(browser_page.locator("#wrong_happened_0")).to_be_focused()
    expect(browser_page.locator("#wrong_happened_0")).to_have_value("30")


def test_the_end_of_a_session_is_said_and_then_the_page_is_emptied(live_server, browser_page):
    browser_page.clock.install()
    browser_page.goto(live_server.url)
    browser_page.get_by_role("link", name="Privacy").focus()
    browser_page.clock.fast_forward(300_500)
    expect(browser_page.get_by_role("dialog")).to_contain_text("You will be signed out at")
    browser_page.keyboard.press("Escape")
    expect(browser_page.get_by_role("link", name="Privacy")).to_be_focused()
    browser_page.clock.fast_forward(240_500)
    expect(browser_page.get_by_role("dialog")).to_be_visible()
    browser_page.clock.fast_forward(60_500)
    expect(browser_page.get_by_role("heading", level=1)).to_have_text("You were signed out")
    expect(browser_page.get_by_text("Call the duty team and say the code")).to_have_count(0)


def test_paper_carries_the_marking_and_no_controls(live_server, browser_page):
    browser_page.goto(live_server.url)
    assert browser_page.pdf().startswith(b"%PDF")
    browser_page.emulate_media(media="print")
    expect(browser_page.get_by_text("OFFICIAL-SENSITIVE ·")).to_be_visible()
    expect(browser_page.get_by_text("Printed by Maya Osei")).to_be_visible()
    for control in (".govuk-service-navigation", ".app-demo", ".app-footer", ".govuk-button", ".app-session"):
        for part in browser_page.locator(control).all():
            expect(part).to_be_hidden()


def test_a_region_that_cannot_come_says_so_and_can_be_asked_again(live_server, browser_page):
    browser_page.route("**/fragment/", lambda route: route.fulfill(status=503, headers={"X-Alongside-Code": "K4-7Q"}))
    browser_page.goto(live_server.url + "/region/")
    failure = browser_page.get_by_role("alert")
    expect(failure).to_have_text("We could not load the timeline. Nothing was changed. Code K4-7Q.")
    browser_page.unroute("**/fragment/")
    browser_page.get_by_role("button", name="Try again").click()
    expect(browser_page.get_by_text("Here is the timeline")).to_be_visible()
    expect(failure).to_have_count(0)


def test_a_slow_region_says_that_it_is_loading(live_server, browser_page):
    held = []
    browser_page.route("**/fragment/", lambda route: held.append(route))
    browser_page.goto(live_server.url + "/region/")
    expect(browser_page.get_by_role("status").get_by_text("Loading…")).to_be_visible()
    held[0].continue_()
    expect(browser_page.get_by_text("Here is the timeline")).to_be_visible()
    expect(browser_page.get_by_text("Loading…")).to_have_count(0)


def test_a_draft_says_when_it_was_saved_and_when_it_was_not(live_server, browser_page):
    browser_page.goto(live_server.url + "/draft/")
    words = browser_page.get_by_label("What happened?")
    words.press_sequentially("Two children")
    expect(browser_page.get_by_role("status")).to_contain_text("Draft saved")
    browser_page.context.set_offline(True)
    words.press_sequentially(" were hurt")
    expect(browser_page.get_by_role("status")).to_contain_text("Keep this page open; we will try again.")
    expect(words).to_have_value("Two children were hurt")
    expect(words).to_be_focused()


@pytest.mark.parametrize("scheme", [{"forced_colors": "active"}, {"reduced_motion": "reduce"}])
def test_forced_colours_and_stillness_keep_every_word(live_server, browser_page, scheme):
    browser_page.emulate_media(**scheme)
    browser_page.goto(live_server.url + "/components/")
    expect(browser_page.get_by_text("Past due").first).to_be_visible()


def test_a_first_page_is_light_enough_for_a_bad_line(live_server, browser_page):
    weights = {}

    def weigh(response):
        weights[response.url] = len(gzip.compress(response.body()))

    browser_page.on("requestfinished", lambda request: weigh(request.response()))
    browser_page.goto(live_server.url, wait_until="networkidle")
    assert sum(weights.values()) <= 60_000, weights
