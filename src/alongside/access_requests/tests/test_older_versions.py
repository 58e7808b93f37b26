"""What was told to many and is for named people now: its older words are closed with it."""

from datetime import timedelta

import pytest
from django.urls import reverse

from alongside.access_requests.actions import log_request
from alongside.access_requests.open_to import why_closed
from alongside.access_requests.queries import items_of
from alongside.contributions.actions import accept
from alongside.contributions.tests.example import note
from alongside.flow import follow_pending
from alongside.people.models import AgencyRecord
from alongside.people.tests.factories import COUNCIL, practitioner
from alongside.web.tests.reading import words

from .conftest import ASKED, AT

WHERE = "They hide at 4 Elm Road."


@pytest.fixture
def leah(grace):
    return practitioner("leah", "information_officer", COUNCIL)


def told_as(*handlings):
    """The council tells of one child, and corrects it as often: for whom it is each time."""
    for number, handling in enumerate(handlings):
        at = AT - timedelta(minutes=9 - number)
        said = {"narrative": f"{WHERE} {number}", "handling": handling}
        accept([note("N-7", person={"reference": "C-7"}, **said)], by="tests", at=at)
        while follow_pending(at=at):
            pass
    return AgencyRecord.objects.get(reference="C-7").person


def items_asked_for(person, by):
    """Each version in the council's part, the oldest first."""
    part = log_request(person=person, by=by, at=AT, **ASKED).parts.get(agency=COUNCIL)
    return sorted((one for one in items_of(part) if one.contribution), key=lambda one: one.contribution.version)


def test_the_older_words_of_what_is_restricted_now_are_closed(as_one, grace, leah):
    items = items_asked_for(told_as("team", "restricted:leah"), grace)
    assert [bool(why_closed(one, grace)) for one in items] == [True, True]
    assert [why_closed(one, leah) for one in items] == ["", ""]
    for one in items:
        address = reverse("access_item", args=[one.part_id, one.pk])
        said = words(as_one(grace).get(address))
        assert ("It was told to named people only" in said, WHERE in said) == (True, False)
        as_one(grace).post(address, {"do": "looked"})
        assert WHERE in words(as_one(leah).get(address))
    assert not [one for one in items_of(items[0].part) if one.contribution and one.looked_at]


def test_words_that_were_restricted_once_stay_so(grace, leah):
    items = items_asked_for(told_as("team", "restricted:leah", "team"), grace)
    assert [bool(why_closed(one, grace)) for one in items] == [False, True, False]


def test_another_reference_of_the_same_system_closes_nothing(grace, leah):
    person = told_as("team", "team")
    accept([note("N-8", person={"reference": "C-7"}, handling="restricted:leah")], by="tests", at=AT)
    while follow_pending(at=AT):
        pass
    items = items_asked_for(person, grace)
    closed = {one.contribution.reference: bool(why_closed(one, grace)) for one in items}
    assert closed == {"N-7": False, "N-8": True}
    assert len(items) == 3
