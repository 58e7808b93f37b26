"""A hold on somebody holds wherever their records go, whatever is decided and undone about who is who."""

import pytest
from conftest import NOW

from alongside.contributions.models import Contribution
from alongside.keeping.actions import approve, lift_hold, place_hold, propose
from alongside.linkage.actions import decide_pair, undo_decision, unlink
from alongside.linkage.models import LinkQuestion, Verdict
from alongside.people.models import AgencyRecord, Person

from .conftest import old
from .test_disposing import due

pytestmark = pytest.mark.django_db
ADA = {"reference": "C-2", "given_name": "Ada", "family_name": "Hill"}


@pytest.fixture
def grace(seat):
    return seat("grace", "leeds-city-council", "information_officer")


@pytest.fixture
def ada(tell):
    """The council told of Siobhan, and of Ada."""
    tell(old(), old("N-2", person=ADA))
    return Person.objects.get(given_name="Ada")


def joined(by):
    """Grace decides that Ada's record is Siobhan's."""
    left, right = AgencyRecord.objects.order_by("pk")
    said = {"reason": "x", "weight": 1, "asked_at": NOW}
    question, _ = LinkQuestion.objects.get_or_create(left=left, right=right, defaults=said)
    decision = decide_pair(question=question, verdict=Verdict.SAME, because="", by=by, at=NOW)
    right.refresh_from_db()
    assert right.person_id == left.person_id
    return decision


def test_a_hold_stays_when_records_are_linked_and_when_that_is_undone(ada, una, joe, grace):
    receipts = list(Contribution.objects.values_list("receipt", flat=True))
    proposal = propose(receipts=receipts, by=una, at=NOW)
    (hold,) = place_hold(by=joe, at=NOW, because="An inquiry.", people=[ada])
    decision = joined(grace)
    assert approve(proposal=proposal, by=joe, at=NOW) == 0
    undo_decision(decision=decision, by=grace, at=NOW)
    assert due(una) == []
    lift_hold(hold=hold, by=una, at=NOW, because="It ended.")
    assert due(una) == ["N-1", "N-2"]


def test_a_hold_stays_with_a_record_that_leaves(ada, una, joe, grace):
    joined(grace)
    place_hold(by=joe, at=NOW, because="An inquiry.", people=[Person.objects.get(stands=True)])
    unlink(record_=AgencyRecord.objects.get(reference="C-2"), by=grace, at=NOW, because="Another child.")
    assert due(una) == []


def test_a_hold_on_somebody_else_holds_nobody_more(ada, una, joe):
    place_hold(by=joe, at=NOW, because="An inquiry.", people=[ada])
    assert due(una) == ["N-1"]
