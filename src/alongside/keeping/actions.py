"""Holding, proposing, deciding, disposing. Two people, one transaction, and a line in the ledger for each thing."""

from collections.abc import Iterable
from datetime import date, datetime
from functools import partial

from django.core.exceptions import PermissionDenied
from django.db import transaction

from alongside.access.permissions import Permission
from alongside.agencies.models import Practitioner
from alongside.agencies.partners import agencies_with
from alongside.agencies.same_person import is_same_person
from alongside.contributions.erasing import Decided
from alongside.contributions.models import Contribution, LetIn, Tombstone
from alongside.ledger.models import Operation, record, record_each
from alongside.people.models import Person

from .disposed_list import write_beside_backups
from .erasing import let_go
from .models import DisposalNotice, Hold, Proposal, ProposedItem
from .queries import told_by_receipt
from .receivers import receivers_of
from .rules import Outcome
from .traces import leave_no_trace
from .weighing import Weighed, weigh

Became, Verdict = ProposedItem.Became, Proposal.Verdict


class OwnProposalError(Exception):
    """Whoever proposed it may not approve it: a second person decides."""


class DecidedAlreadyError(Exception):
    """Somebody decided it meanwhile."""


def _refuse_others(by: Practitioner, controller: str) -> None:
    if not by.may(Permission.KEEP_RECORDS) or by.agency_id != controller:
        raise PermissionDenied(Permission.KEEP_RECORDS)


@transaction.atomic
def place_hold(
    *,
    by: Practitioner,
    at: datetime,
    because: str,
    until: date | None = None,
    kind: str = "",
    people: Iterable[Person] = (),
    receipt: str = "",
) -> list[Hold]:
    """On all that the agency told, or only on what is named; of several people one hold each."""
    _refuse_others(by, by.agency_id)
    whom: list[Person | None] = list(people) or [None]
    said = {"controller_id": by.agency_id, "because": because, "until": until, "placed_by": by, "placed_at": at}
    holds = [Hold.objects.create(kind=kind, person=one, receipt=receipt, **said) for one in whom]
    record_each(Operation.ALTER, "hold placed", by=by, at=at, about=[f"hold:{hold.pk}" for hold in holds])
    return holds


@transaction.atomic
def lift_hold(*, hold: Hold, by: Practitioner, at: datetime, because: str) -> None:
    """From now on what it covered falls due as if it had never been there. Twice is once."""
    _refuse_others(by, hold.controller_id)
    kept = Hold.objects.select_for_update().get(pk=hold.pk)
    if kept.lifted_at:
        return
    kept.lifted_by, kept.lifted_at, kept.lifted_because = by, at, because
    kept.save(update_fields=["lifted_by", "lifted_at", "lifted_because"])
    record(Operation.ALTER, "hold lifted", by=by, at=at, about=f"hold:{hold.pk}")


@transaction.atomic
def propose(*, receipts: Iterable[str], by: Practitioner, at: datetime) -> Proposal | None:
    """What of these is due now, as one proposal; nothing where none of it is."""
    found = [one for receipt in receipts if (one := told_by_receipt(by, receipt))]
    waiting = set(ProposedItem.objects.filter(became=Became.OPEN).values_list("first", flat=True))
    due = [one for one in _due(found, by.agency_id, at) if one.contribution.first_receipt not in waiting]
    if not due:
        return None
    proposal = Proposal.objects.create(controller_id=by.agency_id, proposed_by=by, proposed_at=at)
    ProposedItem.objects.bulk_create(
        ProposedItem(
            proposal=proposal,
            first=one.contribution.first_receipt,
            receipt=one.contribution.receipt,
            kind=one.contribution.kind,
            due=one.judgement.due,
            rule=one.judgement.rule.words if one.judgement.rule else "",
        )
        for one in due
    )
    record(Operation.ALTER, "disposal proposed", by=by, at=at, about=f"disposal:{proposal.pk}", count=len(due))
    return proposal


def _due(found: Iterable[Contribution], controller: str, at: datetime) -> list[Weighed]:
    one_each = {one.pk: one for one in found}.values()
    return [one for one in weigh(one_each, controller=controller, at=at) if one.judgement.outcome is Outcome.DUE]


def _open(proposal: Proposal, by: Practitioner) -> Proposal:
    """Raises PermissionDenied, OwnProposalError and DecidedAlreadyError."""
    _refuse_others(by, proposal.controller_id)
    kept = Proposal.objects.select_for_update().get(pk=proposal.pk)
    if is_same_person(kept.proposed_by, by):
        raise OwnProposalError(kept.pk)
    if kept.verdict != Verdict.WAITING:
        raise DecidedAlreadyError(kept.pk)
    return kept


def _decide(kept: Proposal, verdict: str, *, by: Practitioner, at: datetime, because: str = "") -> None:
    kept.verdict, kept.decided_by, kept.decided_at, kept.because = verdict, by, at, because
    kept.save(update_fields=["verdict", "decided_by", "decided_at", "because"])
    record(Operation.ALTER, f"disposal {verdict}", by=by, at=at, about=f"disposal:{kept.pk}")


@transaction.atomic
def refuse(*, proposal: Proposal, by: Practitioner, at: datetime, because: str) -> None:
    """All of it is kept; it can be proposed anew. Raises as `approve` does."""
    kept = _open(proposal, by)
    kept.items.update(became=Became.LEFT)
    _decide(kept, Verdict.REFUSED, by=by, at=at, because=because)


@transaction.atomic
def approve(*, proposal: Proposal, by: Practitioner, at: datetime) -> int:
    """Disposes of what is due and free still; what is held meanwhile, or no longer due, stays. Returns how many went.
    Raises PermissionDenied, OwnProposalError and DecidedAlreadyError."""
    kept = _open(proposal, by)
    items = {item.first: item for item in kept.items.all()}
    found = [one for item in items.values() if (one := told_by_receipt(by, item.receipt))]
    for one in _due(found, kept.controller_id, at):
        item = items[one.contribution.first_receipt]
        _dispose(one.contribution, item, kept, by=by, at=at)
    kept.items.filter(became=Became.OPEN).update(became=Became.LEFT)
    _decide(kept, Verdict.APPROVED, by=by, at=at)
    return kept.items.filter(became=Became.DISPOSED).count()


def decide(*, proposal: Proposal, by: Practitioner, at: datetime, decision: str, because: str) -> str:
    """What the second person chose, done; what became of it, in words."""
    try:
        if decision == "refuse":
            refuse(proposal=proposal, by=by, at=at, because=because)
            return "It is kept, and falls due again."
        count = approve(proposal=proposal, by=by, at=at)
    except OwnProposalError:
        return "You proposed it yourself: a second person decides."
    except DecidedAlreadyError:
        return "Somebody decided it already."
    return f"Disposed of: {count}. A tombstone stands for each."


def _dispose(one: Contribution, item: ProposedItem, proposal: Proposal, *, by: Practitioner, at: datetime) -> None:
    decided = Decided(item.rule, proposal.proposed_by.key, by.key, at)
    tell_receivers(one, at=at)
    reference = one.reference
    stones = let_go([one], decided=decided)
    item.became = Became.DISPOSED
    item.save(update_fields=["became"])
    said = {"about": f"contribution:{item.receipt}", "proposed_by": decided.proposed_by, "rule": item.rule}
    record(Operation.ERASE, "disposal", by=by, at=at, versions=len(stones), kind=item.kind, **said)
    transaction.on_commit(partial(leave_no_trace, reference))
    transaction.on_commit(write_beside_backups, robust=True)


def tell_receivers(one: Contribution, *, at: datetime) -> None:
    """Every agency that had it is told, before nobody can say any more which those were."""
    said = {"controller_id": one.agency_id, "receipt": one.receipt, "kind": one.kind, "told_at": at}
    had = sorted(receivers_of(one, at=at))
    DisposalNotice.objects.bulk_create(DisposalNotice(told_id=agency, **said) for agency in had)


@transaction.atomic
def saw_to_copies(*, notice: DisposalNotice, by: Practitioner, at: datetime) -> None:
    """An agency that had it says that its own copies are seen to; for one that has nobody here, whose it was. Twice is
    once."""
    has_keepers = notice.told_id in agencies_with(Permission.KEEP_RECORDS)
    _refuse_others(by, notice.told_id if has_keepers else notice.controller_id)
    kept = DisposalNotice.objects.select_for_update().get(pk=notice.pk)
    if kept.done_at is None:
        kept.done_by, kept.done_at = by, at
        kept.save(update_fields=["done_by", "done_at"])
        record(Operation.ERASE, "copies seen to", by=by, at=at, about=f"contribution:{kept.receipt}")


@transaction.atomic
def let_in_again(*, tombstone: Tombstone, by: Practitioner, at: datetime, because: str) -> None:
    """The same may be told again, as something new. Twice is once."""
    _refuse_others(by, tombstone.controller)
    said = {"by": by.key, "at": at, "because": because}
    _, is_new = LetIn.objects.get_or_create(tombstone=tombstone, defaults=said)
    if is_new:
        record(Operation.ALTER, "let in again", by=by, at=at, about=f"tombstone:{tombstone.pk}")
