"""What waits for a practitioner on their first page because of information given on purpose. No child is named."""

from collections.abc import Iterable
from datetime import datetime

from django.db.models import Max, Q
from django.urls import reverse
from django.utils import timezone

from alongside.agencies.models import Practitioner
from alongside.contributions.waiting import Waiting
from alongside.ledger.models import LedgerEvent, Operation
from alongside.people.queries import no_tie
from alongside.web.dates import by_when

from .changes import changes_in
from .models import Choice, ShareDecision
from .queries import READ, decisions, shown, to_me


def waiting_for(viewer: Practitioner, *, at: datetime) -> list[Waiting]:
    """The rest of what was given first, then what was given to the reader, then a second word, then corrections."""
    of_mine = (
        no_tie(viewer, "person")
        & Q(by=viewer, choice=Choice.GIVE)
        & (Q(recorded_at=None) | (~Q(to_outside="") & Q(ended_at=None)))
    )
    asked = Q(second_asked=viewer, second_at=None)
    received = to_me(viewer, at=at)
    found = list(decisions().filter(of_mine | asked | received))
    mine = [one for one in found if one.by_id == viewer.pk]
    given = [one for one in found if one.choice == Choice.GIVE and one.by_id != viewer.pk]
    second = [one for one in found if one.choice == Choice.WITHHOLD]
    return [
        *(_rest(one, at) for one in reversed(mine) if one.recorded_at is None),
        *_received(given, viewer),
        *(_second(one) for one in second),
        *_to_tell(mine, viewer, at),
    ]


def _rest(one: ShareDecision, at: datetime) -> Waiting:
    by = one.record_by or at
    late = "It is late: " if by < at else ""
    do = f"{late}record the rest of what you gave now to {one.recipient}, {by_when(timezone.localtime(by))}."
    return Waiting(do[:1].upper() + do[1:], reverse("share_rest", args=[one.pk]), "Record it")


def _received(given: list[ShareDecision], viewer: Practitioner) -> list[Waiting]:
    """What the reader has not opened, and what was corrected since they did."""
    if not given:
        return []
    read = last_read(given, viewer)
    changes = changes_in(entry for one in given for entry in one.entries.all())
    waiting = []
    for one in given:
        changed = [changes[entry.pk].at for entry in one.entries.all() if entry.pk in changes]
        when = read.get(one.subject)
        if when is None:
            do = f"Read what {one.by.name}, {one.agency.short_name}, gave you about a child."
        elif any(at > when for at in changed):
            do = f"Something that {one.by.name}, {one.agency.short_name}, gave you was corrected or taken back."
        else:
            continue
        waiting.append(Waiting(do, reverse("received_one", args=[one.pk]), "Read it"))
    return waiting


def last_read(given: Iterable[ShareDecision], viewer: Practitioner) -> dict[str, datetime]:
    """When this reader last read each, by what the ledger calls it."""
    looks = LedgerEvent.objects.filter(
        subject__in=[one.subject for one in given], actor=viewer.key, operation=Operation.VIEW, what=READ
    )
    return dict(looks.order_by().values_list("subject").annotate(last=Max("at")))


def _second(one: ShareDecision) -> Waiting:
    do = f"{one.by.name} decided not to give something to {one.recipient}, and asks for a second person."
    return Waiting(do, reverse("share_second", args=[one.pk]), "Look and say")


def _to_tell(mine: list[ShareDecision], viewer: Practitioner, at: datetime) -> list[Waiting]:
    paper = [one for one in mine if not one.has_seat and one.ended_at is None]
    return [
        Waiting(
            f"Tell {one.decision.to_outside}: what you gave them was corrected or taken back.",
            reverse("gave", args=[one.decision.pk]),
            "See what changed",
        )
        for one in (shown(paper, viewer=viewer, at=at) if paper else [])
        if one.untold
    ]
