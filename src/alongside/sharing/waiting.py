"""What waits for a practitioner on their first page because of information given on purpose. No child is named."""

from collections.abc import Iterable
from datetime import datetime

from django.db.models import Max, Q
from django.urls import reverse
from django.utils import timezone

from alongside.access.permissions import Permission
from alongside.agencies.models import Practitioner
from alongside.contributions.waiting import Waiting
from alongside.ledger.models import LedgerEvent, Operation
from alongside.people.queries import not_closed_wherever
from alongside.web.dates import by_when

from .changes import changes_in
from .left import left_to_decide, left_to_pass_on, left_to_record, left_to_tell
from .models import Choice, ShareDecision
from .queries import (
    ENDED,
    READ,
    Shown,
    decided_since,
    decisions,
    ended_for_me,
    may_say_a_word,
    on_paper,
    pairs_of,
    to_me,
    to_record,
    to_tell,
    wants_deciding,
)
from .recipients import is_kept_from


def waiting_for(viewer: Practitioner, *, at: datetime) -> list[Waiting]:
    """What was given to the reader in danger, then the rest of what they gave first, then what else was given to them,
    then a second word, then corrections, then what others left."""
    open_now = not_closed_wherever(viewer, "person")
    may_say = open_now if viewer.may(Permission.SHARE) else Q(pk__in=())
    paper = Q(by=viewer) & on_paper() & may_say
    asked = Q(second_asked=viewer, second_at=None) & may_say
    received = to_me(viewer, at=at) | ended_for_me(viewer, at=at)
    again = Q(by=viewer, choice=Choice.WITHHOLD, seen_to_at=None) & ~Q(second_agrees=True) & ~decided_since() & may_say
    found = list(decisions().filter(to_record(viewer) | paper | asked | received | again))
    mine = [one for one in found if one.by_id == viewer.pk and one.choice == Choice.GIVE]
    kept = [one for one in found if one.by_id == viewer.pk and one.choice == Choice.WITHHOLD]
    given = [one for one in found if one.choice == Choice.GIVE and one.by_id != viewer.pk]
    others = [one for one in found if one.choice == Choice.WITHHOLD and one.by_id != viewer.pk]
    to_read = _received(given, viewer)
    return [
        *(one for one in to_read if one.is_now),
        *(_rest(one, at) for one in reversed(mine) if one.recorded_at is None),
        *(one for one in to_read if not one.is_now),
        *(_second(one) for one in others if not is_kept_from(one, viewer)),
        *_again(kept, at),
        *_to_tell(to_tell(mine, viewer=viewer, at=at), "gave"),
        *_to_tell(left_to_tell(viewer, at=at), "share_left_told"),
        *(_left(one) for one in left_to_record(viewer, at=at).reverse()),
        *(_to_decide(one, "share_left_again", "Read why, and decide.") for one in left_to_decide(viewer, at=at)),
        *(_to_decide(one, "share_left_word", "Tell whoever can.") for one in left_to_pass_on(viewer, at=at)),
    ]


def _rest(one: ShareDecision, at: datetime) -> Waiting:
    by = one.record_by or at
    late = "It is late: " if by < at else ""
    do = f"{late}record the rest of what you gave now to {one.recipient}, {by_when(timezone.localtime(by))}."
    return Waiting(do[:1].upper() + do[1:], reverse("share_rest", args=[one.pk]), "Record it")


def _left(one: ShareDecision) -> Waiting:
    do = f"{one.by.name} gave something now to {one.recipient}, and can no longer record the rest. It is late."
    return Waiting(do, reverse("share_left", args=[one.pk]), "Record it")


def _received(given: list[ShareDecision], viewer: Practitioner) -> list[Waiting]:
    """What the reader has not opened, and what was corrected since they did."""
    if not given:
        return []
    read = last_read(given, viewer)
    told_ended = last_read([one for one in given if one.ended_at], viewer, ENDED)
    changes = changes_in(entry for one in given for entry in one.entries.all())
    waiting = []
    for one in given:
        changed = [changes[entry.pk].at for entry in one.entries.all() if entry.pk in changes]
        when = read.get(one.subject)
        if one.ended_at:
            waiting += _ended(one) if when and one.subject not in told_ended else []
            continue
        if when is None and one.is_urgent:
            do = f"Somebody may be in danger: read what {one.by.name}, {one.agency.short_name}, gave you now."
        elif when is None:
            do = f"Read what {one.by.name}, {one.agency.short_name}, gave you about a child."
        elif any(at > when for at in changed):
            do = f"Something that {one.by.name}, {one.agency.short_name}, gave you was corrected or taken back."
        else:
            continue
        is_now = when is None and one.is_urgent
        waiting.append(Waiting(do, reverse("received_one", args=[one.pk]), "Read it", is_now=is_now))
    return waiting


def _ended(one: ShareDecision) -> list[Waiting]:
    """For whoever read it before."""
    do = f"What {one.by.name}, {one.agency.short_name}, gave you has ended. Do not use it further."
    return [Waiting(do, reverse("received_one", args=[one.pk]), "Read it")]


def last_read(given: Iterable[ShareDecision], viewer: Practitioner, what: str = READ) -> dict[str, datetime]:
    """When this reader last read each, by what the ledger calls it. `what`: or that it has ended."""
    given = list(given)
    if not given:
        return {}
    looks = LedgerEvent.objects.filter(
        subject__in=[one.subject for one in given], actor=viewer.key, operation=Operation.VIEW, what=what
    )
    return dict(looks.order_by().values_list("subject").annotate(last=Max("at")))


def _second(one: ShareDecision) -> Waiting:
    do = f"{one.by.name} decided not to give something to {one.recipient}, and asks for a second person."
    return Waiting(do, reverse("share_second", args=[one.pk]), "Look and say")


def _again(kept: list[ShareDecision], at: datetime) -> list[Waiting]:
    """What the reader decided not to give, where the second person thinks otherwise, or can say nothing any more. It
    stands until the reader decides again about the same child and recipient; where they cannot, others do."""
    can = may_say_a_word(pairs_of(kept), at=at)
    waits = [one for one in wants_deciding(kept, can) if (one.by_id, one.person_id) in can]
    otherwise = [_thinks_otherwise(one) for one in waits if one.second_agrees is False]
    return [*otherwise, *(_can_say_nothing(one) for one in waits if one.second_agrees is None)]


def _thinks_otherwise(one: ShareDecision) -> Waiting:
    do = f"{one.second_by.name} thinks that what you kept from {one.recipient} should be given."
    return Waiting(f"{do} Read why, and decide.", reverse("gave", args=[one.pk]), "Read it")


def _can_say_nothing(one: ShareDecision) -> Waiting:
    do = f"{one.second_asked.name} cannot be your second person any more on what you kept from {one.recipient}."
    return Waiting(f"{do} Decide with another.", reverse("gave", args=[one.pk]), "Look again")


def _to_decide(one: ShareDecision, page: str, ask: str) -> Waiting:
    """What somebody else decided not to give, and can decide no more."""
    do = f"{one.by.name} decided not to give something to {one.recipient}, and can decide no more."
    says = f"{one.second_by.name} thinks that it should be given." if one.second_by else "Nobody said a second word."
    return Waiting(f"{do} {says} {ask}", reverse(page, args=[one.pk]), "Read it")


def _to_tell(paper: list[Shown], page: str) -> list[Waiting]:
    """Who has to hear that it is over, then who of a correction. `page`: where it is said that they did."""
    corrected = [one.decision for one in paper if one.untold]
    return [
        *((_ask_back if one.papers else _over)(one.decision, page) for one in paper if one.untold_gone),
        *(_tell(one, "was corrected or taken back.", page, "See what changed") for one in corrected),
    ]


def _over(one: ShareDecision, page: str) -> Waiting:
    """Whoever was rung has nothing to give back."""
    became = "has ended." if one.ended_at else "was disposed of."
    return _tell(one, f"{became} They do not use it further.", page, "See what it was")


def _ask_back(one: ShareDecision, page: str) -> Waiting:
    if not one.ended_at:
        became = "was disposed of. Ask for the paper back, or that it is destroyed."
        return _tell(one, became, page, "See what it was")
    giver = "you" if one.ended_by_id == one.by_id and page == "gave" else one.ended_by.name
    do = f"Ask {one.to_outside} for the paper back, or that it is destroyed: {giver} ended what"
    whose = "you" if page == "gave" else one.by.name
    return Waiting(f"{do} {whose} gave them.", reverse(page, args=[one.pk]), "See what it was")


def _tell(one: ShareDecision, became: str, page: str, press: str) -> Waiting:
    giver = "you" if page == "gave" else one.by.name
    return Waiting(f"Tell {one.to_outside}: what {giver} gave them {became}", reverse(page, args=[one.pk]), press)
