"""Asks the rules of things told: which fall due, which are held, and since when. A few queries for many things."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Q
from django.utils.timezone import localdate

from alongside.access_requests.disposing import asked_for
from alongside.chronology.models import ChronologyEntry
from alongside.contributions.models import Contribution
from alongside.contributions.quality import NOT_THE_CHILD
from alongside.meetings.models import MeetingAction
from alongside.people.models import Standing
from alongside.people.rules import EMERGENCY

from .joined import ever_joined
from .models import Hold
from .retention import rules
from .rules import Facts, Judgement, Rule, judge, rules_for


@dataclass(frozen=True)
class Weighed:
    """One thing told, in its newest version; whom it concerns, and what the rules say of it."""

    contribution: Contribution
    people: frozenset[int]
    judgement: Judgement


class _Holds:
    """Holds of one agency that stand, by the kind and the one thing that they name, if any: on whatever is such, or on
    some people, wherever their records went since."""

    def __init__(self, controller: str, *, today: date) -> None:
        standing = Hold.objects.filter(Q(until=None) | Q(until__gte=today), controller=controller, lifted_at=None)
        self.whole: set[tuple[str, str]] = set()
        on: dict[tuple[str, str], set[int]] = defaultdict(set)
        for kind, receipt, person in standing.order_by().values_list("kind", "receipt", "person"):
            if person is None:
                self.whole.add((kind, receipt))
            else:
                on[kind, receipt].add(person)
        self.on = {named: ever_joined(people) for named, people in on.items()}

    def cover(self, one: Contribution, people: set[int]) -> bool:
        """Whether one of them keeps this: each thing that it names must be so."""
        names = [(kind, receipt) for kind in ("", one.kind) for receipt in ("", one.first_receipt)]
        return any(name in self.whole or not people.isdisjoint(self.on.get(name, ())) for name in names)


def weigh(contributions: Iterable[Contribution], *, controller: str, at: datetime) -> list[Weighed]:
    """The controller's own alone; each by the rules for its kind."""
    own = [one for one in contributions if one.agency_id == controller]
    today, holds = localdate(at), _Holds(controller, today=localdate(at))
    known, every = _Known(own, controller=controller, at=at), rules()
    weighed = []
    for one in own:
        people = known.people[one.pk]
        is_held = one.pk in known.needed or holds.cover(one, people)
        wanted: list[Rule] = rules_for(every, controller=controller, kind=one.kind)
        judgement = judge(wanted, known.facts(one), is_held=is_held, today=today)
        weighed.append(Weighed(one, frozenset(people), judgement))
    return weighed


class _Known:
    """What the facts of many things are made of, asked for once."""

    def __init__(self, told: list[Contribution], *, controller: str, at: datetime) -> None:
        self.at = at
        self.people: dict[int, set[int]] = defaultdict(set)
        self.births: dict[int, dict[int, str]] = defaultdict(dict)
        # What a meeting still acts upon is needed, and so is what somebody asked to see and has not been sent.
        open_actions = MeetingAction.objects.filter(because__in=told, done_at=None)
        self.needed = set(open_actions.values_list("because", flat=True)) | asked_for(told, agency=controller)
        entries = ChronologyEntry.objects.filter(contribution__in=told).order_by("pk")
        for key, person, role, born in entries.values_list(
            "contribution_id", "person_id", "role", "person__date_of_birth"
        ):
            self.people[key].add(person)
            if role not in NOT_THE_CHILD:
                self.births[key][person] = born
        everybody = {person for several in self.people.values() for person in several}
        self.work: dict[int, list[datetime | None]] = defaultdict(list)
        working = Standing.objects.filter(person__in=everybody, agency=controller)
        for person, until in working.exclude(source__startswith=EMERGENCY).values_list("person_id", "until"):
            self.work[person].append(until)

    def facts(self, one: Contribution) -> Facts:
        ends = [until for person in self.people[one.pk] for until in self.work[person]]
        is_open = any(until is None or until > self.at for until in ends)
        closed = max((localdate(until) for until in ends if until), default=None)
        births = tuple(self.births[one.pk].values())
        return Facts(localdate(one.occurred_at), births, None if is_open else closed, is_open)
