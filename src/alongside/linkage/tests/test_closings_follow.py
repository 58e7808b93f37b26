"""Doors never open because records move: what closed either side before, or came while they were one, closes both."""

from datetime import datetime, timedelta

import pytest

from alongside.access.rules import Level
from alongside.linkage.actions import decide_pair, doubt, undo_decision, unlink
from alongside.linkage.models import LinkQuestion, RecordLink
from alongside.people import closing
from alongside.people.emergency import ask_in_emergency, judge
from alongside.people.models import AgencyRecord, EmergencyNotice, Person
from alongside.people.queries import level_of
from alongside.people.tests.factories import CAMHS, COUNCIL, NOW, POLICE, child, practitioner, record

pytestmark = pytest.mark.django_db


@pytest.fixture
def grace():
    return practitioner("grace", "information_officer")


@pytest.fixture
def bea():
    return practitioner("bea", "front_door_manager")


@pytest.fixture
def maya():
    """Sees every child, but those closed to her."""
    return practitioner("maya", "front_door_worker")


def known(reference: str, of: str) -> AgencyRecord:
    one = record(child(reference), of)
    RecordLink.objects.create(record=one, person=one.person, rule="first record", reason="x", linked_at=NOW)
    return one


@pytest.fixture
def kai():
    return known("KAI1", POLICE)


@pytest.fixture
def kay():
    return known("KAY1", COUNCIL)


@pytest.fixture
def question(kai, kay):
    return LinkQuestion.objects.create(left=kai, right=kay, reason="x", weight=1, asked_at=NOW)


def joined(question, by):
    fresh = LinkQuestion.objects.get(pk=question.pk)
    return decide_pair(question=fresh, verdict="same", because="x", by=by, at=NOW)


def person_of(one: AgencyRecord) -> Person:
    return AgencyRecord.objects.select_related("person").get(pk=one.pk).person


def is_open(one: AgencyRecord, to) -> bool:
    return level_of(viewer=to, person=person_of(one), at=NOW) is not Level.NONE


def test_what_was_joined_goes_back_to_whom_it_came_from(question, kai, kay, grace):
    undo_decision(decision=joined(question, grace), by=grace, at=NOW)
    assert (person_of(kai).reference, person_of(kay).reference) == ("KAI1", "KAY1")
    assert person_of(kay).stands


def test_an_undo_leaves_closed_what_was_closed_before(question, kai, kay, grace, bea, maya):
    closing.restrict(person=kay.person, readers=[grace], by=bea, at=NOW, because="Moved for safety")
    undo_decision(decision=joined(question, grace), by=grace, at=NOW)
    assert not is_open(kay, maya)
    assert not is_open(kai, maya)
    assert is_open(kay, bea)


def test_an_undo_opens_no_record_to_whoever_is_tied(question, kai, kay, grace, maya):
    closing.declare_tie(person=kay.person, by=maya, at=NOW, because="My nephew")
    undo_decision(decision=joined(question, grace), by=grace, at=NOW)
    assert not is_open(kay, maya)


def test_what_was_closed_while_they_were_one_closes_both_after(question, kai, kay, grace, bea, maya):
    decision, leah = joined(question, grace), practitioner("leah", "front_door_worker")
    closing.restrict(person=person_of(kay), readers=[grace, maya], by=bea, at=NOW, because="Moved for safety")
    closing.declare_tie(person=person_of(kay), by=maya, at=NOW, because="My nephew")
    undo_decision(decision=decision, by=grace, at=NOW)
    assert not any(is_open(one, who) for one in (kai, kay) for who in (leah, maya))


def test_a_record_that_leaves_its_child_stays_as_closed_as_it_was(grace, bea, maya):
    kai = child("KAI1")
    wrong, right = record(kai, POLICE), record(kai, COUNCIL)
    closing.restrict(person=kai, readers=[grace], by=bea, at=NOW, because="Moved for safety")
    doubt(record_=wrong, other=right, by=bea, at=NOW, because="The school has met both")
    question = LinkQuestion.objects.select_related("left__person", "right__person").get()
    decide_pair(question=question, verdict="different", because="x", by=grace, at=NOW)
    assert person_of(wrong) != kai
    assert not is_open(wrong, maya)


def test_a_record_taken_from_its_child_stays_as_closed_as_it_was(grace, bea, maya):
    kai = child("KAI1")
    wrong, _ = record(kai, POLICE), record(kai, COUNCIL)
    closing.declare_tie(person=kai, by=maya, at=NOW, because="My nephew")
    unlink(record_=wrong, by=grace, at=NOW, because="Another child")
    assert not is_open(wrong, maya)


def test_whoever_is_named_on_one_of_two_restrictions_does_not_come_to_read_the_other(question, kai, kay, grace, bea):
    """They may be the very one whom the other was closed to."""
    rowan, imran = practitioner("rowan"), practitioner("imran")
    closing.restrict(person=kai.person, readers=[grace, rowan], by=bea, at=NOW, because="Moved for safety")
    closing.restrict(person=kay.person, readers=[grace, imran], by=bea, at=NOW, because="Moved for safety")
    decision = joined(question, grace)
    assert [is_open(kay, who) for who in (rowan, imran, bea)] == [False, False, True]
    undo_decision(decision=decision, by=grace, at=NOW)
    assert not is_open(kay, rowan)
    assert not is_open(kai, imran)
    assert is_open(kai, bea)
    assert is_open(kay, bea)


@pytest.fixture
def opens(grace):
    """Whether Ann opens a record now. Her use of Kai's, some minutes ago, was judged not fair."""
    ann = practitioner("ann", "health_worker", CAMHS)
    ask_in_emergency(reference="KAI1", by=ann, at=NOW - timedelta(minutes=9), because="Hurt")
    notice = EmergencyNotice.objects.get(told=grace)
    judge(notice=notice, verdict="judged_not_fair", because="No", by=grace, at=NOW - timedelta(minutes=8))

    def tried(reference: str, at: datetime = NOW) -> bool:
        asked = ask_in_emergency(reference=reference, by=ann, at=at, because="Hurt")
        return asked.level == Level.TEAM

    return tried


def test_a_use_that_was_not_fair_is_remembered_wherever_the_records_went(question, kai, grace, opens):
    decision = joined(question, grace)
    assert not opens(person_of(kai).reference)
    undo_decision(decision=decision, by=grace, at=NOW)
    assert not opens(person_of(kai).reference, NOW + timedelta(minutes=1))


def test_it_is_remembered_of_a_record_that_became_a_child_of_its_own(kai, grace, opens):
    unlink(record_=kai, by=grace, at=NOW, because="Another child")
    assert not opens(person_of(kai).reference)


def test_it_is_nothing_to_another_child(kai, kay, opens):
    assert opens(kay.person.reference)
