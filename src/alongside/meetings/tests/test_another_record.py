"""A child of whom another record may be: the meeting hears that a person is asked, before it reads that nobody works
with the child."""

from datetime import date
from io import BytesIO

import pytest
import time_machine
from django.urls import reverse
from pypdf import PdfReader

from alongside.linkage.candidates import index
from alongside.linkage.models import LinkQuestion, Verdict
from alongside.meetings.queries import briefing
from alongside.people.models import AgencyRecord, Person

from .conftest import MONDAY, STATION

POLICE, SCHOOL = "west-yorkshire-police", "leeds-education"
NOBODY = "Not open to any service that told us"
SAID = "Another record may be of this child: a person is being asked."
FORMS = ["briefing", "briefing_text", "briefing_json", "briefing_pdf"]


@pytest.fixture(autouse=True)
def monday_morning():
    with time_machine.travel(MONDAY, tick=False):
        yield


def asks_about(night, child: Person, other: Person) -> LinkQuestion:
    """Police told of the child and a school of the other: somebody is asked whether the two are one."""
    night.tells(POLICE, "police_incident", child, **STATION)
    told = {"agency_id": SCHOOL, "system": "test", "reference": f"S-{other.pk}", "told_at": MONDAY}
    left, right = child.records.get(), AgencyRecord.objects.create(person=other, **told)
    index([left, right])
    return LinkQuestion.objects.create(left=left, right=right, weight=5, reason="In part", asked_at=MONDAY)


@pytest.fixture
def asked(night):
    return asks_about(night, night.child("Siobhan"), night.child("Shiv"))


def told_in(client, form: str) -> str:
    answer = client.get(reverse(form))
    if form != "briefing_pdf":
        return answer.content.decode()
    pages = PdfReader(BytesIO(answer.content)).pages
    return " ".join(" ".join(page.extract_text() for page in pages).split())


@pytest.mark.parametrize("form", FORMS)
def test_every_form_says_so_beside_the_child(client, maya, asked, form):
    client.force_login(maya)
    told = told_in(client, form)
    assert SAID in told
    assert form == "briefing_json" or told.index(NOBODY) < told.index(SAID)


@pytest.mark.parametrize("form", FORMS)
def test_nothing_is_said_to_who_may_not_know_of_the_other(client, chair, night, asked, form):
    night.works_with(asked.left.person, POLICE, "Missing team", "Jo Field")
    client.force_login(chair)
    told = told_in(client, form)
    assert "Siobhan" in told
    assert "nother record" not in told.replace("another_record", "")


@pytest.mark.parametrize("verdict", [Verdict.SAME, Verdict.DIFFERENT])
def test_once_decided_nothing_is_said(maya, asked, verdict):
    LinkQuestion.objects.update(verdict=verdict)
    (child,) = briefing(viewer=maya, on=date(2026, 11, 23), at=MONDAY).children
    assert child.another_record == ""


@pytest.mark.parametrize("pairs", [1, 20])
def test_many_such_children_cost_no_more_looks_than_one(maya, night, pairs, django_assert_max_num_queries):
    for number in range(pairs):
        asks_about(night, night.child(f"Child {number}"), night.child(f"Other {number}"))
    with django_assert_max_num_queries(18):
        made = briefing(viewer=maya, on=date(2026, 11, 23), at=MONDAY)
    assert [child.another_record for child in made.children] == [SAID] * pairs
