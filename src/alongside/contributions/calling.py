"""Telling somebody outside these pages that something needs them now, by a message that names nothing of it."""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from itertools import groupby

import structlog
from django.conf import settings
from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet
from django.urls import reverse
from django.utils.timezone import localtime

from alongside.access.permissions import Permission
from alongside.access.roles import ROLES
from alongside.agencies.models import Practitioner
from alongside.ledger.models import Operation, record
from alongside.services.mail.client import AGAIN_AFTER, TAKEN, Mail, Message
from alongside.web.dates import clock_time

from .held import who_said_so
from .models import Call, Contribution
from .pressing import NOW_LASTS
from .queries import not_closed_to
from .urgency import urgency
from .urgent import nobody_has, receives

log = structlog.get_logger()

BY = "alongside"


def those_who_answer(one: Contribution) -> list[Practitioner]:
    """Everybody of the team that receives it: those on whose page it waits."""
    roles = [key for key, role in ROLES.items() if Permission.ANSWER_URGENT in role.permissions]
    holders = Practitioner.objects.filter(role__in=roles, is_active=True).select_related("agency").order_by("pk")
    told = Contribution.objects.filter(pk=one.pk)
    return [each for each in holders if receives(each, one) and told.filter(not_closed_to(each)).exists()]


def calls_of(one: Contribution) -> QuerySet[Call]:
    """Who was told, and when, in whichever version."""
    same = {f"contribution__{name}": getattr(one, name) for name in ("agency_id", "system", "reference")}
    return Call.objects.filter(**same).select_related("to").order_by("made_at", "pk")


def _calls_this_time(one: Contribution) -> QuerySet[Call]:
    """Those since it waits: what somebody had and cannot go on with calls anew, from the first turn."""
    _, had = who_said_so(one)
    return calls_of(one).filter(made_at__gt=had[-1].at) if had else calls_of(one)


def waits_for_somebody(*, at: datetime) -> bool:
    """Whether there is anything to call somebody for."""
    return _waiting(at).exists()


def _waiting(at: datetime) -> QuerySet[Contribution]:
    return nobody_has().filter(received_at__gt=at - NOW_LASTS)


def _unsent() -> QuerySet[Call]:
    """Messages not taken yet, for what still waits in whichever version."""
    same = {name: OuterRef(f"contribution__{name}") for name in ("agency", "system", "reference")}
    return Call.objects.filter(Exists(nobody_has().filter(**same)), sent_at=None)


@transaction.atomic
def calls_to_make(*, at: datetime) -> list[int]:
    """The calls to make at this moment: whoever answers is called when something urgent comes, and again while nobody
    has it. Each is counted as tried before it is, so that no two workers make one call, and a crash repeats none
    for ever."""
    for one in _waiting(at):
        _write(one, at=at)
    due = _unsent().filter(try_at__lte=at, tries__lt=len(AGAIN_AFTER))
    calls = list(due.order_by("pk").select_for_update(of=("self",)))
    for call in calls:
        call.tries, call.try_at = call.tries + 1, at + timedelta(minutes=AGAIN_AFTER[call.tries])
    Call.objects.bulk_update(calls, ["tries", "try_at"])
    return [call.pk for call in calls]


def _write(one: Contribution, *, at: datetime) -> None:
    """A row for each to be called in this turn, once."""
    calls = _calls_this_time(one)
    first = calls.first()
    waited = (at - first.made_at) if first else timedelta(0)
    begins = first.turn if first else max((call.turn + 1 for call in calls_of(one)), default=0)
    turn = begins + min(int(waited / urgency().soon), urgency().reminders)
    if first and calls.filter(turn=turn).exists():
        return
    called = [
        Call(contribution=one, to=somebody, turn=turn, made_at=at, try_at=at) for somebody in those_who_answer(one)
    ]
    Call.objects.bulk_create(called)
    if called:
        record(Operation.ALTER, "calling those who answer", by=BY, at=at, about=one.subject, count=len(called))


def make_calls(keys: Iterable[int], *, mail: Mail, at: datetime) -> int:
    """Send these messages, but those for what somebody has by now, and to whoever answers no more. Returns how many
    were taken."""
    asked = _unsent().filter(pk__in=keys).select_related("to__agency", "contribution").order_by("contribution_id", "pk")
    groups = groupby(asked, key=lambda call: call.contribution)
    calls = [call for one, several in groups for call in _to_those_who_answer(one, several)]
    answers = mail.deliver([_message(call) for call in calls])
    return _keep(calls, answers, at=at)


def _to_those_who_answer(one: Contribution, calls: Iterable[Call]) -> list[Call]:
    answer = {each.pk for each in those_who_answer(one)}
    return [call for call in calls if call.to_id in answer]


@transaction.atomic
def _keep(calls: Sequence[Call], answers: Sequence[str], *, at: datetime) -> int:
    for call, answer in zip(calls, answers, strict=True):
        call.sent_at, call.why_not = (None if answer else at), answer[:60]
        if answer:
            log.warning("somebody_could_not_be_called", why=answer, tries=call.tries)
    Call.objects.bulk_update(calls, ["sent_at", "why_not"])
    taken = [call for call, answer in zip(calls, answers, strict=True) if answer == TAKEN]
    for one, several in groupby(taken, key=lambda call: call.contribution):
        record(Operation.ALTER, "called those who answer", by=BY, at=at, about=one.subject, count=len(list(several)))
    return len(taken)


def _message(call: Call) -> Message:
    """Nothing of what was told, nor by whom: it is read on phones, over shoulders, by mail servers."""
    first = _calls_this_time(call.contribution).first() or call
    limit, is_first = clock_time(localtime(first.made_at + urgency().soon)), call.turn <= first.turn
    asks = f"Acknowledge by {limit}." if is_first else f"Nobody has acknowledged it yet; it was due by {limit}."
    subject = "Something needs you now" if is_first else "Something still needs you now"
    address = f"{settings.ADDRESS}{reverse('urgent')}"
    return Message(call.to.email, subject, f"{subject}. {asks}\n\nSign in: {address}\n")


def called_in_words(one: Contribution) -> list[str]:
    """Who was told when, a line each, and who could not be."""
    return [_line(call) for call in calls_of(one)]


def _line(call: Call) -> str:
    what = "Told" if call.turn == 0 else "Reminded"
    if call.sent_at:
        return f"{what} by e-mail at {clock_time(localtime(call.sent_at))}: {call.to.name}"
    again = call.tries < len(AGAIN_AFTER)
    return f"Could not be told by e-mail{' yet' if again else ''}: {call.to.name}"


def told_by_mail(one: Contribution) -> str:
    """For its author: to how many the message went, and when first. "" where it went to nobody."""
    sent = calls_of(one).exclude(sent_at=None).order_by("sent_at").values_list("to", "sent_at")
    if not sent:
        return ""
    number = len({to for to, _ in sent})
    first = clock_time(localtime(sent[0][1]))
    people = "One person" if number == 1 else f"{number} people"
    return f"{people} of the team {'was' if number == 1 else 'were'} told by e-mail at {first} that something waits."
