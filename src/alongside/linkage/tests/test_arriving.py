"""What the ledger says when a record that arrives is joined to a child whom others know already."""

import pytest
from conftest import NOW

from alongside.contributions.actions import accept
from alongside.contributions.tests.example import note
from alongside.flow import follow_pending
from alongside.ledger.models import LedgerEvent
from alongside.people.models import AgencyRecord

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("agencies")]
NHS = "9434765919"
AT_POLICE = {"agency": "west-yorkshire-police", "system": "niche", "reference": "I-1"}


def follow(*items):
    accept(items, by="tests", at=NOW)
    while follow_pending(at=NOW):
        pass


def joined():
    lines = LedgerEvent.objects.filter(operation="combine", what="records linked")
    return list(lines.values_list("actor", "subject", "details"))


def test_the_ledger_says_which_record_was_joined_to_which_child():
    follow(note(person={"nhs_number": NHS}))
    assert joined() == []

    follow(note(source=AT_POLICE, person={"reference": "N-778", "nhs_number": NHS}))

    theirs = AgencyRecord.objects.get(agency="west-yorkshire-police")
    details = {"records": ["west-yorkshire-police N-778"], "rules": ["number"]}
    assert joined() == [("linkage", f"person:{theirs.person.reference}", details)]


def test_nobody_is_joined_where_each_is_the_first_of_their_own():
    follow(note("N-1"), note("N-2", person={"reference": "C-2", "given_name": "Ada", "family_name": "Okoro"}))
    assert joined() == []
