"""Linking records to people, asking about the doubtful, and undoing."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Q

from alongside.agencies.models import Practitioner
from alongside.ledger.models import Operation, record
from alongside.people.actions import show_best
from alongside.people.models import AgencyRecord, Person
from alongside.people.reference import reference_for

from .candidates import candidates_of, index
from .model import load_model
from .models import LinkDecision, LinkQuestion, RecordLink, Verdict
from .record import as_compared
from .rules import Decision, Judged, decide
from .scoring import ScoredPair, score_one

FIRST = "first record"


@dataclass
class _Linking:
    """One batch at work: whose each record is so far, and what follows from it."""

    at: datetime
    person_of: dict[int, int]
    links: list[RecordLink] = field(default_factory=list)
    questions: dict[tuple[int, int], LinkQuestion] = field(default_factory=dict)
    fresh: list[AgencyRecord] = field(default_factory=list)


def link(records: Iterable[AgencyRecord], *, at: datetime) -> None:
    """Say whose each new record is: linked where sure, a question where doubtful, else a person of their own."""
    records = sorted({one.pk: one for one in records}.values(), key=lambda one: one.pk)
    if not records:
        return
    keys = index(records)
    unlinked = [one for one in records if one.person_id is None]
    found = candidates_of({one.pk: keys[one.pk] for one in unlinked})
    others = AgencyRecord.objects.in_bulk({pk for several in found.values() for pk in several})
    compared = {pk: as_compared(one) for pk, one in others.items()}
    work = _Linking(at=at, person_of={pk: one.person_id for pk, one in others.items() if one.person_id})
    for one in unlinked:
        candidates = [compared[pk] for pk in found[one.pk] if pk in work.person_of]
        _settle(work, one, score_one(as_compared(one), candidates), compared)
    _save(work, unlinked)
    show_best(Person.objects.filter(pk__in={one.person_id for one in records if one.person_id}))


def _settle(work: _Linking, one: AgencyRecord, pairs: list[ScoredPair], compared: dict[int, Any]) -> None:
    mine = as_compared(one)
    judged = [(pair, decide(pair, mine, compared[int(pair.right_id)], load_model())) for pair in pairs]
    chosen = _one_person(work, judged)
    for pair, decision in judged:
        other = int(pair.right_id)
        doubtful = decision.verdict == Judged.DOUBTFUL or (decision.verdict == Judged.SAME and chosen is None)
        if doubtful and (chosen is None or work.person_of[other] != work.person_of[int(chosen[0].right_id)]):
            _ask(work, one.pk, other, pair.weight, decision.reason)
    if chosen is None:
        person = Person.objects.create(reference=reference_for(one.agency_id, one.system, one.reference))
        work.links.append(_link(work, one, person.pk, FIRST, "The first record of this person.", None))
    else:
        pair, decision = chosen
        person_id = work.person_of[int(pair.right_id)]
        work.links.append(_link(work, one, person_id, decision.rule, decision.reason, pair.weight))
    work.person_of[one.pk] = one.person_id
    compared[one.pk] = mine


def _one_person(
    work: _Linking, judged: list[tuple[ScoredPair, Decision]]
) -> tuple[ScoredPair, Decision] | None:
    """The best sure match, unless sure matches point to two people or the person's other records speak against."""
    same = [item for item in judged if item[1].verdict == Judged.SAME]
    people = {work.person_of[int(pair.right_id)] for pair, _ in same}
    if len(people) != 1:
        return None
    against = any(
        decision.verdict == Judged.DIFFERENT and decision.contradicts and work.person_of[int(pair.right_id)] in people
        for pair, decision in judged
    )
    return None if against else same[0]


def _link(
    work: _Linking, one: AgencyRecord, person_id: int, rule: str, reason: str, weight: float | None
) -> RecordLink:
    one.person_id = person_id
    return RecordLink(
        record=one, person_id=person_id, rule=rule, reason=reason[:300], weight=weight, linked_at=work.at
    )


def _ask(work: _Linking, one: int, other: int, weight: float, reason: str) -> None:
    pair = (min(one, other), max(one, other))
    work.questions[pair] = LinkQuestion(
        left_id=pair[0], right_id=pair[1], weight=weight, reason=reason[:300], asked_at=work.at
    )


def _save(work: _Linking, records: list[AgencyRecord]) -> None:
    AgencyRecord.objects.bulk_update(records, ["person"], batch_size=400)
    RecordLink.objects.bulk_create(work.links)
    LinkQuestion.objects.bulk_create(work.questions.values(), ignore_conflicts=True)
    if work.links:
        record(Operation.COMBINE, "records linked", by="linkage", at=work.at, count=len(work.links))


@transaction.atomic
def unlink(*, record_: AgencyRecord, by: Practitioner, at: datetime, because: str) -> Person:
    """This record is not this child: it becomes a person of its own, and the old link stays on file."""
    return _move(record_, None, by=by, at=at, rule="person decided", because=because)


def _move(
    one: AgencyRecord, to: Person | None, *, by: Practitioner, at: datetime, rule: str, because: str
) -> Person:
    before = one.person
    RecordLink.objects.filter(record=one, undone_at=None).update(
        undone_at=at, undone_by=by, undone_because=because[:300]
    )
    person = to or Person.objects.create(reference=_unused_reference(one, at))
    one.person = person
    one.save(update_fields=["person"])
    RecordLink.objects.create(
        record=one, person=person, rule=rule, reason=because[:300], linked_at=at, linked_by=by
    )
    one.entries.update(person=person)
    show_best([each for each in (before, person) if each])
    about = f"person:{person.reference}"
    record(Operation.COMBINE, "link moved", by=by, at=at, about=about, record=str(one), because=because)
    return person


def _unused_reference(one: AgencyRecord, at: datetime) -> str:
    return reference_for(one.agency_id, one.system, f"{one.reference}@{at.isoformat()}")


@transaction.atomic
def decide_pair(
    *, question: LinkQuestion, verdict: str, because: str, by: Practitioner, at: datetime
) -> LinkDecision:
    """Same: the two records' people become one. Different or not sure: they stay apart. All can be undone."""
    decision = LinkDecision.objects.create(
        question=question, verdict=verdict, because=because, decided_by=by, decided_at=at
    )
    question.verdict = verdict
    question.save(update_fields=["verdict"])
    if verdict == Verdict.SAME and question.left.person_id != question.right.person_id:
        for one in AgencyRecord.objects.filter(person=question.right.person_id):
            _move(
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
        back = _move(one.record, back, by=by, at=at, rule="undone", because="The decision was undone.")
    record(Operation.COMBINE, "decision undone", by=by, at=at, about=f"question:{question.pk}")


def standing_links(one: Person) -> Any:
    """The links that stand, for the list of the records that make up this person."""
    return RecordLink.objects.filter(Q(person=one), undone_at=None).select_related("record__agency", "linked_by")
