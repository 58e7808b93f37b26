import json
import re
from datetime import date
from io import BytesIO

import pytest
import time_machine
from django.urls import reverse
from pypdf import PdfReader

from alongside.ledger.models import LedgerEvent
from alongside.meetings.pdf import as_pdf
from alongside.meetings.queries import briefing

from .conftest import MONDAY, STATION

FORMS = ["briefing", "briefing_pdf", "briefing_json", "briefing_text"]
POLICE = "west-yorkshire-police"


@pytest.fixture(autouse=True)
def monday_morning():
    with time_machine.travel(MONDAY, tick=False):
        yield


def text_of(pdf):
    """The words on the paper, page after page."""
    return " ".join(" ".join(page.extract_text() for page in PdfReader(BytesIO(pdf)).pages).split())


def test_the_chair_reads_the_page(client, chair, fight):
    client.force_login(chair)
    page = client.get(reverse("briefing")).content.decode()
    assert "Briefing for Monday 23 November 2026" in page
    assert "Friday 8am to today 8am (72 hours)" in page
    assert "1 incident · 2 children · 0 missing now · 0 pieces of intelligence" in page
    assert "Told by Police and A&amp;E (one incident)" in page
    assert "Restricted. Ask the police intelligence desk, 0113 496 0114." in page
    assert "Amira" not in page


@pytest.mark.parametrize(("who", "leads"), [("maya", True), ("priya", False)])
def test_a_name_leads_to_the_child_for_those_whom_that_page_lets_in(client, request, fight, who, leads):
    client.force_login(request.getfixturevalue(who))
    page = client.get(reverse("briefing")).content.decode()
    assert (reverse("child", args=[fight[0].reference]) in page) is leads


def test_the_pins_have_the_numbers_of_the_list(client, chair, fight):
    client.force_login(chair)
    page = client.get(reverse("briefing")).content.decode()
    assert page.count("<circle") == 1
    assert '<li value="1">' in page


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("who", ["omar", "grace", "sam"])
def test_no_form_of_it_is_for_those_without_the_permission(client, request, fight, form, who):
    client.force_login(request.getfixturevalue(who))
    answer = client.get(reverse(form))
    assert answer.status_code == 403
    assert b"Kai" not in answer.content


@pytest.mark.parametrize("form", FORMS)
def test_a_stranger_is_asked_to_sign_in(client, fight, form):
    assert client.get(reverse(form)).status_code == 302


@pytest.mark.parametrize("form", FORMS)
def test_each_form_is_recorded_before_it_leaves(client, chair, fight, form):
    client.force_login(chair)
    assert client.get(reverse(form)).status_code == 200
    assert LedgerEvent.objects.filter(subject=f"person:{fight[0].reference}", actor="hall").count() == 1


def test_a_day_that_is_none_is_said_to_be_none(client, chair):
    client.force_login(chair)
    assert client.get(reverse("briefing"), {"on": "23/11/2026"}).status_code == 400


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("day", ["0001-01-01", "1999-12-31", "2100-01-01", "9999-12-31"])
def test_a_day_without_a_briefing_is_refused_in_words(client, chair, fight, form, day):
    client.force_login(chair)
    answer = client.get(reverse(form), {"on": day})
    assert answer.status_code == 403
    assert "There is no briefing for that day" in answer.content.decode()
    assert client.get(reverse("raise_action", args=[fight[0].reference]), {"on": day}).status_code == 403


@pytest.mark.parametrize("form", FORMS)
def test_a_morning_that_has_not_come_is_not_told_as_if_it_had(client, chair, form):
    client.force_login(chair)
    answer = client.get(reverse(form), {"on": "2026-11-24"})
    assert answer.status_code == 403
    assert "That morning has not come yet" in answer.content.decode()


@pytest.mark.parametrize(
    ("who", "day", "status"),
    [
        ("priya", "2026-11-09", 200),
        ("priya", "2026-11-08", 403),
        ("maya", "2026-03-10", 403),
        ("chair", "2026-03-10", 200),
    ],
)
@pytest.mark.parametrize("form", FORMS)
def test_mornings_long_past_are_for_whoever_chairs(client, request, agencies, who, day, status, form):
    client.force_login(request.getfixturevalue(who))
    answer = client.get(reverse(form), {"on": day})
    assert answer.status_code == status
    assert ("Mornings more than 14 days ago are for the chair" in str(answer.content)) is (status == 403)


def test_the_page_offers_no_day_that_it_would_refuse(client, priya):
    client.force_login(priya)
    assert "on=2026-11-08" not in client.get(reverse("briefing"), {"on": "2026-11-09"}).content.decode()


def test_another_day_can_be_asked_for(client, chair, fight):
    client.force_login(chair)
    page = client.get(reverse("briefing"), {"on": "2026-11-20"}).content.decode()
    assert "Nothing concerning children was told to us in these 24 hours." in page
    assert "Thursday 8am to Friday 8am (24 hours)" in page


def test_neither_title_nor_file_carries_a_name(client, chair, fight):
    client.force_login(chair)
    page = client.get(reverse("briefing")).content.decode()
    assert "<title>Morning briefing, 23 November 2026 – Alongside</title>" in page
    paper = client.get(reverse("briefing_pdf"))
    assert paper["Content-Disposition"] == 'inline; filename="OFFICIAL-SENSITIVE-briefing-2026-11-23.pdf"'


def test_the_data_has_moments_and_marks(client, chair, fight):
    client.force_login(chair)
    data = json.loads(client.get(reverse("briefing_json")).content)
    assert data["marking"] == "OFFICIAL-SENSITIVE"
    assert data["incidents"][0]["when"] == "2026-11-20T22:15:00+00:00"
    assert data["children"][1]["hidden"] is True


def test_the_paper_is_marked_tagged_and_says_whose_it_is(client, chair, fight):
    client.force_login(chair)
    paper = client.get(reverse("briefing_pdf")).content
    assert b"/StructTreeRoot" in paper
    assert b"pdfuaid" in paper
    said = text_of(paper)
    assert said.count("OFFICIAL-SENSITIVE · Personal") == 2
    assert "Copy for Rowan Hall, Monday 23 November at 8:02am" in said
    assert "page 1 of 1" in said
    assert "Restricted. Ask the police intelligence desk, 0113 496 0114." in said
    assert "Amira" not in said


def test_the_map_on_paper_is_told_to_those_who_hear_it(chair, fight):
    made = briefing(viewer=chair, on=date(2026, 11, 23), at=MONDAY)
    paper = as_pdf(made, printed_by="Rowan Hall", at=MONDAY)
    told = "Map with 1 numbered pin. The list of incidents has the same numbers."
    assert told.encode() in paper or told.encode("utf-16-be") in paper


@pytest.mark.parametrize("called", ["#eval(1) *x* $", "Zoë Łukasz", "ناديا", "李明"])
def test_every_name_comes_out_on_paper_as_it_is(chair, night, called):
    night.tells(POLICE, "police_incident", night.child(called), **STATION)
    made = briefing(viewer=chair, on=date(2026, 11, 23), at=MONDAY)
    assert as_pdf(made, printed_by=called, at=MONDAY).startswith(b"%PDF")


def test_a_night_of_many_children_counts_its_pages(chair, night):
    for number in range(60):
        night.tells(POLICE, "police_incident", night.child(f"Child {number}"), **STATION)
    made = briefing(viewer=chair, on=date(2026, 11, 23), at=MONDAY)
    said = text_of(as_pdf(made, printed_by="Rowan Hall", at=MONDAY))
    pages = said.count("Copy for Rowan Hall")
    assert pages > 2
    assert f"page {pages} of {pages}" in said


@pytest.mark.parametrize(("on", "days"), [("2026-11-23", ["2026-11-22"]), ("2026-11-20", ["2026-11-19", "2026-11-21"])])
def test_no_link_leads_to_a_briefing_of_tomorrow(client, chair, fight, on, days):
    client.force_login(chair)
    with time_machine.travel(MONDAY, tick=False):
        page = client.get(reverse("briefing"), {"on": on}).content.decode()
    others = page[page.index('aria-label="Other days"') :]
    assert re.findall(r"\?on=([\d-]+)", others) == days


def test_a_name_without_a_link_is_explained(client, chair, night):
    night.tells("west-yorkshire-police", "police_incident", night.child("Kai"))
    client.force_login(chair)
    with time_machine.travel(MONDAY, tick=False):
        assert "A name without a link" in client.get(reverse("briefing")).content.decode()
