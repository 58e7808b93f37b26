"""What needs someone now leads to the children whom it is about, for those who may open them, and for no others."""

import pytest
from conftest import NOW
from django.urls import reverse

from alongside.contributions.actions import accept
from alongside.contributions.models import Contribution
from alongside.flow import follow_pending
from alongside.people.models import Person
from alongside.people.tests.factories import standing

from .on_pages import words

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("now")]
POLICE = "west-yorkshire-police"


def told_of_kai(handling: str) -> Contribution:
    envelope = {
        "kind": "partnership_intelligence",
        "source": {"agency": "corner-shops", "system": "till", "reference": "P-1"},
        "occurred_at": NOW.isoformat(),
        "narrative": "A boy runs from a car.",
        "handling": handling,
        "people": [{"role": "subject", "reference": "K-1", "given_name": "Kai", "family_name": "Moss"}],
        "details": {"at_risk_now": "yes"},
    }
    accept([envelope], by="tests", at=NOW)
    follow_pending(at=NOW)
    return Contribution.objects.get()


def leads(client, one: Contribution) -> bool:
    """Whether the page, read in full, leads to Kai."""
    page = words(client.get(reverse("urgent_told", args=[one.receipt])))
    assert "A boy runs from a car." in page
    return reverse("child", args=[Person.objects.get().reference]) in page


def test_the_front_door_opens_the_child_from_it_before_and_after_it_has_it(front_door, agencies):
    one = told_of_kai("team")
    assert leads(front_door, one)
    front_door.post(reverse("urgent_told", args=[one.receipt]), {"doing": "A visit now."})
    assert leads(front_door, one)


def test_whoever_answers_and_may_not_open_the_child_is_not_led_there(desk, sergeant):
    one = told_of_kai("police")
    assert not leads(desk, one)
    assert not leads(sergeant, one)


def test_whoever_works_with_the_child_is_led_there(sergeant):
    one = told_of_kai("police")
    standing(Person.objects.get(), POLICE)
    assert leads(sergeant, one)
