"""What somebody asks to see is not disposed of before they were sent it."""

import pytest
from conftest import NOW

from alongside.access_requests.actions import log_request
from alongside.access_requests.models import RequestPart
from alongside.access_requests.tests.conftest import ASKED
from alongside.chronology.models import ChronologyEntry
from alongside.contributions.models import Contribution
from alongside.keeping.actions import approve, propose
from alongside.people.models import AgencyRecord, Person

from .conftest import old
from .test_disposing import due

pytestmark = pytest.mark.django_db


@pytest.fixture
def grace(seat):
    return seat("grace", "leeds-city-council", "information_officer")


def asked(person, by) -> RequestPart:
    """The council's part of a request for what is held about somebody."""
    return log_request(person=person, by=by, at=NOW, **ASKED).parts.get(agency=by.agency)


def sent(part, by, second):
    """The pack has gone out."""
    RequestPart.objects.filter(pk=part.pk).update(
        ready_by=by, ready_at=NOW, released_by=second, released_at=NOW, pack={"about": "", "items": []}
    )


def test_what_is_asked_for_is_held_until_it_was_sent(tell, una, joe, grace):
    tell(old())
    proposal = propose(receipts=[Contribution.objects.get().receipt], by=una, at=NOW)
    part = asked(Person.objects.get(), grace)
    assert approve(proposal=proposal, by=joe, at=NOW) == 0
    assert (part.items.count(), Contribution.objects.count(), due(una)) == (2, 1, [])
    sent(part, grace, joe)
    assert due(una) == ["N-1"]


def test_what_came_in_since_it_was_collected_is_asked_for_too(tell, una, grace):
    tell(old())
    asked(Person.objects.get(), grace)
    tell(old(narrative="A newer version."), old("N-2"))
    assert due(una) == []


def test_what_was_collected_is_held_though_its_record_is_anothers_now(tell, una, grace):
    tell(old())
    asked(Person.objects.get(), grace)
    other = Person.objects.create(reference="ZZZZ")
    AgencyRecord.objects.update(person=other)
    ChronologyEntry.objects.update(person=other)
    assert due(una) == []


def test_what_nobody_asks_for_falls_due_as_ever(tell, una, grace):
    tell(old(), old("P-1", person={"reference": "C-2", "given_name": "Ada", "family_name": "Hill"}))
    asked(Person.objects.get(given_name="Ada"), grace)
    assert due(una) == ["N-1"]
