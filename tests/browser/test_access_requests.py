"""Answering a request in a real browser: by keyboard, at a desk and on a phone, up to the paper that goes out."""

import re

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from alongside.access_requests.actions import log_request
from alongside.access_requests.tests.conftest import ASKED, AT, NARRATIVE, tell
from alongside.people.tests.factories import COUNCIL, child, practitioner, record

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def officers():
    grace = practitioner("grace", "information_officer", COUNCIL, name="Grace Lumb")
    return grace, practitioner("dana", "data_protection_lead", COUNCIL, name="Dana Fox")


@pytest.fixture
def part(officers):
    """A request about Kai, of whom the council told something that names Zara."""
    person = child("7F3K", called="Kai", given_name="Kai", family_name="Adeyemi")
    record(person, COUNCIL, reference="C-1", system="mosaic")
    tell(person, narrative=NARRATIVE)
    return log_request(person=person, by=officers[0], at=AT, **ASKED).parts.get(agency=COUNCIL)


@pytest.mark.parametrize("seen_at", ["browser_page", "at_320"])
def test_a_name_is_held_back_by_keyboard_and_two_people_let_it_go(
    request, live_server, sign_in, officers, part, axe_clean, no_sideways_scroll, seen_at
):
    page = request.getfixturevalue(seen_at)
    sign_in(page, officers[0])
    page.goto(live_server.url + reverse("access_request", args=[part.pk]))
    axe_clean(page)
    no_sideways_scroll(page)
    page.get_by_role("link", name="How we know you").press("Enter")
    page.get_by_role("button", name="I have looked through it").press("Enter")
    page.get_by_role("checkbox", name=re.compile("“Zara Brown”")).press(" ")
    page.get_by_label("Held back because").select_option(label="Third party: about somebody else")
    page.get_by_label("What makes you think so?").fill("She did not agree")
    axe_clean(page)
    no_sideways_scroll(page)
    page.get_by_role("button", name="Hold back what I ticked or wrote").press("Enter")
    expect(page.get_by_role("main")).to_contain_text("Held back: 1.")
    axe_clean(page)
    page.get_by_role("button", name="I have looked through it").press("Enter")
    page.get_by_role("button", name="It is ready").press("Enter")
    expect(page.get_by_role("button", name="Let it go")).to_have_count(0)
    sign_in(page, officers[1])
    page.goto(live_server.url + reverse("access_release", args=[part.pk]))
    axe_clean(page)
    no_sideways_scroll(page)
    expect(page.get_by_text("Kai came in cold. [taken out] held the bag.")).to_be_visible()
    page.get_by_role("button", name="Let it go").press("Enter")
    paper = page.get_by_role("button", name="Pack to print").get_attribute("href")
    assert page.request.get(live_server.url + paper).body().startswith(b"%PDF")


def test_a_request_is_written_down_on_a_phone(live_server, at_320, sign_in, officers, part, axe_clean):
    sign_in(at_320, officers[0])
    at_320.goto(live_server.url + reverse("access_log"))
    axe_clean(at_320)
    at_320.get_by_label("Whose record is asked for?").fill("N-1")
    at_320.get_by_role("button", name="Write it down").press("Enter")
    expect(at_320.get_by_role("alert")).to_contain_text("Your agency holds no record under this reference")
    axe_clean(at_320)
