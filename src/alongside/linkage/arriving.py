"""Whose is a record that has just arrived? Sure matches link; the doubtful are asked about, once a person."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from alongside.ledger.models import Operation, record_each
from alongside.ledger.subjects import child
from alongside.people.actions import show_best
from alongside.people.models import AgencyRecord, Person
from alongside.people.reference import reference_for

from .candidates import candidates_of, index
from .model import load_model
from .models import LinkQuestion, RecordLink
from .pairs import ScoredPair, score_one
from .record import as_compared
from .rules import Decision, decide
from .rules import Verdict as Judged

FIRST = "first record"
# A record that resembles more people than this resembles nobody in particular.
MOST_ASKED = 3


@dataclass
class _Side:
    """One person whom the arriving record may be: the best of their records, and whether any speaks against."""

    person_id: int
    pair: ScoredPair
    decision: Decision
    contradicted: bool = False

    @property
    def is_sure(self) -> bool:
        return self.decision.verdict == Judged.SAME and not self.contradicted


@dataclass
class _Linking:
    """One batch at work: whose each record is so far, and what follows from it."""

    at: datetime
    person_of: dict[int, int]
    compared: dict[int, dict[str, Any]]
    links: list[RecordLink] = field(default_factory=list)
    questions: dict[tuple[int, int], LinkQuestion] = field(default_factory=dict)


def link(records: Iterable[AgencyRecord], *, at: datetime) -> None:
    """Say whose each new record is: linked where sure, a question where doubtful, else a person of their own."""
    records = sorted({one.pk: one for one in records}.values(), key=lambda one: one.pk)
    if not records:
        return
    keys = index(records)
    unlinked = [one for one in records if one.person_id is None]
    found = candidates_of({one.pk: keys[one.pk] for one in unlinked})
    others = AgencyRecord.objects.in_bulk({pk for several in found.values() for pk in several})
    work = _Linking(
        at=at,
        person_of={pk: one.person_id for pk, one in others.items() if one.person_id},
        compared={pk: as_compared(one) for pk, one in others.items()},
    )
    for one in unlinked:
        _settle(work, one, found[one.pk])
    _save(work, unlinked)
    show_best(Person.objects.filter(pk__in={one.person_id for one in records if one.person_id}))


def _settle(work: _Linking, one: AgencyRecord, candidates: list[int]) -> None:
    mine = as_compared(one)
    pairs = score_one(mine, [work.compared[pk] for pk in candidates if pk in work.person_of])
    sides = _sides(work, mine, pairs)
    chosen = next((side for side in sides if side.is_sure), None)
    doubtful = [side for side in sides if side is not chosen and side.decision.verdict != Judged.DIFFERENT]
    for side in doubtful[:MOST_ASKED]:
        _ask(work, one.pk, side)
    if chosen is None:
        person = Person.objects.create(reference=_reference_for(one, work.at))
        _link(work, one, person.pk, FIRST, "The first record of this person.", None)
    else:
        rule = "number" if chosen.decision.by_number else "details"
        _link(work, one, chosen.person_id, rule, chosen.decision.reason, chosen.pair.weight)
    work.person_of[one.pk] = one.person_id
    work.compared[one.pk] = mine


def _reference_for(one: AgencyRecord, at: datetime) -> str:
    """The record's own, unless whoever it belonged to was disposed of: the shell of that person keeps it."""
    own = reference_for(one.agency_id, one.system, one.reference)
    if Person.objects.filter(reference=own).exists():
        return reference_for(one.agency_id, one.system, f"{one.reference}@{at.isoformat()}")
    return own


def _sides(work: _Linking, mine: dict[str, Any], pairs: list[ScoredPair]) -> list[_Side]:
    """Surest first: a shared number before details, then by how much agrees."""
    sides: dict[int, _Side] = {}
    for pair in pairs:
        other = int(pair.right_id)
        decision = decide(pair.evidence, load_model())
        side = sides.setdefault(work.person_of[other], _Side(work.person_of[other], pair, decision))
        if _surer(decision, side.decision):
            side.pair, side.decision = pair, decision
        side.contradicted = side.contradicted or decision.contradicts
    return sorted(sides.values(), key=lambda side: (not side.is_sure, not side.decision.by_number, -side.pair.weight))


def _surer(one: Decision, other: Decision) -> bool:
    order = [Judged.DIFFERENT, Judged.DOUBTFUL, Judged.SAME]
    return (order.index(one.verdict), one.by_number) > (order.index(other.verdict), other.by_number)


def _link(work: _Linking, one: AgencyRecord, person_id: int, rule: str, reason: str, weight: float | None) -> None:
    one.person_id = person_id
    work.links.append(
        RecordLink(record=one, person_id=person_id, rule=rule, reason=reason[:300], weight=weight, linked_at=work.at)
    )


def _ask(work: _Linking, one: int, side: _Side) -> None:
    other = int(side.pair.right_id)
    pair = (min(one, other), max(one, other))
    work.questions[pair] = LinkQuestion(
        left_id=pair[0],
        right_id=pair[1],
        weight=side.pair.weight,
        reason=side.decision.reason[:300],
        asked_at=work.at,
    )


def _save(work: _Linking, records: list[AgencyRecord]) -> None:
    AgencyRecord.objects.bulk_update(records, ["person"], batch_size=400)
    RecordLink.objects.bulk_create(work.links)
    LinkQuestion.objects.bulk_create(work.questions.values(), ignore_conflicts=True)
    joined = [one for one in work.links if one.rule != FIRST]
    if joined:
        record_each(Operation.COMBINE, "records linked", by="linkage", at=work.at, about=_joined_to(joined))


def _joined_to(links: list[RecordLink]) -> dict[str, dict[str, list[str]]]:
    """By the child's place in the ledger, which records were joined to theirs, and by which rule each."""
    references = Person.objects.in_bulk({one.person_id for one in links})
    found: dict[str, dict[str, list[str]]] = {}
    for one in links:
        told = found.setdefault(child(references[one.person_id].reference), {"records": [], "rules": []})
        told["records"].append(str(one.record))
        told["rules"].append(one.rule)
    return found
