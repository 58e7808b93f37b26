"""Whoever guesses an address learns nothing: what is refused and what is not there are answered alike."""

import re

import pytest
from django.urls import reverse

from alongside.contributions.models import Contribution
from alongside.ledger.models import LedgerEvent
from alongside.people.models import Standing
from alongside.people.tests.factories import CAMHS, COUNCIL, POLICE, child, practitioner, team

from .factories import entry

pytestmark = pytest.mark.django_db
HIDDEN, NOBODY = "7F3K", "9Z9Z"
TOLD, NOTHING = "A" * 26, "B" * 26
OF_CHILD = ["child", "child_timeline", "child_records", "child_looked", "child_places", "child_emergency"]
BECAUSE = {"why": "A child is in danger now", "happening": "Found hurt"}


@pytest.fixture
def kai():
    """A child of whom CAMHS alone may know, told for immediate handling and for named people only."""
    kai = child(HIDDEN, called="Kai")
    entry(kai, CAMHS, handling="restricted", readers=",noor,", contribution={"receipt": TOLD, "urgent": True})
    return kai


@pytest.fixture
def signed_in(client):
    def as_one(role, of=POLICE):
        client.force_login(practitioner("guess", role, of, team=team(f"team-of-{of}", of)))

    return as_one


def said(answer, guessed: str) -> tuple[int, str, str]:
    """What came back, with the guessed word and what changes with every request taken out."""
    page = re.sub(r'[0-9A-Za-z]{64}|nonce="[^"]*"', "", answer.content.decode()).replace(guessed, "")
    return answer.status_code, answer.headers.get("Location", "").replace(guessed, ""), page


@pytest.mark.parametrize("page", OF_CHILD)
@pytest.mark.parametrize("role", ["police_officer", "health_worker", "place_worker", "scrutineer"])
def test_a_child_one_may_not_know_of_and_no_child(client, signed_in, kai, page, role):
    signed_in(role)
    hidden, nobody = (client.get(reverse(page, args=[one])) for one in (HIDDEN, NOBODY))
    assert said(hidden, HIDDEN) == said(nobody, NOBODY)
    assert "Kai" not in hidden.content.decode()


@pytest.mark.parametrize(
    ("page", "args"), [("child_entry", [TOLD]), ("child_number", ["nhs_number"]), ("child_not_this", [1])]
)
@pytest.mark.parametrize("way", ["get", "post"])
def test_what_is_under_a_child_one_may_not_know_of(client, signed_in, kai, page, args, way):
    signed_in("police_officer")
    hidden, nobody = (getattr(client, way)(reverse(page, args=[one, *args])) for one in (HIDDEN, NOBODY))
    assert said(hidden, HIDDEN) == said(nobody, NOBODY)


def test_opening_in_an_emergency_is_answered_alike_and_no_guess_is_without_a_trace(client, signed_in, kai):
    signed_in("police_officer")
    hidden, nobody = (client.post(reverse("child_emergency", args=[one]), BECAUSE) for one in (HIDDEN, NOBODY))
    assert said(hidden, HIDDEN) == said(nobody, NOBODY)
    assert hidden.status_code == 403
    tried = LedgerEvent.objects.get(subject=f"person:{NOBODY}")
    assert (tried.what, tried.actor) == ("emergency access to nobody", "guess")
    assert tried.purpose.startswith("A child is in danger now")
    assert Standing.objects.filter(source__startswith="emergency:").count() == 1


@pytest.mark.parametrize(
    ("role", "of", "page"),
    [
        ("police_officer", POLICE, "receipt"),
        ("police_supervisor", POLICE, "look_over"),
        ("police_intelligence", POLICE, "grade"),
        ("police_intelligence", POLICE, "urgent_told"),
        ("front_door_worker", COUNCIL, "urgent_told"),
        ("police_officer", POLICE, "withdraw"),
        ("police_officer", POLICE, "correct"),
        ("team_manager", COUNCIL, "look_over"),
    ],
)
@pytest.mark.parametrize("way", ["get", "post"])
def test_a_receipt_that_is_not_one_s_own_and_no_receipt(client, signed_in, kai, role, of, page, way):
    signed_in(role, of)
    theirs, nothing = (getattr(client, way)(reverse(page, args=[one])) for one in (TOLD, NOTHING))
    assert said(theirs, TOLD) == said(nothing, NOTHING)
    assert theirs.status_code in {404, 405}
    assert Contribution.objects.get().withdrawn_at is None
