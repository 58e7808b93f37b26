"""What somebody may correct or take back: their own, or their team's where they supervise it; while the record is open
to them."""

from collections.abc import Iterable
from typing import Any

from alongside.agencies.models import Practitioner
from alongside.people.closing import ties_of

from .models import Contribution, Draft
from .queries import not_closed_to, told_by, versions_of
from .rules import Key
from .supervision import team_sent
from .unfiled import closed_unfiled, is_open


def own_told(viewer: Practitioner, receipt: str) -> Contribution | None:
    """One version of what this practitioner told, that they may read still."""
    whole = ("withdrawn_by", "pending")
    one = told_by(viewer).select_related(*whole).filter(receipt=receipt).first()
    return one if one and (one.author_id == viewer.pk or not closed_unfiled(viewer, [one])) else None


def in_hand(viewer: Practitioner, receipt: str) -> Contribution | None:
    """What stands under that receipt, where it is this viewer's to amend. Whoever is closed out of the record of
    anybody whom it tells of changes nothing there, also where they told it: their supervisor does."""
    mine = told_by(viewer).filter(not_closed_to(viewer), receipt=receipt, is_newest=True)
    if own := mine.select_related("withdrawn_by", "pending").first():
        return None if closed_unfiled(viewer, [own]) else own
    sent = team_sent(viewer).filter(receipt=receipt).first()
    return sent if sent and is_open(viewer, sent) else None


def may_go_on(viewer: Practitioner, draft: Draft) -> bool:
    """Whether what the draft corrects is the viewer's to amend still: the draft holds all of it, and nobody reads in
    a draft what has since been closed to them."""
    if draft.corrects is None:
        return True
    newest = versions_of(draft.corrects).first()
    return newest is not None and in_hand(viewer, newest.receipt) is not None


def of_tied(sender: Any, keys: Iterable[Key]) -> set[Key]:
    """Of what stands under these, that which tells of a child to whom its sender declared a tie: no file of theirs
    changes it. A restriction stops no file, for whoever brings files in is named on none."""
    tied = list(ties_of(sender).values_list("person", flat=True)) if isinstance(sender, Practitioner) else []
    if not tied:
        return set()
    told = Contribution.objects.filter(entries__person__in=tied)
    return set(keys) & set(told.values_list("agency", "system", "reference"))
