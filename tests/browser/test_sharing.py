"""Giving something on purpose in a real browser: by keyboard, in few steps, at a desk and on a phone."""

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect

from alongside.agencies.models import Agency
from alongside.chronology.tests.factories import entry
from alongside.people.tests.factories import COUNCIL, POLICE, child, practitioner, standing
from alongside.sharing.models import ShareDecision

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
SCHOOL = "leeds-education"
# What somebody presses and types words into, from the entry that they read to the confirmation. At two seconds a press
# and twenty for a line of words, the whole takes under a minute.
MOST_PRESSES, MOST_LINES = 15, 1


@pytest.fixture
def kai():
    return child("7F3K", called="Kai")


@pytest.fixture
def leah(kai, sign_in):
    """In Kai's team; Tom of the school is not."""
    seat = practitioner("leah", "social_worker", COUNCIL, name="Leah Brandt", phone="0113 496 0222")
    standing(kai, COUNCIL, practitioner=seat)
    practitioner("tom", "school_lead", SCHOOL, name="Tom Whitaker")
    Agency.objects.filter(pk=COUNCIL).update(sector="social care")
    return seat


class Hands:
    """Keys as they are pressed, counted; a line of words counts as a line."""

    def __init__(self, page: Page) -> None:
        self.page, self.presses, self.lines = page, 0, 0

    def press(self, key: str, times: int = 1) -> None:
        for _ in range(times):
            self.page.keyboard.press(key)
        self.presses += times

    def write(self, line: str) -> None:
        self.page.keyboard.type(line)
        self.lines += 1

    def tab_to(self, name: str) -> None:
        """Tab until the field of that name has the focus."""
        for _ in range(MOST_PRESSES):
            self.press("Tab")
            if self.page.evaluate("document.activeElement.name") == name:
                return
        raise AssertionError(f"{name} is too far away by keyboard")


def test_an_entry_is_shared_by_keyboard_in_under_a_minute(live_server, browser_page, sign_in, leah, kai):
    told, *_ = [entry(kai, POLICE, title=title) for title in ("Seen at the bus station", *map(str, range(15)))]
    sign_in(browser_page, leah)
    browser_page.goto(live_server.url + reverse("child_entry", args=["7F3K", told.contribution.receipt]))
    browser_page.get_by_role("link", name="Share this entry").press("Enter")
    hands = Hands(browser_page)
    browser_page.get_by_label("To whom?").focus()
    hands.press("T")
    assert browser_page.evaluate("document.activeElement.value") == "p:tom"
    hands.tab_to("because")
    hands.write("So that he comes home safely")
    hands.tab_to("family")
    hands.press(" ")
    hands.tab_to("read")
    hands.press(" ")
    hands.press("Enter")
    expect(browser_page.get_by_text("Given to Tom Whitaker, School.")).to_be_visible()
    assert ShareDecision.objects.get().entries.get().title == "Seen at the bus station"
    assert hands.presses <= MOST_PRESSES
    assert hands.lines <= MOST_LINES


def test_share_now_has_two_fields(live_server, browser_page, sign_in, leah, kai, axe_clean):
    sign_in(browser_page, leah)
    browser_page.goto(live_server.url + reverse("share_now", args=["7F3K"]))
    axe_clean(browser_page)
    browser_page.get_by_label("To whom?").select_option(value="p:tom")
    browser_page.get_by_label("What must they know now?").fill("He left school with a man.")
    browser_page.get_by_role("button", name="Share now").press("Enter")
    expect(browser_page.get_by_text("My day asks you for the rest.")).to_be_visible()
    assert ShareDecision.objects.get().is_urgent


@pytest.mark.parametrize("seen_at", ["browser_page", "at_320"])
def test_nobody_is_shut_out(request, live_server, sign_in, leah, kai, axe_clean, no_sideways_scroll, seen_at):
    page = request.getfixturevalue(seen_at)
    entry(kai, POLICE, title="Seen at the bus station " + "x" * 60)
    sign_in(page, leah)
    for name in ("share", "share_not", "child_shared"):
        page.goto(live_server.url + reverse(name, args=["7F3K"]))
        axe_clean(page)
        no_sideways_scroll(page)
    page.goto(live_server.url + reverse("share", args=["7F3K"]))
    page.get_by_role("button", name="Share it").press("Enter")
    expect(page.get_by_role("alert")).to_contain_text("Choose an entry, or write what they need to know")
    axe_clean(page)
    no_sideways_scroll(page)


def test_it_works_without_script(live_server, without_script, sign_in, leah, kai):
    entry(kai, POLICE, title="Seen at the bus station")
    sign_in(without_script, leah)
    without_script.goto(live_server.url + reverse("share", args=["7F3K"]))
    without_script.get_by_label("To whom?").select_option(value="p:tom")
    without_script.get_by_label("Seen at the bus station").check()
    without_script.get_by_label("What do they need it for?").fill("So that he comes home safely")
    without_script.get_by_label("They know").check()
    without_script.get_by_label("I have read what I give").check()
    without_script.get_by_role("button", name="Share it").click()
    expect(without_script.get_by_text("Given to Tom Whitaker, School.")).to_be_visible()


@pytest.fixture
def many(leah):
    """More recipients than somebody looks through at a glance."""
    for turn in range(20):
        practitioner(f"nurse{turn}", "health_worker", "leeds-camhs", name=f"Nurse {turn}")


def offered(page):
    return page.get_by_label("To whom?").locator("option[value^='p:']").all_inner_texts()


@pytest.mark.parametrize("seen_at", ["browser_page", "at_320"])
def test_a_long_list_is_shortened_by_typing(
    request, live_server, sign_in, leah, many, kai, axe_clean, no_sideways_scroll, seen_at
):
    page = request.getfixturevalue(seen_at)
    sign_in(page, leah)
    page.goto(live_server.url + reverse("share_now", args=["7F3K"]))
    whole = offered(page)
    finder, to = page.get_by_label("shorten the list"), page.get_by_label("To whom?")
    finder.fill("camhs nurse 1")
    assert len(offered(page)) == 11
    expect(page.get_by_role("status").filter(has_text="11 of")).to_be_visible()
    axe_clean(page)
    no_sideways_scroll(page)
    finder.fill("SCHOOL")
    expect(page.get_by_text("1 of 21 fit")).to_be_visible()
    finder.press("Enter")
    expect(to).to_be_focused()
    expect(to).to_have_value("p:tom")
    finder.fill("nurse 7")
    assert [text.split(",")[0] for text in offered(page)] == ["Nurse 7", "Tom Whitaker"]
    expect(to).to_have_value("p:tom")
    finder.fill("")
    assert sorted(offered(page)) == sorted(whole)
    page.get_by_label("What must they know now?").fill("He left school with a man.")
    page.get_by_role("button", name="Share now").press("Enter")
    expect(page.get_by_text("My day asks you for the rest.")).to_be_visible()
    assert ShareDecision.objects.get().to_practitioner.key == "tom"


def test_without_script_the_long_list_is_whole_and_nothing_asks_to_be_typed(
    live_server, without_script, sign_in, leah, many, kai
):
    sign_in(without_script, leah)
    without_script.goto(live_server.url + reverse("share_now", args=["7F3K"]))
    assert len(offered(without_script)) == 21
    expect(without_script.get_by_text("shorten the list")).to_be_hidden()
