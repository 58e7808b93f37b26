"""What a records officer sees: only what their own agency told, and what others told them to see to."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Exists, OuterRef, Q, QuerySet

from alongside.access.permissions import Permission
from alongside.agencies.models import Practitioner
from alongside.agencies.partners import agencies_with
from alongside.contributions.models import Contribution, Tombstone

from .may_be_due import may_be_due
from .models import DisposalNotice, Hold, Proposal, ProposedItem
from .rules import Outcome
from .weighing import Weighed, weigh

# Looked at one by one at most, and shown at most.
LOOKED_AT, MOST, AT_ONCE = 5_000, 100, 500
# Signs of a receipt that are enough to find it.
SHORT = 8


def may_keep(viewer: Practitioner) -> bool:
    """Whether the viewer looks after records at all."""
    return isinstance(viewer, Practitioner) and viewer.may(Permission.KEEP_RECORDS)


def told_here(viewer: Practitioner) -> QuerySet[Contribution]:
    """The newest version of all that the viewer's agency told; nothing for whoever keeps no records."""
    if not may_keep(viewer):
        return Contribution.objects.none()
    return Contribution.objects.filter(agency=viewer.agency_id, is_newest=True, pending=None)


@dataclass(frozen=True)
class Due:
    """What falls due, longest due first. `is_cut`: more of what was looked at does. `last`: the number of the last
    thing that was looked at, where not all were."""

    shown: list[Weighed]
    is_cut: bool
    last: int | None


def due_for(viewer: Practitioner, *, at: datetime) -> list[Weighed]:
    """What falls due, without what is held, or waits in a proposal."""
    return look_for_due(viewer, at=at).shown


def look_for_due(viewer: Practitioner, *, at: datetime, after: int | None = None) -> Due:
    """The same, and how far it looked; `after` one thing that was told, from there on."""
    open_items = ProposedItem.objects.filter(proposal__in=proposals_of(viewer), became="")
    waiting = set(open_items.values_list("first", flat=True))
    looked_at, is_all = _looked_at(viewer, at=at, after=after)
    weighed = weighed_of(looked_at, controller=viewer.agency_id, at=at) if looked_at else ()
    due = [one for one in weighed if one.judgement.outcome is Outcome.DUE]
    free = [one for one in due if one.contribution.first_receipt not in waiting]
    free.sort(key=lambda one: (one.judgement.due or date.max, one.contribution.pk))
    return Due(free[:MOST], len(free) > MOST, None if is_all else looked_at[-1].pk)


def weighed_of(told: list[Contribution], *, controller: str, at: datetime) -> Iterator[Weighed]:
    for start in range(0, len(told), AT_ONCE):
        yield from weigh(told[start : start + AT_ONCE], controller=controller, at=at)


def _looked_at(viewer: Practitioner, *, at: datetime, after: int | None) -> tuple[list[Contribution], bool]:
    """Of the viewer's own agency whatever may be due, oldest first, and whether that is all."""
    if not may_keep(viewer):
        return [], True
    found = may_be_due(told_here(viewer), controller=viewer.agency_id, at=at)
    if after and (last := told_here(viewer).filter(pk=after).first()):
        found = found.filter(Q(occurred_at__gt=last.occurred_at) | Q(occurred_at=last.occurred_at, pk__gt=last.pk))
    several = list(found[: LOOKED_AT + 1])
    return several[:LOOKED_AT], len(several) <= LOOKED_AT


def told_by_receipt(viewer: Practitioner, receipt: str) -> Contribution | None:
    """The newest version of one thing that the viewer's agency told."""
    found = told_here(viewer).filter(
        Exists(
            Contribution.objects.filter(
                receipt=receipt,
                agency=OuterRef("agency"),
                system=OuterRef("system"),
                reference=OuterRef("reference"),
            )
        )
    )
    return found.first()


def told_by_short_receipt(viewer: Practitioner, text: str) -> Contribution | None:
    """By a whole receipt, or as much of it as is said over the phone ("ABCD-EFGH"); nothing where it may be several."""
    begins = "".join(sign for sign in text.upper() if sign.isalnum())
    found = list(told_here(viewer).filter(receipt__startswith=begins)[:2]) if len(begins) >= SHORT else []
    return found[0] if len(found) == 1 else None


def proposals_of(viewer: Practitioner) -> QuerySet[Proposal]:
    """Of the viewer's agency, newest first."""
    if not may_keep(viewer):
        return Proposal.objects.none()
    return Proposal.objects.filter(controller=viewer.agency_id).select_related("proposed_by", "decided_by")


def holds_seen_by(viewer: Practitioner) -> QuerySet[Hold]:
    """Holds of the viewer's agency that nobody lifted, newest first."""
    if not may_keep(viewer):
        return Hold.objects.none()
    return Hold.objects.filter(controller=viewer.agency_id, lifted_at=None).select_related("placed_by", "person")


def notices_for(viewer: Practitioner) -> QuerySet[DisposalNotice]:
    """What other agencies disposed of and the viewer's has still to see to; and what the viewer's disposed of and has
    to tell an agency of, where nobody could read it here."""
    if not may_keep(viewer):
        return DisposalNotice.objects.none()
    keep = agencies_with(Permission.KEEP_RECORDS)
    theirs = Q(told=viewer.agency_id) | (Q(controller=viewer.agency_id) & ~Q(told__in=keep))
    return DisposalNotice.objects.filter(theirs, done_at=None).select_related("controller", "told")


def disposed_seen_by(viewer: Practitioner) -> QuerySet[Tombstone]:
    """What the viewer's agency disposed of, the latest first."""
    if not may_keep(viewer):
        return Tombstone.objects.none()
    return Tombstone.objects.filter(controller=viewer.agency_id, is_newest=True).select_related("let_in")
