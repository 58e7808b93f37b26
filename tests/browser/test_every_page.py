"""Every page of the demo's city, once: nobody is shut out and nothing scrolls sideways on a small phone.

And the first hour that the tutorial promises, as a reader does it.
"""

import re

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Page, expect

from alongside.agencies.models import Practitioner
from alongside.demo.loading import run_demo
from alongside.flow import follow_pending
from tests.crawl import Visit, walk

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

# Between them they may open every page that there is.
READERS = ["maya", "rowan", "grace", "ellen", "priya", "ruth", "winston", "omar", "una"]
NAMED = {"import", "link_review", "link_pair", "health", "who_looked", "ledger", "child", "briefing", "be_someone"}
NAMED |= {
    "sign_in",
    "emergency_queue",
    "share",
    "child_shared",
    "gave",
    "received_one",
    "access_request",
    "access_item",
}


@pytest.fixture
def city(settings, tmp_path):
    settings.DEMO = True
    settings.VAR = tmp_path
    settings.UPLOADS = tmp_path / "uploads"
    now = timezone.now()
    run_demo(at=now, until=timezone.localdate(now), children=20, days=30, files=tmp_path / "city")


def first_of_each(readers: list[str]) -> dict[str, tuple[str, Visit]]:
    """One reader and one visit for each page by its name."""
    found: dict[str, tuple[str, Visit]] = {}
    for key in readers:
        client = Client()
        client.force_login(Practitioner.objects.get(key=key))
        for visit in walk(client):
            if visit.is_html and visit.name:
                found.setdefault(visit.name, (key, visit))
    return found


def test_every_page_once_on_a_phone(city, live_server, at_320, sign_in, axe_clean, no_sideways_scroll):
    found = first_of_each(READERS)
    assert set(found) >= NAMED
    for key, visit in found.values():
        sign_in(at_320, Practitioner.objects.get(key=key))
        at_320.goto(live_server.url + visit.address)
        axe_clean(at_320)
        no_sideways_scroll(at_320)


def test_signing_in_and_choosing_whom_to_be_by_keyboard(city, live_server, browser_page, axe_clean):
    page = browser_page
    page.goto(live_server.url + reverse("sign_in"))
    page.get_by_label("E-mail address").press("Enter")
    expect(page.get_by_role("alert")).to_contain_text("Enter your e-mail address")
    axe_clean(page)
    page.get_by_role("link", name="Choose who to be").press("Enter")
    axe_clean(page)
    page.get_by_role("button", name="Be Maya").press("Enter")
    expect(page.get_by_role("link", name=re.compile("Maya"))).to_be_visible()


def be(page: Page, name: str) -> None:
    page.get_by_role("link", name="Be someone else").click()
    page.get_by_role("button", name=f"Be {name}").click()


def find(page: Page, name: str) -> None:
    page.get_by_role("search").get_by_role("searchbox").fill(name)
    page.get_by_role("search").get_by_role("button", name="Find a child").click()
    page.get_by_role("main").get_by_role("link", name="Open").first.click()


def tell_of_a_child(page: Page) -> None:
    page.get_by_role("link", name="Send a notification").first.click()
    page.get_by_label("What do they like to be called?").fill("Marlowe")
    page.get_by_label("First name").first.fill("Marlowe")
    page.get_by_label("Family name").first.fill("Quillfeather")
    page.get_by_role("button", name="Save and continue").click()
    for part, value in {"Day": "2", "Month": "3", "Year": "2026"}.items():
        page.get_by_role("group", name="When did it happen?").get_by_label(part).fill(value)
    page.get_by_label("What happened?").fill("He absconded from the bus station.")
    expect(page.get_by_text("You wrote “absconded”")).to_be_visible()
    while page.get_by_role("button", name="Send notification").count() == 0:
        page.get_by_role("button", name="Save and continue").click()
    why = page.get_by_label(re.compile("Why", re.IGNORECASE)).last
    why.fill("He had to go home first.")
    page.get_by_role("button", name="Send notification").click()
    expect(page.get_by_role("heading", name="Sent")).to_be_visible()


def test_the_first_hour_goes_as_the_tutorial_says(city, live_server, browser_page):
    page = browser_page
    page.goto(live_server.url + reverse("be_someone"))
    page.get_by_role("button", name="Be Maya").click()
    find(page, "kai")
    page.get_by_role("link", name="Timeline", exact=True).click()
    page.get_by_role("link", name="Who has looked").click()
    expect(page.get_by_role("main")).to_contain_text("Maya Osei")
    be(page, "Omar")
    expect(page.get_by_role("search")).to_have_count(0)
    be(page, "Priya")
    tell_of_a_child(page)
    follow_pending(at=timezone.now())
    be(page, "Maya")
    find(page, "Marlowe Quillfeather")
    expect(page.get_by_role("main")).to_contain_text("Marlowe")
    be(page, "Ellen")
    page.get_by_role("link", name="Briefing", exact=True).first.click()
    paper = page.get_by_role("button", name="PDF to print").get_attribute("href")
    assert page.request.get(live_server.url + paper).body().startswith(b"%PDF")


def test_a_file_comes_in_by_keyboard_on_a_phone(
    live_server, at_320, sign_in, grace, settings, tmp_path, axe_clean, no_sideways_scroll
):
    settings.UPLOADS = tmp_path / "uploads"
    notes = tmp_path / "notes with a name that is long enough to be wider than any small phone.csv"
    header = "kind,source.agency,source.system,source.reference,occurred_at\n"
    row = "general_note,leeds-camhs,carenotes,N-{},{}\n"
    notes.write_text(header + row.format(1, "2026-03-04") + row.format(2, "soon"))
    sign_in(at_320, grace)
    at_320.goto(live_server.url + reverse("import"))
    at_320.locator("input[type=file]").set_input_files(notes)
    at_320.get_by_role("button", name="Preview", exact=True).press("Enter")
    expect(at_320.get_by_role("heading", level=1)).to_contain_text("Preview of")
    axe_clean(at_320)
    no_sideways_scroll(at_320)
    at_320.get_by_role("button", name="Take these files in").press("Enter")
    expect(at_320.get_by_role("heading", level=1)).to_contain_text("Import of")
    expect(at_320.get_by_role("main")).to_contain_text("This is no date and time.")
    axe_clean(at_320)
    no_sideways_scroll(at_320)
