"""What may be due, as the database can tell: nothing that is due is missing, and of what is not, only what is held or
needed. Else old things of which nothing will fall due for decades would stand before what is due."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.timezone import localdate

from alongside.chronology.models import ChronologyEntry
from alongside.contributions.models import Contribution
from alongside.contributions.quality import NOT_THE_CHILD
from alongside.people.models import Standing
from alongside.people.rules import EMERGENCY

from .retention import rules
from .rules import ANY, Begins, Rule

NOTHING = Q(pk__in=())


def may_be_due(told: QuerySet[Contribution], *, controller: str, at: datetime) -> QuerySet[Contribution]:
    """Of what this agency told, oldest first. A kind falls due by the rules that name it, or by those for any."""
    own = [rule for rule in rules() if rule.is_for(controller)]
    named: dict[str, list[Rule]] = defaultdict(list)
    for rule in own:
        for kind in rule.kinds:
            named[kind].append(rule)
    alike: dict[tuple[Rule, ...], list[str]] = defaultdict(list)
    for kind in named.keys() - {ANY}:
        alike[tuple(named[kind])].append(kind)
    due = ~Q(kind__in=named.keys() - {ANY}) & _by_all(named[ANY], controller, at)
    for by, kinds in alike.items():
        due |= Q(kind__in=kinds) & _by_all(by, controller, at)
    return told.filter(due).defer("told").order_by("occurred_at", "pk")


def _by_all(by: Iterable[Rule], controller: str, at: datetime) -> Q:
    """Due by each of the rules, since the longest keeps it; by none, never."""
    each = [_old_enough(rule, controller, at) for rule in by]
    found = Q() if each else NOTHING
    for one in each:
        found &= one
    return found


def _old_enough(rule: Rule, controller: str, at: datetime) -> Q:
    """Periods are shorter here than they are, by leap days and a day more: `rules.judge` has the last word."""
    try:
        before = at - timedelta(days=365 * rule.years + 28 * rule.months - 1)
    except OverflowError:
        return NOTHING
    if rule.begins is Begins.EVENT:
        return Q(occurred_at__lte=before)
    entries = ChronologyEntry.objects.filter(contribution=OuterRef("pk"))
    if rule.begins is Begins.BIRTH:
        born, children = localdate(before).isoformat(), entries.exclude(role__in=NOT_THE_CHILD)
        too_young = children.filter(Q(person__date_of_birth="") | Q(person__date_of_birth__gt=born))
        return Q(Exists(children)) & ~Q(Exists(too_young))
    lately = Standing.objects.filter(Q(until=None) | Q(until__gt=before), agency=controller)
    working = lately.filter(person__entries__contribution=OuterRef("pk")).exclude(source__startswith=EMERGENCY)
    return Q(occurred_at__lte=before) & ~Q(Exists(working))
