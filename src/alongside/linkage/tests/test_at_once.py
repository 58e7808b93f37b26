"""Two who decide at the same moment: one decides, and what stands is what was done."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection

from alongside.linkage.actions import decide_pair, undo_decision
from alongside.linkage.models import LinkDecision, LinkQuestion, Verdict
from alongside.people import closing
from alongside.people.tests.factories import COUNCIL, NOW, POLICE, child, practitioner, record


def at_once(*actions):
    """Each of these done by a request of its own, at the same moment."""
    begin = Barrier(len(actions))

    def one(act):
        try:
            begin.wait(20)
            act()
        finally:
            connection.close()

    with ThreadPoolExecutor(len(actions)) as threads:
        list(threads.map(one, actions))


def asked() -> LinkQuestion:
    left, right = record(child(), POLICE), record(child(), COUNCIL)
    return LinkQuestion.objects.create(left=left, right=right, reason="x", weight=1, asked_at=NOW)


def decides(question: LinkQuestion, by, verdict: str):
    mine = LinkQuestion.objects.select_related("left__person", "right__person").get(pk=question.pk)
    return lambda: decide_pair(question=mine, verdict=verdict, because="x", by=by, at=NOW)


def is_one(question: LinkQuestion) -> bool:
    fresh = LinkQuestion.objects.select_related("left", "right").get(pk=question.pk)
    return fresh.left.person_id == fresh.right.person_id


@pytest.mark.django_db
def test_whoever_decides_second_decides_nothing():
    question, grace, imran = asked(), practitioner("grace", "information_officer"), practitioner("imran")
    first, second = decides(question, grace, "same"), decides(question, imran, "different")
    assert first().decided_by == grace
    assert second() is None
    assert LinkQuestion.objects.get().verdict == Verdict.SAME
    assert is_one(question)


@pytest.mark.django_db
def test_an_old_undo_moves_nothing_once_somebody_decided_again():
    question, grace = asked(), practitioner("grace", "information_officer")
    made = decides(question, grace, "same")()
    old = LinkDecision.objects.get(pk=made.pk)
    assert undo_decision(decision=made, by=grace, at=NOW)
    assert not is_one(question)
    decides(question, grace, "same")()
    assert not undo_decision(decision=old, by=grace, at=NOW)
    assert is_one(question)
    assert LinkQuestion.objects.get().verdict == Verdict.SAME


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_same_and_different_at_once_leave_one_decision_that_holds():
    grace, imran = practitioner("grace", "information_officer"), practitioner("imran", "information_officer")
    for _ in range(8):
        question = asked()
        at_once(decides(question, grace, "same"), decides(question, imran, "different"))
        verdict = LinkQuestion.objects.get(pk=question.pk).verdict
        assert is_one(question) == (verdict == Verdict.SAME)
        assert question.decisions.count() == 1


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_two_who_leave_each_other_out_at_once_leave_one_named():
    bea, cat = practitioner("bea", "front_door_manager"), practitioner("cat", "front_door_manager")
    for _ in range(8):
        made = closing.restrict(person=child(), readers=[cat], by=bea, at=NOW, because="Moved for safety")

        def leaves_out(by, other, made=made):
            return lambda: closing.leave_out(restriction=made, reader=other, by=by, at=NOW)

        at_once(leaves_out(bea, cat), leaves_out(cat, bea))
        assert closing.readers_of(made).count() == 1
