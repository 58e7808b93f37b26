"""Whoever tells through the API hears what would still help, as whoever tells on a form does."""

import json

import pytest
from conftest import NOW
from django.urls import reverse

from alongside.agencies.models import Agency
from alongside.contributions.kinds import kinds
from alongside.contributions.models import Contribution
from alongside.contributions.quality import gaps_in
from alongside.contributions.tokens import make_token

from .example import note

pytestmark = pytest.mark.django_db
TELL = "/api/v1/contributions"


@pytest.fixture
def told(client, key):
    def tell(body):
        return client.post(TELL, json.dumps(body), content_type="application/json", HTTP_AUTHORIZATION=f"Bearer {key}")

    return tell


@pytest.mark.parametrize(
    ("changes", "field", "called"),
    [
        ({"people": []}, "people", "Who this is about"),
        ({"people": None}, "people", "Who this is about"),
        ({"narrative": ""}, "narrative", "What happened"),
        ({"narrative": "n/a"}, "narrative", "What happened"),
    ],
)
def test_nothing_is_refused_for_a_gap_and_the_gap_is_named(told, changes, field, called):
    answer = told(note(**changes))

    assert (answer.status_code, answer.json()["status"]) == (201, "accepted")
    (said,) = (problem for problem in answer.json()["problems"] if problem["field"] == field)
    assert said["rule"] == f"This is kept. It would still help to know: {called}"
    assert said["mend"]
    assert Contribution.objects.count() == 1


def test_the_same_again_and_each_of_a_list_hears_the_same(told):
    bare = note(people=[])
    once, again, listed = told(bare).json(), told(bare).json(), told([bare]).json()

    assert (again["status"], listed["unchanged"]) == ("unchanged", 1)
    assert once["problems"] == again["problems"] == listed["items"][0]["problems"] != []


@pytest.mark.parametrize("kind", ["general_note", "missing_episode", "police_protection_notification"])
def test_what_is_named_is_what_the_forms_would_say(client, agencies, kind):
    kind = kinds()[kind]
    bare = {name: kind.example[name] for name in ("kind", "source", "occurred_at")}
    agency = Agency.objects.get(pk=bare["source"]["agency"])
    _, key = make_token(agency=agency, name="bare", kinds=[], by="tests", at=NOW)
    answer = client.post(TELL, bare, content_type="application/json", HTTP_AUTHORIZATION=f"Bearer {key}")

    assert [one["field"] for one in answer.json()["problems"]] == [gap.field for gap in gaps_in(kind, bare)]


def test_the_document_says_what_the_problems_of_something_taken_are(client):
    schemas = client.get(reverse("openapi")).json()["components"]["schemas"]

    assert "would still help" in schemas["VerdictOut"]["properties"]["problems"]["description"]
