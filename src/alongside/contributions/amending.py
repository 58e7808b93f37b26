"""What somebody may correct or take back: their own, or their team's where they supervise it."""

from alongside.agencies.models import Practitioner

from .models import Contribution, Draft
from .queries import told_by, versions_of
from .supervision import team_sent
from .unfiled import is_open


def in_hand(viewer: Practitioner, receipt: str) -> Contribution | None:
    """What stands under that receipt, where it is this viewer's to amend."""
    own = told_by(viewer).filter(receipt=receipt, is_newest=True).first()
    sent = own or team_sent(viewer).filter(receipt=receipt).first()
    return sent if sent and (own or is_open(viewer, sent)) else None


def may_go_on(viewer: Practitioner, draft: Draft) -> bool:
    """Whether what the draft corrects is the viewer's to amend still: the draft holds all of it, and nobody reads in
    a draft what has since been closed to them."""
    if draft.corrects is None:
        return True
    newest = versions_of(draft.corrects).first()
    return newest is not None and in_hand(viewer, newest.receipt) is not None
