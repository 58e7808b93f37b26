"""What people decide about links, and undoing it. What links by itself is in `arriving`."""

from datetime import datetime
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Q

from alongside.access.permissions import Permission
from alongside.agencies.models import Practitioner
from alongside.ledger import subjects
from alongside.ledger.models import Operation, record, record_each
from alongside.people.actions import show_best
from alongside.people.closing import carry_over
from alongside.people.models import AgencyRecord, Person
from alongside.people.moved import records_moved
from alongside.people.reference import reference_for
from alongside.people.standings import move_standings

from .arriving import link
from .models import LinkDecision, LinkQuestion, RecordLink, Verdict

__all__ = ["decide_pair", "doubt", "link", "standing_links", "undo_decision", "unlink"]
DOUBTED = "Somebody who works with the child says that one of these records is another child’s."
# Of these a person may still decide.
OPEN = frozenset({Verdict.WAITING, Verdict.NOT_SURE})


@transaction.atomic
def doubt(
    *, record_: AgencyRecord, other: AgencyRecord, by: Practitioner, at: datetime, because: str
) -> LinkQuestion | None:
    """Ask whoever reviews links whether this record is of the same child as that other one of theirs; until they say,
    nothing moves. `other` is one that whoever doubts may know of: that there are more, they are not told. Nothing is
    asked of two that are not one child's."""
    if record_.person is None or record_.person_id != other.person_id:
        return None
    left, right = sorted((record_, other), key=lambda one: one.pk)
    said = {"doubted": record_, "doubt": f"{by.name}, {by.agency.name}: {because}"[:500]}
    said |= {"reason": DOUBTED, "asked_at": at, "verdict": Verdict.WAITING}
    question, _ = LinkQuestion.objects.update_or_create(
        left=left, right=right, defaults=said, create_defaults=said | {"weight": 0}
    )
    about = subjects.child(record_.person.reference)
    record(Operation.ALTER, "link doubted", by=by, at=at, about=about, record=str(record_), because=because)
    return question


@transaction.atomic
def unlink(*, record_: AgencyRecord, by: Practitioner, at: datetime, because: str, rule: str = "decided") -> Person:
    """This record is not this child: it becomes a person of its own, and the old link stays on file. Raises
    PermissionDenied for whoever does not review links."""
    if not by.may(Permission.REVIEW_LINKS):
        raise PermissionDenied(Permission.REVIEW_LINKS)
    return move(record_, None, by=by, at=at, rule=rule, because=because)


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
    if before:
        carry_over(before=before, to=person, by=by or "linkage", at=at)
    records_moved.send(AgencyRecord, people={each.pk for each in (before, person) if each}, at=at)
    show_best([each for each in (before, person) if each])
    told = {"by": by or "linkage", "at": at, "record": str(one), "because": because}
    about = [subjects.child(each.reference) for each in (before, person) if each]
    record_each(Operation.COMBINE, "link moved", about=about, **told)
    return person


def _unused_reference(one: AgencyRecord, at: datetime) -> str:
    return reference_for(one.agency_id, one.system, f"{one.reference}@{at.isoformat()}")


def _held(question: LinkQuestion) -> LinkQuestion:
    """The question as it stands; until the transaction ends nobody else decides on it, or on its two people."""
    kept = LinkQuestion.objects.select_for_update().get(pk=question.pk)
    pair, held = AgencyRecord.objects.filter(pk__in=(kept.left_id, kept.right_id)), set[int | None]()
    # Whose the records are may have changed while the people were waited for.
    while not held.issuperset(people := set(pair.order_by().values_list("person", flat=True))):
        held |= people
        list(Person.objects.select_for_update(no_key=True).filter(pk__in=people - {None}).order_by("pk"))
    return kept


@transaction.atomic
def decide_pair(
    *, question: LinkQuestion, verdict: str, because: str, by: Practitioner, at: datetime
) -> LinkDecision | None:
    """Same: the two records' people become one. Different: they stay apart, and a doubted record leaves its child.
    Not sure: nothing moves. All can be undone. Nothing is decided where somebody decided meanwhile."""
    question = _held(question)
    if question.verdict not in OPEN:
        return None
    decision = LinkDecision.objects.create(
        question=question, verdict=verdict, because=because, decided_by=by, decided_at=at
    )
    question.verdict = verdict
    question.save(update_fields=["verdict"])
    rule, is_one = f"question {question.pk}", question.left.person_id == question.right.person_id
    if verdict == Verdict.SAME and not is_one:
        for one in AgencyRecord.objects.filter(person=question.right.person_id):
            move(one, question.left.person, by=by, at=at, rule=rule, because=because or "Same child")
    elif verdict == Verdict.DIFFERENT and is_one and question.doubted:
        unlink(record_=question.doubted, by=by, at=at, because=because, rule=rule)
    record(Operation.COMBINE, f"same child? {verdict}", by=by, at=at, about=f"question:{question.pk}")
    return decision


@transaction.atomic
def undo_decision(*, decision: LinkDecision, by: Practitioner, at: datetime) -> bool:
    """The question waits again; each record goes back to whom it came from: those that were joined to their own
    person, with all that was ever kept of them, and one that left its child to that child. False, and nothing moves,
    where it is undone already or another decision stands since."""
    question = _held(decision.question)
    stands = question.decisions.filter(undone_at=None).last()
    if stands is None or stands.pk != decision.pk:
        return False
    stands.undone_at, stands.undone_by = at, by
    stands.save(update_fields=["undone_at", "undone_by"])
    question.verdict = Verdict.WAITING
    question.save(update_fields=["verdict"])
    _put_back(stands, question, by=by, at=at)
    record(Operation.COMBINE, "decision undone", by=by, at=at, about=f"question:{question.pk}")
    return True


def _put_back(decision: LinkDecision, question: LinkQuestion, *, by: Practitioner, at: datetime) -> None:
    moved = RecordLink.objects.filter(undone_at=None, rule=f"question {question.pk}").select_related("record__person")
    parted = decision.verdict == Verdict.DIFFERENT
    back: Person | None = None
    for one in moved:
        back = _left_behind(question) if parted else _came_from(one) or back
        back = move(one.record, back, by=by, at=at, rule="undone", because="The decision was undone.")


def _left_behind(question: LinkQuestion) -> Person | None:
    """Whom a doubted record left: the other record of the pair is theirs."""
    return (question.right if question.doubted == question.left else question.left).person


def _came_from(one: RecordLink) -> Person | None:
    """Whose a joined record was before this link."""
    earlier = RecordLink.objects.filter(record=one.record_id, pk__lt=one.pk).exclude(person=one.person_id)
    before = earlier.select_related("person").order_by("pk").last()
    return before.person if before else None


def standing_links(one: Person) -> Any:
    """The links that stand, for the list of the records that make up this person."""
    return RecordLink.objects.filter(Q(person=one), undone_at=None).select_related("record__agency", "linked_by")
