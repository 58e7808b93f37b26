"""After it is sent: a sergeant returns it, its author corrects it, police answer and grade what a road worker saw."""

import pytest
from playwright.sync_api import Page, expect

from alongside.contributions.models import Acknowledgement, Contribution, Grade

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
POLICE, TEAM = "west-yorkshire-police", "west-yorkshire-police-safeguarding"


@pytest.fixture
def at_both(axe_clean, no_sideways_scroll):
    """Looks at a page on a wide and on a narrow screen: no fault for any reader, nothing off the side."""

    def looked(page: Page) -> None:
        width = page.viewport_size["width"]
        for one in (width, 320 if width > 320 else 1280):
            page.set_viewport_size({"width": one, "height": 900})
            axe_clean(page)
            no_sideways_scroll(page)
        page.set_viewport_size({"width": width, "height": 900})

    return looked


def send_a_notification(page: Page, address: str) -> None:
    page.goto(f"{address}/tell/send-a-notification/")
    page.get_by_label("What do they like to be called?").fill("Kai")
    page.get_by_label("Family name").fill("Adeyemi")
    for _ in range(3):
        page.get_by_role("button", name="Save and continue").click()
    page.get_by_role("button", name="Send notification").click()
    expect(page.get_by_role("heading", name="Sent")).to_be_visible()


def send_what_was_seen(page: Page, address: str) -> None:
    page.goto(f"{address}/tell/partnership_intelligence/")
    page.get_by_label("I am not sure").check()
    page.get_by_role("button", name="Save and continue").click()
    page.get_by_label("What did you see or hear?").fill("Two boys in a grey car")
    page.get_by_role("button", name="That is all I know").click()
    page.get_by_role("button", name="Send", exact=True).click()
    expect(page.get_by_role("heading", name="Sent")).to_be_visible()


def return_it(page: Page, address: str, looked) -> None:
    page.goto(f"{address}/team-sent/")
    looked(page)
    page.locator("table a").first.click()
    page.get_by_label("Return it to its author").check()
    page.get_by_label("If you return it: what would help?").fill("What do you ask of school?")
    looked(page)
    page.get_by_role("button", name="Save", exact=True).click()


def test_a_notification_is_returned_corrected_and_taken_back(live_server, browser_page, sign_in, seat, at_both):
    page = browser_page
    priya = seat("priya", POLICE, "police_officer", team=TEAM, name="Priya Nair")
    ros = seat("ros", POLICE, "police_supervisor", team=TEAM, name="Ros Hall")
    sign_in(page, priya)
    send_a_notification(page, live_server.url)

    sign_in(page, ros)
    return_it(page, live_server.url, at_both)
    sign_in(page, priya)
    page.goto(f"{live_server.url}/")
    at_both(page)
    page.get_by_role("button", name="Read and correct").click()
    at_both(page)
    page.get_by_role("button", name="Correct it").click()
    page.get_by_role("button", name="Send notification").click()
    expect(page.get_by_role("heading", name="Versions")).to_be_visible()
    at_both(page)
    page.get_by_role("link", name="Take it back").click()
    page.get_by_label("Why do you take it back?").fill("It was about another child.")
    at_both(page)
    page.get_by_role("button", name="Take it back").click()
    expect(page.get_by_text("You took it back")).to_be_visible()
    assert Contribution.objects.get(version=2).withdrawn_because == "It was about another child."


def test_what_a_road_worker_saw_is_answered_and_graded(live_server, browser_page, sign_in, seat, omar, at_both):
    page = browser_page
    kofi = seat("kofi", POLICE, "police_intelligence", name="Kofi Mensah")
    sign_in(page, omar)
    send_what_was_seen(page, live_server.url)
    sign_in(page, kofi)
    page.goto(f"{live_server.url}/urgent/")
    at_both(page)
    page.get_by_role("link", name="Read: ").click()
    at_both(page)
    page.get_by_role("button", name="We have this").click()
    expect(page.get_by_text("You said that your team has it")).to_be_visible()
    assert Acknowledgement.objects.get().by == kofi

    page.goto(f"{live_server.url}/intelligence/")
    at_both(page)
    page.get_by_role("link", name="Grade ").click()
    page.get_by_role("button", name="Keep this grade").click()
    expect(page.get_by_role("link", name="Choose one for source")).to_be_visible()
    at_both(page)
    for answer in ("2 Untested", "D Not known", "P May be shared lawfully", "Low: other"):
        page.get_by_label(answer).check()
    page.get_by_role("button", name="Keep this grade").click()
    at_both(page)
    assert str(Grade.objects.get()) == "2DP"
