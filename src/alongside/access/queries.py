"""How much a seat looked at lately, by the ledger itself: one count for every process that serves."""

from datetime import datetime
from typing import Any

from django.db.models import Count, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from alongside.ledger.models import LedgerEvent, Operation

from .limits import IN_WORDS, LENGTH, Measure, Use, Verdict, judge, limits_for
from .permissions import Permission

# The ledger's words for opening a child's record, as the guards of the rooms name them.
OPENS_A_CHILD: set[str] = set()
SEARCHES, COPIES = frozenset({"search"}), frozenset({"rows to mend", "copy of the briefing"})
SAID_WHY, STOPPED = "said why so many", "stopped at so many"


def about(measure: Measure) -> str:
    """The ledger's word for a limit."""
    return f"limit:{measure}"


def counted(measure: Measure) -> Q:
    """The lines of the ledger that count."""
    words = {Measure.CHILD: OPENS_A_CHILD, Measure.SEARCH: SEARCHES, Measure.EXPORT: COPIES}[measure]
    return Q(operation=Operation.VIEW, what__in=words)


def counts(measure: Measure, *, by: Any, at: datetime, subject: str = "") -> dict[str, Coalesce]:
    """How much this seat looked at, as columns of any query of its page, so that it costs none of its own.
    Children are counted once each, however often they were opened."""
    lately = LedgerEvent.objects.filter(actor=by.key, at__gt=at - LENGTH["day"], at__lte=at)
    lines = lately.filter(counted(measure))
    each = Count("subject", distinct=True) if measure is Measure.CHILD else Count("pk")
    of = {name: _number(lines.filter(at__gt=at - length), each) for name, length in LENGTH.items()}
    of["explained"] = _number(lately.filter(what=SAID_WHY, subject=about(measure)), Count("pk"))
    of["again"] = _number(lines.filter(subject=subject) if subject else lines.none(), Count("pk"))
    return {f"looked_at_{name}": column for name, column in of.items()}


def _number(lines: QuerySet[LedgerEvent], each: Count) -> Coalesce:
    """How many, as one column."""
    return Coalesce(Subquery(lines.order_by().values("actor").annotate(n=each).values("n")), 0)


def verdict_of(row: Any, measure: Measure, *, by: Any) -> Verdict:
    """Whether this seat may look at one more; `row` was asked with `counts`."""
    use = Use(
        {name: getattr(row, f"looked_at_{name}") for name in LENGTH},
        explained=bool(row.looked_at_explained),
        again=bool(row.looked_at_again),
    )
    return judge(use, limits_for(measure, is_front_door=by.may(Permission.FRONT_DOOR)))


def verdict_on(measure: Measure, *, by: Any, at: datetime) -> Verdict:
    """The same with a query of its own."""
    # Not type(by): a page holds its reader behind a stand-in.
    seat = by._meta.model._default_manager.filter(pk=by.pk).annotate(**counts(measure, by=by, at=at)).only("pk")
    return verdict_of(seat.get(), measure, by=by)


def much_looked_at(*, agency: str, since: datetime) -> QuerySet[LedgerEvent]:
    """Who of an agency said why they look at so much, or was stopped, latest first."""
    return LedgerEvent.objects.filter(agency=agency, what__in=(SAID_WHY, STOPPED), at__gt=since)


def measure_of(event: LedgerEvent) -> str:
    """What such a line counts, in words."""
    return IN_WORDS[Measure(event.subject.removeprefix("limit:"))]
