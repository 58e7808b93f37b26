"""Whoever reads a report about a child has looked at that child, on whichever page it was."""

import pytest
from conftest import NOW
from django.urls import reverse

from alongside.contributions.actions import accept
from alongside.contributions.models import Contribution
from alongside.contributions.tasks import follow_soon
from alongside.ledger.models import LedgerEvent
from alongside.people.models import Person

from .on_pages import sent

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("now")]
SEEN = {
    "kind": "partnership_intelligence",
    "source": {"agency": "corner-shops", "system": "till", "reference": "P-1"},
    "occurred_at": NOW.isoformat(),
    "narrative": "A boy runs from a car.",
    "people": [{"given_name": "Kai", "family_name": "Adeyemi", "date_of_birth": "2011-03-04", "role": "subject"}],
    "details": {"at_risk_now": "yes"},
}


def looked(what):
    """Whom and what the ledger says was looked at, of the pages called `what`."""
    return set(LedgerEvent.objects.filter(operation="view", what=what).values_list("subject", flat=True))


def of(told: Contribution) -> set[str]:
    return {told.subject, f"person:{Person.objects.get().reference}"}


@pytest.mark.parametrize(
    ("who", "page", "what"), [("desk", "grade", "intelligence"), ("desk", "urgent_told", "urgent")]
)
def test_what_partners_saw_is_read_as_a_look_at_the_child(request, agencies, who, page, what):
    accept([SEEN], by="tests", at=NOW)
    follow_soon(1)
    told = Contribution.objects.get()
    Contribution.objects.update(handling="police")
    client = request.getfixturevalue(who)
    assert client.get(reverse(page, args=[told.receipt])).status_code == 200
    assert looked(what) == of(told)


@pytest.mark.parametrize(
    ("who", "page", "what"), [("officer", "receipt", "receipt"), ("sergeant", "look_over", "supervision")]
)
def test_what_the_team_sent_is_read_as_a_look_at_the_child(request, officer, who, page, what):
    told = sent(officer)
    follow_soon(1)
    reader = request.getfixturevalue(who)
    assert reader.get(reverse(page, args=[told.receipt])).status_code == 200
    assert looked(what) == of(told)


def test_the_childs_page_lists_whoever_read_a_report_about_them(officer, front_door):
    told = sent(officer)
    follow_soon(1)
    child = reverse("child_looked", args=[Person.objects.get().reference])
    officer.get(reverse("receipt", args=[told.receipt]))
    assert "Priya Nair" in front_door.get(child).content.decode()
