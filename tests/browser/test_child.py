"""A child's pages, finding, my day and link review in a real browser, at a desk and on a phone."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import expect

from alongside.chronology.tests.factories import entry
from alongside.contributions.models import Contribution
from alongside.ledger import subjects
from alongside.ledger.models import Operation
from alongside.ledger.models import record as record_look
from alongside.linkage.candidates import index
from alongside.linkage.models import LinkQuestion
from alongside.people.emergency import open_in_emergency
from alongside.people.tests.factories import CAMHS, COUNCIL, POLICE, child, practitioner, record, standing
from alongside.places.models import Area

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

STORY = [
    (POLICE, "police_incident", "Kai was hurt at the bus station", 4, "Bus station"),
    ("leeds-teaching-hospitals", "emergency_department_attendance", "Kai came to A&E", 4, "Northfield Hospital"),
    ("leeds-education", "school_exclusion", "Kai was suspended for two days", 40, "Northfield Academy"),
    (POLICE, "missing_episode", "Kai was missing overnight", 75, ""),
    (CAMHS, "camhs_contact", "Kai met CAMHS", 100, "Elm House"),
    ("leeds-youth-justice", "youth_justice_involvement", "Youth justice met Kai", 130, ""),
]


@pytest.fixture
def kai():
    """Kai, whom several agencies told of, with a name that is long and in two scripts."""
    person = child(
        "7F3K",
        called="Kai",
        given_name="Kai-Emmanuel",
        family_name="Adeyemi-Ọlámidé ناديا " + "x" * 40,
        trusted_person="Coach Dean",
        language="English and Yoruba",
    )
    for of, kind, title, days, place in STORY:
        made = entry(
            person,
            of,
            kind=kind,
            title=title,
            place=place,
            summary="“I don’t go home that way any more.”",
            occurred_at=timezone.now() - timedelta(days=days, hours=3),
            incident="bus station" if days == 4 else "",
            latitude=53.797 + days / 5000 if place else None,
            longitude=-1.535 if place else None,
            contribution={"told": {"narrative": "What was told."}, "kind": kind},
        )
        made.record.nhs_number, made.record.ethnicity = "9990004321", {"code": "B2", "stated_by": "self"}
        made.record.save()
    standing(person, COUNCIL, role="Social worker", worker="Leah Brandt", phone="0113 496 0000")
    return person


@pytest.fixture
def maya():
    return practitioner("maya", "front_door_worker", COUNCIL, name="Maya Osei")


@pytest.fixture
def grace():
    return practitioner("grace", "information_officer", COUNCIL, name="Grace Lindqvist")


def addresses(person) -> list[str]:
    pages = ["child", "child_timeline", "child_records", "child_looked", "child_emergency"]
    of_kai = [reverse(page, args=[person.reference]) for page in pages]
    told = person.entries.first().contribution.receipt
    more = [reverse("child_entry", args=[person.reference, told]), "/", "/find/", "/child/NOBODY/"]
    return [*of_kai, reverse("child_timeline", args=[person.reference]) + f"?agency={POLICE}", *more]


@pytest.mark.parametrize("width", ["browser_page", "at_320"])
def test_nobody_is_shut_out(live_server, request, sign_in, kai, maya, axe_clean, no_sideways_scroll, width):
    page = request.getfixturevalue(width)
    sign_in(page, maya)
    for address in addresses(kai):
        page.goto(live_server.url + address)
        expect(page.get_by_role("heading", level=1)).to_have_count(1)
        axe_clean(page)
        no_sideways_scroll(page)


@pytest.mark.parametrize("width", ["browser_page", "at_320"])
def test_the_contact_card_and_link_review_shut_nobody_out(
    live_server, request, sign_in, kai, grace, axe_clean, no_sideways_scroll, width
):
    page = request.getfixturevalue(width)
    sign_in(page, practitioner("ann", "health_worker", CAMHS))
    page.goto(live_server.url + reverse("child", args=["7F3K"]))
    expect(page.get_by_text("You are not in the team around Kai")).to_be_visible()
    axe_clean(page)
    one, other = sorted([record(child()), record(child(), CAMHS)], key=lambda each: each.pk)
    pair = LinkQuestion.objects.create(left=one, right=other, weight=1, reason="In part.", asked_at=timezone.now())
    sign_in(page, grace)
    for address in (reverse("link_review"), reverse("link_pair", args=[pair.pk])):
        page.goto(live_server.url + address)
        axe_clean(page)
        no_sideways_scroll(page)


def test_the_strip_has_one_form_at_a_time(live_server, browser_page, sign_in, kai, maya):
    sign_in(browser_page, maya)
    browser_page.goto(live_server.url + reverse("child", args=["7F3K"]))
    sentence = "5 events, told by 5 agencies; 1 of them hurt or in danger"
    expect(browser_page.get_by_role("img", name=sentence)).to_have_count(1)
    browser_page.set_viewport_size({"width": 320, "height": 640})
    expect(browser_page.get_by_role("img", name=sentence)).to_have_count(1)
    expect(browser_page.locator(".app-strip__tall svg")).to_be_visible()


def test_a_number_is_shown_when_asked_by_keyboard_without_script(live_server, without_script, sign_in, kai, maya):
    sign_in(without_script, maya)
    without_script.goto(live_server.url + reverse("child", args=["7F3K"]))
    expect(without_script.get_by_text("9990004321")).to_have_count(0)
    without_script.get_by_role("button", name=re.compile("Show NHS number")).focus()
    without_script.keyboard.press("Enter")
    expect(without_script.get_by_text("9990004321")).to_be_visible()


def test_a_child_is_found_by_how_the_name_sounds(live_server, browser_page, sign_in, maya):
    siobhan = child("4HRZ9BCD", given_name="Siobhan", family_name="O'Brien")
    index([record(siobhan, POLICE, date_of_birth="2010-05-01")])
    sign_in(browser_page, maya)
    browser_page.goto(live_server.url + "/find/")
    browser_page.get_by_role("main").get_by_role("searchbox").fill("shivaun 2010")
    browser_page.keyboard.press("Enter")
    expect(browser_page.get_by_role("heading", name="1 child matches")).to_be_visible()
    assert "shivaun" not in browser_page.url
    browser_page.get_by_role("link", name="Open Siobhan").click()
    expect(browser_page.get_by_role("heading", level=1)).to_contain_text("Siobhan")


def test_opening_in_an_emergency_by_keyboard(live_server, browser_page, sign_in, kai, grace, axe_clean):
    sign_in(browser_page, practitioner("ann", "health_worker", CAMHS))
    browser_page.goto(live_server.url + reverse("child_emergency", args=["7F3K"]))
    browser_page.get_by_role("button", name="Open for 2 hours").press("Enter")
    expect(browser_page.get_by_role("alert")).to_contain_text("Choose why you need it")
    axe_clean(browser_page)
    browser_page.get_by_label("A child is in danger now").press("Space")
    browser_page.get_by_label("What is happening?").fill("Found hurt")
    browser_page.keyboard.press("Enter")
    expect(browser_page.get_by_text("Emergency access", exact=True)).to_be_visible()


def test_the_map_opens_on_a_press_and_the_list_stays(live_server, browser_page, sign_in, kai, maya):
    sign_in(browser_page, maya)
    browser_page.goto(live_server.url + reverse("child", args=["7F3K"]))
    browser_page.get_by_role("button", name=re.compile("Show the map")).click()
    expect(browser_page.get_by_text("The map is shown. The list has the same places.")).to_be_visible(timeout=20_000)
    expect(browser_page.get_by_text("Elm House").first).to_be_visible()


def test_the_map_names_the_neighbourhoods(live_server, browser_page, sign_in, kai, maya):
    ring = [[-1.6, 53.7], [-1.4, 53.7], [-1.4, 53.9], [-1.6, 53.9], [-1.6, 53.7]]
    outline = {"type": "Polygon", "coordinates": [ring]}
    Area(code="E01099001", kind="lsoa", edition="2021", name="Larkfield A", outline=outline).bounded().save()
    sign_in(browser_page, maya)
    browser_page.goto(live_server.url + reverse("child", args=["7F3K"]))
    browser_page.get_by_role("button", name=re.compile("Show the map")).click()
    expect(browser_page.locator(".app-map__name")).to_have_text("Larkfield", timeout=20_000)
    browser_page.goto(live_server.url + reverse("child", args=["7F3K"]) + "?print")
    assert ">Larkfield</text>" in browser_page.content()


def test_paper_has_the_child_and_no_controls(live_server, browser_page, sign_in, kai, maya):
    sign_in(browser_page, maya)
    browser_page.goto(live_server.url + reverse("child", args=["7F3K"]) + "?print")
    browser_page.emulate_media(media="print")
    expect(browser_page.get_by_text("Destroy after the meeting")).to_be_visible()
    for control in (".moj-sub-navigation", ".app-masked form", ".govuk-button"):
        for part in browser_page.locator(control).all():
            expect(part).to_be_hidden()


@pytest.fixture
def told_of_kai(kai):
    """What shows the new parts: something owed, a span, a talk, a word for few."""
    at = timezone.now() - timedelta(days=20)
    entry(kai, kind="police_incident", role="victim", title="A robbery", occurred_at=at, seen_at=at)
    entry(kai, kind="missing_episode", role="missing", title="Missing", occurred_at=at, until=at + timedelta(days=9))
    return entry(kai, handling="restricted", readers=",ann,", title="A quiet word", occurred_at=at)


@pytest.mark.parametrize("width", ["browser_page", "at_320"])
def test_the_strip_with_what_is_owed_shuts_nobody_out(
    live_server, request, sign_in, told_of_kai, maya, axe_clean, no_sideways_scroll, width
):
    page = request.getfixturevalue(width)
    sign_in(page, maya)
    page.goto(live_server.url + reverse("child", args=["7F3K"]))
    owed = re.compile("3 things owed have not come$")
    expect(page.get_by_role("img", name=owed).first).to_be_visible()
    page.locator("summary").filter(has_text="as a list").press("Enter")
    expect(page.get_by_text(re.compile("owed by Police after A robbery")).first).to_be_visible()
    expect(page.get_by_role("heading", name="Last seen")).to_be_visible()
    axe_clean(page)
    no_sideways_scroll(page)


@pytest.mark.parametrize("width", ["browser_page", "at_320"])
def test_who_is_named_reads_the_entry_and_others_that_it_is_restricted(
    live_server, request, sign_in, told_of_kai, maya, axe_clean, no_sideways_scroll, width
):
    page = request.getfixturevalue(width)
    address = live_server.url + reverse("child_entry", args=["7F3K", told_of_kai.contribution.receipt])
    for viewer, said in ((maya, "Restricted"), (practitioner("ann", "health_worker", CAMHS), "A quiet word")):
        sign_in(page, viewer)
        page.goto(address)
        expect(page.get_by_role("heading", name=said)).to_be_visible()
        axe_clean(page)
        no_sideways_scroll(page)


def test_only_what_is_new_is_chosen_by_keyboard(live_server, browser_page, sign_in, kai, maya):
    before = timezone.now() - timedelta(days=2)
    record_look(Operation.VIEW, "timeline", by=maya, at=before, about=subjects.child("7F3K"))
    since = timezone.now() - timedelta(days=1)
    entry(kai, title="Told since", occurred_at=since, contribution={"received_at": timezone.now()})
    Contribution.objects.exclude(entries__title="Told since").update(received_at=before - timedelta(days=1))
    sign_in(browser_page, maya)
    browser_page.goto(live_server.url + reverse("child_timeline", args=["7F3K"]))
    browser_page.locator("summary").filter(has_text="Filter").press("Enter")
    browser_page.get_by_label(re.compile("Only what is new to me")).press("Space")
    browser_page.get_by_role("button", name="Apply").press("Enter")
    expect(browser_page.get_by_role("heading", level=3)).to_have_text(["Told since"])
    browser_page.get_by_role("link", name=re.compile("New to me since")).press("Enter")
    # Six accounts of what happened, and what is owed.
    expect(browser_page.get_by_role("heading", level=3)).to_have_count(6 + 1)


@pytest.mark.parametrize("width", ["browser_page", "at_320"])
def test_a_notice_of_an_emergency_is_answered_by_keyboard(
    live_server, request, sign_in, kai, grace, axe_clean, no_sideways_scroll, width
):
    page = request.getfixturevalue(width)
    priya = practitioner("priya", "police_officer", POLICE)
    open_in_emergency(person=kai, by=priya, at=timezone.now(), because="Found hurt")
    sign_in(page, grace)
    page.goto(live_server.url + "/")
    axe_clean(page)
    page.get_by_role("link", name=re.compile("Look into it")).press("Enter")
    axe_clean(page)
    no_sideways_scroll(page)
    page.get_by_label("It was fair", exact=True).press("Space")
    page.get_by_label("How do you know?").fill("I called her")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).not_to_contain_text("Opened")
