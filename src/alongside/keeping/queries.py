"""What a records officer sees: only what their own agency told, and what others told them to see to."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.timezone import localdate

from alongside.access.permissions import Permission
from alongside.agencies.models import Practitioner
from alongside.agencies.partners import agencies_with
from alongside.chronology.models import ChronologyEntry
from alongside.contributions.models import Contribution, Tombstone

from .models import DisposalNotice, Hold, Proposal, ProposedItem
from .retention import rules
from .rules import Begins, Outcome, Rule
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


def due_for(viewer: Practitioner, *, at: datetime) -> list[Weighed]:
    """What falls due, longest due first; without what is held, or waits in a proposal."""
    open_items = ProposedItem.objects.filter(proposal__in=proposals_of(viewer), became="")
    waiting = set(open_items.values_list("first", flat=True))
    due = [one for one in weighed_of(viewer, at=at) if one.judgement.outcome is Outcome.DUE]
    free = [one for one in due if one.contribution.first_receipt not in waiting]
    return sorted(free, key=lambda one: (one.judgement.due or date.max, one.contribution.pk))[:MOST]


def weighed_of(viewer: Practitioner, *, at: datetime) -> Iterator[Weighed]:
    """Of the viewer's own agency whatever may be due, oldest first."""
    if not may_keep(viewer):
        return
    found = list(_may_be_due(viewer, at=at)[:LOOKED_AT])
    for start in range(0, len(found), AT_ONCE):
        yield from weigh(found[start : start + AT_ONCE], controller=viewer.agency_id, at=at)


def _may_be_due(viewer: Practitioner, *, at: datetime) -> QuerySet[Contribution]:
    """Nothing that is due is missing, and little else is there: by the dates that an index knows."""
    own = [rule for rule in rules() if rule.is_for(viewer.agency_id)]
    old_enough = Q(pk__in=())
    for rule in own:
        old_enough |= _old_enough(rule, at)
    return told_here(viewer).filter(old_enough).defer("told").order_by("occurred_at", "pk")


def _old_enough(rule: Rule, at: datetime) -> Q:
    years_and_months = timedelta(days=365 * rule.years + 28 * rule.months)
    try:
        before = at - years_and_months
    except OverflowError:
        return Q(pk__in=())
    if rule.begins is not Begins.BIRTH:
        return Q(occurred_at__lte=before)
    entries = ChronologyEntry.objects.filter(contribution=OuterRef("pk"))
    return Q(Exists(entries.filter(person__date_of_birth__lte=localdate(before).isoformat())))


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
