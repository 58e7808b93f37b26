"""Who asked what is held, and where the answer went, is kept for a time of its own, and then not at all."""

from datetime import date, timedelta

import pytest
import time_machine
from conftest import NOW
from django.conf import settings
from django.utils.timezone import localdate

from alongside.access_requests.actions import log_request, look_through, mark
from alongside.access_requests.models import AccessRequest
from alongside.access_requests.releasing import release, say_ready
from alongside.access_requests.rules import Span
from alongside.contributions.tests.example import note
from alongside.keeping import retention, tasks
from alongside.keeping.actions import place_hold
from alongside.keeping.answered import clear_answered_requests
from alongside.keeping.rules import answered_on
from alongside.ledger.models import LedgerEvent, Operation
from alongside.ledger.sentences import sentence
from alongside.linkage.actions import unlink
from alongside.people.models import Person

from .test_shells import tables_that_say

DUE = date(2026, 12, 23)
ASKED = {
    "asked_by": "Ada Adeyemi",
    "asked_as": "parent",
    "reply_to": "by hand, at the office",
    "identity_how": "passport and birth certificate seen",
    "identity_on": localdate(NOW),
    "received_on": localdate(NOW),
}
YEARS = timedelta(days=6 * 365 + 2)


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(NOW, tick=False) as travelling:
        yield travelling


@pytest.fixture
def answered(tell, grace, seat):
    """The council looked through what it holds, and let it go; police never came to it."""
    police = {"source": {"agency": "west-yorkshire-police", "system": "niche", "reference": "P-1"}}
    tell(note(), note(**police))
    request = log_request(person=Person.objects.get(stands=True), by=grace, at=NOW, **ASKED)
    part = request.parts.get(agency="leeds-city-council")
    told = part.items.exclude(contribution=None).get()
    spans = [(told.texts[0][0], Span(0, 4))]
    mark(item=told, spans=spans, exemption="third_party", because="She told it.", by=grace, at=NOW)
    for item in part.items.all():
        look_through(item=item, by=grace, at=NOW)
    say_ready(part=part, by=grace, at=NOW)
    release(part=part, by=seat("imran", "leeds-city-council", "data_protection_lead"), at=NOW)
    assert request.parts.count() == 2
    return request


@pytest.mark.parametrize(
    ("released", "then"),
    [
        pytest.param([date(2026, 12, 1), date(2026, 12, 4)], date(2026, 12, 4), id="with the last part"),
        pytest.param([date(2027, 2, 1), None], date(2027, 2, 1), id="never whole, and late"),
        pytest.param([date(2026, 12, 1), None], DUE, id="never whole"),
        pytest.param([None], DUE, id="never"),
    ],
)
def test_when_a_request_was_answered(released, then):
    assert answered_on(DUE, released) == then


@pytest.mark.django_db
def test_six_years_after_the_answer_nothing_says_who_asked(answered):
    over = NOW + (answered.due_on - localdate(NOW)) + YEARS
    assert clear_answered_requests(at=over - timedelta(days=3)) == 0
    assert tables_that_say(ASKED["asked_by"])
    assert clear_answered_requests(at=over) == 1
    for word in (ASKED["asked_by"], ASKED["reply_to"], ASKED["identity_how"], "She told it."):
        assert tables_that_say(word) == set()
    assert Person.objects.filter(pk=answered.person_id, stands=True).exists()


@pytest.mark.django_db
def test_the_ledger_says_that_there_was_one(answered):
    clear_answered_requests(at=NOW + YEARS + YEARS)
    assert clear_answered_requests(at=NOW + YEARS + YEARS) == 0
    line = LedgerEvent.objects.get(operation=Operation.ERASE)
    assert sentence(line) == f"retention cleared the access request {answered.pk}, whose time was over."
    assert line.details == {"rule": "Request for what is held: 6 years after it was answered"}


@pytest.mark.django_db
@pytest.mark.parametrize("covers", ["the person", "everything of an agency that answers"])
def test_a_hold_keeps_it(answered, seat, covers):
    una = seat("una", "leeds-city-council", "records_officer")
    named = {"people": [answered.person]} if covers == "the person" else {}
    place_hold(by=una, at=NOW, because="A complaint.", **named)
    assert clear_answered_requests(at=NOW + YEARS + YEARS) == 0
    assert AccessRequest.objects.exists()


@pytest.mark.django_db
def test_so_does_a_hold_on_whoever_that_was_before_their_records_were_linked(answered, seat, grace):
    before = answered.person
    place_hold(by=seat("una", "leeds-city-council", "records_officer"), at=NOW, because="A complaint.", people=[before])
    for one in before.records.all():
        unlink(record_=one, by=grace, at=NOW, because="Another child.")
    answered.refresh_from_db()
    assert answered.person != before
    assert clear_answered_requests(at=NOW + YEARS + YEARS) == 0


@pytest.mark.django_db
def test_a_partnership_that_wrote_no_period_keeps_them_all(answered, monkeypatch):
    none = retention.of_the_partnership().model_copy(update={"access_requests": None})
    monkeypatch.setattr("alongside.keeping.answered.of_the_partnership", lambda: none)
    assert clear_answered_requests(at=NOW + YEARS + YEARS) == 0


@pytest.mark.django_db
def test_the_daily_work_does_it(answered, clock):
    clock.move_to(NOW + YEARS + YEARS)
    assert tasks.clear_what_is_over.func() == 1


def test_the_playbook_says_that_the_partnership_has_to_confirm_it():
    assert "the partnership has to confirm it" in retention.of_the_partnership().access_requests.source
    assert "HAS TO CONFIRM THIS PERIOD" in (settings.PLAYBOOK / "keeping.toml").read_text()
