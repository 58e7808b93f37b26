"""How much a seat looked at lately, by the ledger itself: one count for every process that serves."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db.models import Count, Q, QuerySet, Value
from django.db.models.functions import JSONObject

from alongside.ledger.models import LedgerEvent, Operation

from .limits import IN_WORDS, LENGTH, Measure, Use, Verdict, judge, limits_for
from .permissions import Permission

# The ledger's words for opening a child's record, as the guards of the rooms name them.
OPENS_A_CHILD: set[str] = set()
# Of these, the words for pages that show less than the record.
SHOWS_LESS: set[str] = set()
PACKS = frozenset({"access pack as pdf", "access pack as json"})
COPIES = PACKS | {"rows to mend", "copy of the briefing", "given on paper"}
# The ledger's words for what each measure counts.
WORDS = {
    Measure.CHILD: OPENS_A_CHILD,
    Measure.SEARCH: {"search"},
    Measure.EXPORT: COPIES,
    Measure.PAIR: {"same child?"},
    # Never what is urgent: that is opened as often as it takes.
    Measure.ACCOUNT: {"intelligence", "came in", "supervision"},
}
SAID_WHY, STOPPED = "said why so many", "stopped at so many"


def about(measure: Measure) -> str:
    """The ledger's word for a limit."""
    return f"limit:{measure}"


def counted(measure: Measure) -> Q:
    """The lines of the ledger that count."""
    return Q(operation=Operation.VIEW, what__in=WORDS[measure])


def opens_a_record() -> Q:
    """The lines for a page of a child's record: not for a list, a contact card or one thing that was told."""
    return counted(Measure.CHILD) & ~Q(what__in=SHOWS_LESS)


def use_lately(measure: Measure, *, by: Any, at: datetime, subject: str = "") -> QuerySet[LedgerEvent]:
    """How much this seat looked at, as `use` of one row or of none; `Subquery` makes a page's own query fetch it, so
    that it costs none. Children are counted once each, however often they were opened. `subject`: what is looked at
    now."""
    said_why, looked = Q(what=SAID_WHY, subject=about(measure)), counted(measure)
    lately = LedgerEvent.objects.filter(looked | said_why, actor=by.key, at__gt=at - LENGTH["day"], at__lte=at)
    # One copy, pair or account may show many things, each with a line of its own; they are of one moment.
    each = {Measure.CHILD: "subject", Measure.SEARCH: "pk"}.get(measure, "at")
    windows = {
        name: Count(each, distinct=each != "pk", filter=looked & Q(at__gt=at - length))
        for name, length in LENGTH.items()
    }
    explained, again = Count("pk", filter=said_why), Count("pk", filter=looked & Q(subject=subject))
    use = JSONObject(**windows, explained=explained, again=again if subject else Value(0))
    return lately.order_by().values("actor").annotate(use=use).values("use")


def verdict_of(use: dict[str, int] | None, measure: Measure, *, by: Any) -> Verdict:
    """Whether this seat may look at one more, by what `use_lately` found."""
    found = use or dict.fromkeys([*LENGTH, "explained", "again"], 0)
    counts = {name: found[name] for name in LENGTH}
    judged = Use(counts, explained=bool(found["explained"]), again=bool(found["again"]))
    return judge(judged, limits_for(measure, is_front_door=by.may(Permission.FRONT_DOOR)))


def verdict_on(measure: Measure, *, by: Any, at: datetime, subject: str = "") -> Verdict:
    """The same with a query of its own."""
    found = list(use_lately(measure, by=by, at=at, subject=subject))
    return verdict_of(found[0]["use"] if found else None, measure, by=by)


def much_looked_at(*, agencies: Iterable[str], people: Iterable[str], since: datetime) -> QuerySet[LedgerEvent]:
    """Who of these agencies, or of these people by key, said why they look at so much, or was stopped, latest first."""
    of_them = Q(agency__in=list(agencies)) | Q(actor__in=list(people))
    return LedgerEvent.objects.filter(of_them, what__in=(SAID_WHY, STOPPED), at__gt=since)


def measure_of(event: LedgerEvent) -> str:
    """What such a line counts, in words."""
    return IN_WORDS[Measure(event.subject.removeprefix("limit:"))]
