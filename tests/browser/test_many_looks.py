"""The page that asks why, and the one that stops, at a desk and on a phone."""

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from alongside.access import limits
from alongside.access.limits import Limits
from alongside.people.tests.factories import COUNCIL, child, practitioner, standing

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
SMALL = Limits(usual={"child": {"hour": (1, 2)}})


@pytest.mark.parametrize("width", ["browser_page", "at_320"])
def test_saying_why_then_being_stopped_then_an_emergency(
    live_server, request, sign_in, monkeypatch, axe_clean, no_sideways_scroll, width
):
    monkeypatch.setattr(limits, "read", lambda _: SMALL)
    page = request.getfixturevalue(width)
    leah = practitioner("leah", "social_worker", COUNCIL)
    practitioner("grace", "information_officer", COUNCIL)
    addresses = []
    for reference in ("0001", "0002", "0003"):
        standing(child(reference, called=f"Kai {reference}"), COUNCIL, practitioner=leah)
        addresses.append(live_server.url + reverse("child", args=[reference]))
    sign_in(page, leah)
    page.goto(addresses[0])
    page.goto(addresses[1])
    expect(page.get_by_role("heading", level=1)).to_contain_text("more children’s records than is usual")
    axe_clean(page)
    no_sideways_scroll(page)
    page.get_by_label("Why do you need so many today?").fill("I take over a caseload.")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Kai 0002")
    page.goto(addresses[2])
    expect(page.get_by_role("heading", level=1)).to_contain_text("very many children’s records")
    axe_clean(page)
    no_sideways_scroll(page)
    page.get_by_label("A child is in danger now").check()
    page.get_by_label("What is happening?").fill("Hurt at the bus station")
    page.get_by_role("button", name="Open for 2 hours").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Kai 0003")
