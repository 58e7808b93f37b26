"""What people decide about links, and undoing it. What links by itself is in `arriving`."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Q

from alongside.agencies.models import Practitioner
from alongside.ledger.models import Operation, record
from alongside.people.actions import show_best
from alongside.people.models import AgencyRecord, Person
from alongside.people.moved import records_moved
from alongside.people.reference import reference_for
from alongside.people.standings import move_standings

from .arriving import link
from .models import LinkDecision, LinkQuestion, RecordLink, Verdict

__all__ = ["decide_pair", "link", "standing_links", "undo_decision", "unlink"]


@transaction.atomic
def unlink(*, record_: AgencyRecord, by: Practitioner, at: datetime, because: str) -> Person:
    """This record is not this child: it becomes a person of its own, and the old link stays on file."""
    return move(record_, None, by=by, at=at, rule="person decided", because=because)


def move(one: AgencyRecord, to: Person | None, *, by: Practitioner, at: datetime, rule: str, because: str) -> Person:
    """Move a record to another person, or to one of its own; the old link stays on file."""
    before = one.person
    RecordLink.objects.filter(record=one, undone_at=None).update(
        undone_at=at, undone_by=by, undone_because=because[:300]
    )
    person = to or Person.objects.create(reference=_unused_reference(one, at))
    one.person = person
    one.save(update_fields=["person"])
    RecordLink.objects.create(record=one, person=person, rule=rule, reason=because[:300], linked_at=at, linked_by=by)
    if before:
        move_standings(one.entries.all(), before=before, to=person)
    one.entries.update(person=person)
    records_moved.send(AgencyRecord, people={each.pk for each in (before, person) if each})
    show_best([each for each in (before, person) if each])
    about = f"person:{person.reference}"
    record(Operation.COMBINE, "link moved", by=by or "linkage", at=at, about=about, record=str(one), because=because)
    return person


def _unused_reference(one: AgencyRecord, at: datetime) -> str:
    return reference_for(one.agency_id, one.system, f"{one.reference}@{at.isoformat()}")


@transaction.atomic
def decide_pair(*, question: LinkQuestion, verdict: str, because: str, by: Practitioner, at: datetime) -> LinkDecision:
    """Same: the two records' people become one. Different or not sure: they stay apart. All can be undone."""
    decision = LinkDecision.objects.create(
        question=question, verdict=verdict, because=because, decided_by=by, decided_at=at
    )
    question.verdict = verdict
    question.save(update_fields=["verdict"])
    if verdict == Verdict.SAME and question.left.person_id != question.right.person_id:
        for one in AgencyRecord.objects.filter(person=question.right.person_id):
            move(
                one, question.left.person, by=by, at=at, rule=f"question {question.pk}", because=because or "Same child"
            )
    record(Operation.COMBINE, f"same child? {verdict}", by=by, at=at, about=f"question:{question.pk}")
    return decision


@transaction.atomic
def undo_decision(*, decision: LinkDecision, by: Practitioner, at: datetime) -> None:
    """The question waits again; the records that moved go back to a person of their own, together."""
    decision.undone_at, decision.undone_by = at, by
    decision.save(update_fields=["undone_at", "undone_by"])
    question = decision.question
    question.verdict = Verdict.WAITING
    question.save(update_fields=["verdict"])
    moved = RecordLink.objects.filter(undone_at=None, rule=f"question {question.pk}").select_related("record")
    back: Person | None = None
    for one in moved:
        back = move(one.record, back, by=by, at=at, rule="undone", because="The decision was undone.")
    record(Operation.COMBINE, "decision undone", by=by, at=at, about=f"question:{question.pk}")


def standing_links(one: Person) -> Any:
    """The links that stand, for the list of the records that make up this person."""
    return RecordLink.objects.filter(Q(person=one), undone_at=None).select_related("record__agency", "linked_by")
