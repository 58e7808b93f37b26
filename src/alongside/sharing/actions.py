"""Giving information on purpose, or deciding not to. Each is one transaction, with its lines in the ledger."""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from alongside.access.permissions import Permission
from alongside.access.rules import Decision
from alongside.agencies.models import Practitioner
from alongside.agencies.same_person import a_seat_of
from alongside.ledger import subjects
from alongside.ledger.models import Operation, record, record_each
from alongside.people.models import Person
from alongside.web.errors import Refused

from .bases import terms
from .ending import may_end
from .left import given_late, left_to_decide, left_to_pass_on, left_to_tell
from .letters import owe_letters
from .models import Choice, ShareDecision, SharedEntry
from .offering import Offer
from .queries import is_in_the_team, may_say_a_word, to_tell
from .recipients import Target, is_kept_from, may_hear_of
from .rules import may_go_to

GIVEN = "given on purpose"


def _must_be_in_the_team(by: Practitioner, person: Person, at: datetime) -> None:
    if not by.may(Permission.SHARE) or not is_in_the_team(by, person, at=at):
        raise PermissionDenied(Permission.SHARE)


def _must_be_allowed(*decisions: Decision) -> None:
    for decision in decisions:
        if not decision.allowed:
            raise Refused(decision.reason)


@transaction.atomic
def give(
    *, person: Person, to: Target, chosen: Sequence[Offer], by: Practitioner, at: datetime, words: str = "", **told: Any
) -> ShareDecision:
    """Give whole entries, words written for the purpose, or both. Raises PermissionDenied for anybody outside the
    team, and Refused where an entry may not be given, or not to them."""
    _must_be_in_the_team(by, person, at)
    whether = [may_hear_of(person, to)]
    for offer in chosen:
        whether += [offer.may, may_go_to(reader=by.reader, told=offer.told, to=to.for_rules)]
    _must_be_allowed(*whether)
    made = ShareDecision.objects.create(
        **to.columns,
        **{"person": person, "choice": Choice.GIVE, "words": words, "by": by, "agency_id": by.agency_id, "at": at},
        **{"recorded_at": at, **told},
    )
    SharedEntry.objects.bulk_create(_given(made, offer) for offer in chosen)
    _disclosed(made, [offer.entry.contribution.subject for offer in chosen])
    return made


def _given(made: ShareDecision, offer: Offer) -> SharedEntry:
    entry = offer.entry
    return SharedEntry(
        decision=made,
        contribution=entry.contribution,
        record_id=entry.record_id,
        role=entry.role,
        title=entry.title,
        conditions=offer.told.conditions,
    )


def _disclosed(made: ShareDecision, entries: list[str]) -> None:
    """One line for the child, one for each record that was given, and one for words that were written."""
    about = [subjects.child(made.person.reference), *entries, *([made.subject] if made.words else [])]
    given = {"to": made.recipient, "bases": made.bases, "share": made.pk}
    record_each(Operation.DISCLOSE, GIVEN, by=made.by, at=made.at, about=about, purpose=made.because[:200], **given)


@transaction.atomic
def give_now(*, person: Person, to: Target, words: str, by: Practitioner, at: datetime) -> ShareDecision:
    """Give first: to whom and what; whoever it is for is written to. The rest is recorded within the playbook's
    hours."""
    _must_be_in_the_team(by, person, at)
    _must_be_allowed(may_hear_of(person, to))
    rules = terms()
    made = ShareDecision.objects.create(
        **to.columns,
        **{"person": person, "choice": Choice.GIVE, "words": words, "by": by, "agency_id": by.agency_id, "at": at},
        **{"is_urgent": True, "record_by": at + rules.record_within},
        expires_on=timezone.localdate(at) + timedelta(days=rules.expires_after_days),
    )
    _disclosed(made, [])
    owe_letters(made, at=at)
    return made


def _own(decision: ShareDecision, by: Practitioner) -> ShareDecision:
    """The decision as it stands, held for writing, where it is this practitioner's own."""
    if decision.by_id != by.pk:
        raise PermissionDenied
    return _held(decision)


def _held(decision: ShareDecision) -> ShareDecision:
    return ShareDecision.objects.select_for_update().get(pk=decision.pk)


@transaction.atomic
def record_rest(*, decision: ShareDecision, by: Practitioner, at: datetime, **told: Any) -> bool:
    """What is asked of every giving, for what was given first. Once; by whoever gave it, or where they cannot any
    more by an officer, who is named. Returns whether it was not recorded before."""
    stands_in = given_late(by, at=at).filter(pk=decision.pk).exists()
    kept = _held(decision) if stands_in else _own(decision, by)
    if kept.recorded_at is not None:
        return False
    for field, value in told.items():
        setattr(kept, field, value)
    kept.recorded_at, kept.recorded_by = at, by if by.pk != kept.by_id else None
    kept.save(update_fields=[*told, "recorded_at", "recorded_by"])
    about = subjects.child(kept.person.reference)
    record(Operation.ALTER, "rest of a giving recorded", by=by, at=at, about=about, purpose=kept.because[:200])
    return True


@transaction.atomic
def withhold(*, person: Person, to: Target, by: Practitioner, at: datetime, **told: Any) -> ShareDecision:
    """Decide not to give, with the reason, and ask another person (`second_asked`). PermissionDenied without one:
    children have died of what one person alone kept back. Refused where that person could not open the page on which
    they say their word, or is among those from whom it is kept."""
    _must_be_in_the_team(by, person, at)
    second = told.get("second_asked")
    if second is None:
        raise PermissionDenied("A decision not to share asks a second person.")
    if not may_say_a_word([(second, person)], at=at) or to.keeps_from(second, decided_at=by.agency_id):
        # Not why: which tie or which restriction, whoever decides is not told.
        raise Refused(f"{second.name} cannot be asked for a second view on this child. Choose somebody else.")
    made = ShareDecision.objects.create(
        **to.columns,
        **{"person": person, "choice": Choice.WITHHOLD, "by": by, "agency_id": by.agency_id, "at": at},
        **{"recorded_at": at, **told},
    )
    about = subjects.child(person.reference)
    purpose, why = made.because[:200], str(made.why_not)
    record(Operation.ALTER, "decided not to give", by=by, at=at, about=about, purpose=purpose, why=why)
    return made


@transaction.atomic
def say_second_word(*, decision: ShareDecision, agrees: bool, because: str, by: Practitioner, at: datetime) -> None:
    """Whether another person of the team agrees that it is not given. Once; never by whoever decided it, from whichever
    seat, nor by those from whom it is kept."""
    _must_be_in_the_team(by, decision.person, at)
    is_own = ShareDecision.objects.filter(a_seat_of(by, "by"), pk=decision.pk).exists()
    if is_own or is_kept_from(decision, by):
        raise PermissionDenied
    waits = ShareDecision.objects.filter(pk=decision.pk, second_at=None, choice=Choice.WITHHOLD)
    if waits.update(second_by=by, second_at=at, second_agrees=agrees, second_because=because):
        about = subjects.child(decision.person.reference)
        what = f"second person {'agrees' if agrees else 'does not agree'} with not giving"
        record(Operation.ALTER, what, by=by, at=at, about=about, purpose=because[:200])


@transaction.atomic
def see_to(*, decision: ShareDecision, because: str, by: Practitioner, at: datetime) -> None:
    """What was not given, and whoever decided it can decide no more, is decided or passed on, and how: by who leads
    for the child, or the office that hears of it where nobody does."""
    kept = _held(decision)
    if kept.pk not in {one.pk for one in (*left_to_decide(by, at=at), *left_to_pass_on(by, at=at))}:
        raise PermissionDenied
    kept.seen_to_at, kept.seen_to_by, kept.seen_to_because = at, by, because
    kept.save(update_fields=["seen_to_at", "seen_to_by", "seen_to_because"])
    about = subjects.child(kept.person.reference)
    record(Operation.ALTER, "decision seen to", by=by, at=at, about=about, purpose=because[:200])


@transaction.atomic
def take_back(*, decision: ShareDecision, because: str, by: Practitioner, at: datetime) -> None:
    """End the reading of what was given: by whoever gave it, or who else may (`may_end`), and is named. What was read
    or printed stays read; the ledger keeps that it was given."""
    stands_in = decision.by_id != by.pk and may_end(decision, by=by, at=at)
    kept = _held(decision) if stands_in else _own(decision, by)
    if kept.choice != Choice.GIVE or kept.ended_at is not None:
        return
    kept.ended_at, kept.ended_by, kept.ended_because = at, by, because
    # Whoever was told that some of it was disposed of was not asked for what is on the paper still.
    kept.told_gone_at = None
    kept.save(update_fields=["ended_at", "ended_by", "ended_because", "told_gone_at"])
    about = subjects.child(kept.person.reference)
    record(Operation.ALTER, "giving taken back", by=by, at=at, about=about, purpose=because[:200])


@transaction.atomic
def rang(*, decision: ShareDecision, by: Practitioner, at: datetime) -> bool:
    """Whoever gave it rang a recipient without a seat, and told them: once, while it runs. Returns whether it is kept
    by that."""
    kept = _own(decision, by)
    over = kept.ended_at is not None or kept.gone_at is not None
    if kept.choice != Choice.GIVE or kept.has_seat or kept.rang_at is not None or over:
        return False
    kept.rang_at = at
    kept.save(update_fields=["rang_at"])
    about = subjects.child(kept.person.reference)
    record(Operation.DISCLOSE, "told by telephone", by=by, at=at, about=about, to=kept.recipient)
    return True


@transaction.atomic
def told_of_changes(*, decision: ShareDecision, shown: Iterable[str], by: Practitioner, at: datetime) -> bool:
    """Whoever holds paper, or was rung, was told what was corrected since, or that it ended or was disposed of, or
    gave the paper back or destroyed it: by whoever gave it, or where they cannot any more by an officer, who is named.
    `shown`: the marks of what stood on the page that they told it from; of what came since nobody was told. Returns
    whether any of it was to be told still."""
    stands_in = any(one.decision.pk == decision.pk for one in left_to_tell(by, at=at))
    kept = _held(decision) if stands_in else _own(decision, by)
    found = to_tell([kept], viewer=by, at=at)
    marks = {mark: key for one in found for mark, key in one.marks.items()}
    told = dict(marks[mark] for mark in shown if mark in marks)
    if not told:
        return False
    # To that change, and not to now: what is kept at this moment was told by nobody.
    for one in kept.entries.filter(pk__in=[key for key in told if key]):
        one.told_of_changes_at = told[one.pk]
        one.save(update_fields=["told_of_changes_at"])
    kept.told_gone_at = at if None in told else kept.told_gone_at
    kept.told_by = by if by.pk != kept.by_id else None
    kept.save(update_fields=["told_gone_at", "told_by"])
    about = {"about": subjects.child(kept.person.reference), "to": kept.recipient}
    if kept.ended_at and any(one.papers for one in found):
        record(Operation.ALTER, "paper seen to", by=by, at=at, **about)
    else:
        record(Operation.DISCLOSE, "corrections told", by=by, at=at, **about)
    return True
