"""Signing in in a real browser: with a passkey of a virtual authenticator, with an app's codes, and for everyone."""

from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from alongside.agencies import seats
from alongside.agencies.models import Practitioner, SignedIn
from alongside.agencies.tests.conftest import PASSWORD, code_of, with_app, with_password

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
COUNCIL = "leeds-city-council"


@pytest.fixture(autouse=True)
def outside_the_demo(settings):
    settings.SECOND_FACTOR = True


@pytest.fixture
def address(live_server):
    """Passkeys belong to a name, never to a number."""
    return live_server.url.replace("127.0.0.1", "localhost")


@pytest.fixture
def looked(axe_clean, no_sideways_scroll):
    """Nobody is shut out and nothing lies off the side, on a desk and on a phone."""

    def at_both(page: Page) -> None:
        for width in (320, 1280):
            page.set_viewport_size({"width": width, "height": 900})
            axe_clean(page)
            no_sideways_scroll(page)

    return at_both


def with_authenticator(page: Page) -> None:
    """A passkey's holder, as built into a phone: always there, and its owner always recognised."""
    line = page.context.new_cdp_session(page)
    line.send("WebAuthn.enable")
    options = {"protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True}
    options |= {"isUserVerified": True, "automaticPresenceSimulation": True}
    line.send("WebAuthn.addVirtualAuthenticator", {"options": options})


def password(page: Page, who: Practitioner, address: str) -> None:
    page.goto(f"{address}/sign-in/")
    page.get_by_label("E-mail address").fill(who.email)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()


def test_somebody_invited_makes_a_passkey_and_then_needs_no_password(browser_page, address, seat, looked):
    page, manager = browser_page, seat("carys", COUNCIL, "seat_manager")
    told = {"key": "noor", "name": "Noor", "email": "noor@alongside.example", "role": "social_worker"}
    _, token = seats.invite_to_agency(by=manager, at=timezone.now(), **told)
    with_authenticator(page)
    page.goto(f"{address}/join/{token}/")
    looked(page)
    page.get_by_label("New password").fill(PASSWORD)
    page.get_by_role("button", name="Continue").click()
    looked(page)
    page.get_by_role("link", name="A passkey").click()
    looked(page)
    page.get_by_label("What do you want to call it?").fill("work phone")
    page.get_by_role("button", name="Make the passkey").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Your recovery codes")
    looked(page)
    page.get_by_role("button", name="I have kept them").click()
    page.goto(f"{address}/my-account/")
    page.locator("main").get_by_role("button", name="Sign out").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Sign in")
    looked(page)
    page.get_by_role("button", name="Sign in with a passkey").click()
    expect(page).not_to_have_url(f"{address}/sign-in/")
    assert SignedIn.objects.latest("pk").how == "passkey"


def test_with_an_app_and_its_code_and_what_cannot_be_taken_back(browser_page, address, seat, maya, looked):
    page, carys = browser_page, with_app(seat("carys", COUNCIL, "seat_manager", name="Carys Bowen"))
    password(page, carys, address)
    expect(page.get_by_role("heading", level=1)).to_have_text("Show that it is you")
    looked(page)
    page.get_by_label("Code").fill("000000")
    page.get_by_role("button", name="Continue").click()
    expect(page.get_by_role("alert")).to_contain_text("does not fit")
    looked(page)
    page.get_by_label("Code").fill(code_of())
    page.get_by_role("button", name="Continue").click()
    page.goto(f"{address}/our-people/")
    looked(page)
    SignedIn.objects.update(factor_at=timezone.now() - timedelta(minutes=15))
    page.goto(f"{address}/our-people/maya/suspend/")
    expect(page.get_by_role("heading", level=1)).to_have_text("Show that it is still you")
    looked(page)
    page.get_by_label("Code").fill(code_of(steps=1))
    page.get_by_role("button", name="Continue").click()
    looked(page)
    page.get_by_label("Why?").fill("Lost her laptop")
    page.get_by_role("button", name="Suspend").click()
    expect(page.get_by_text("Their sessions have ended")).to_be_visible()
    assert not Practitioner.objects.get(key="maya").is_active


def test_an_app_is_set_up_from_the_picture_or_the_key(browser_page, address, maya, looked):
    password(browser_page, with_password(maya), address)
    browser_page.get_by_role("link", name="An app with codes").click()
    expect(browser_page.get_by_role("img", name="A picture for your app")).to_be_visible()
    looked(browser_page)
    key = browser_page.locator(".app-key").inner_text()
    browser_page.get_by_label("Code").fill(code_of(key))
    browser_page.get_by_role("button", name="Continue").click()
    expect(browser_page.get_by_role("listitem").filter(has_text="0")).not_to_have_count(0)


def test_without_javascript_an_app_opens_everything(without_script, address, maya):
    page = without_script
    password(page, with_app(maya), address)
    expect(page.get_by_role("button", name="passkey")).to_have_count(0)
    page.get_by_label("Code").fill(code_of())
    page.get_by_role("button", name="Continue").click()
    page.goto(f"{address}/my-account/second-factor/passkey/")
    expect(page.get_by_role("link", name="Use an app with codes")).to_be_visible()
    expect(page.get_by_role("button", name="Make the passkey")).to_be_hidden()


def test_ones_own_pages_shut_nobody_out(browser_page, address, seat, looked):
    page = browser_page
    password(page, with_app(seat("carys", COUNCIL, "seat_manager")), address)
    page.get_by_label("Code").fill(code_of())
    page.get_by_role("button", name="Continue").click()
    pages = ("", "sessions/", "password/", "second-factor/", "second-factor/app/", "second-factor/passkey/")
    for one in pages:
        page.goto(f"{address}/my-account/{one}")
        looked(page)
    for one in ("invite/", "carys/"):
        page.goto(f"{address}/our-people/{one}")
        looked(page)
    page.goto(f"{address}/my-account/sessions/")
    page.get_by_role("button", name="End all others").press("Enter")
    expect(page.get_by_text("Your other sessions have ended")).to_be_visible()


def count_answers(page: Page) -> None:
    """Marks on the page how many answers its own scripts have heard: the network has each a moment before them."""
    page.evaluate("""() => document.addEventListener("htmx:afterRequest", () => {
        document.body.dataset.heard = Number(document.body.dataset.heard ?? 0) + 1;
    })""")


def test_whoever_writes_for_long_is_not_signed_out_by_their_own_page(browser_page, live_server, sign_in, maya):
    page = browser_page
    page.clock.install()
    sign_in(page, maya)
    page.goto(f"{live_server.url}/tell/general_note/")
    page.get_by_role("button", name="Save and continue").click()
    words = page.locator("main textarea").first
    page.wait_for_url("**/what_happened/")
    count_answers(page)
    for turn in range(3):
        page.clock.fast_forward(20 * 60 * 1000)
        with page.expect_response(lambda answer: "X-Alongside-Session-Seconds".lower() in answer.headers):
            words.fill(f"By the bridge, {turn}")
            page.clock.fast_forward(2000)
        expect(page.locator("body")).to_have_attribute("data-heard", str(turn + 1))
        expect(page.get_by_role("dialog")).to_have_count(0)
    page.clock.fast_forward(26 * 60 * 1000)
    expect(page.get_by_role("dialog")).to_contain_text("You will be signed out at")
    page.get_by_role("button", name="Stay signed in").click()
    expect(page.get_by_role("dialog")).to_have_count(0)
    page.clock.fast_forward(20 * 60 * 1000)
    expect(words).to_have_value("By the bridge, 2")
