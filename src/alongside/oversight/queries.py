"""The ledger for whoever may look through it."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db.models import Q, QuerySet
from django.utils import timezone

from alongside.access.permissions import Permission
from alongside.agencies.models import Practitioner
from alongside.ledger import subjects
from alongside.ledger.models import LedgerEvent, Operation, record

from .closed_lines import lines_open_to

PAGE = 50
Key = tuple[datetime, int]


@dataclass(frozen=True)
class Asked:
    """Which lines; empty asks for all."""

    child: str = ""
    who: str = ""
    operation: str = ""
    on: date | None = None


def lines_seen_by(viewer: Practitioner) -> QuerySet[LedgerEvent]:
    """Every line but for those about children whose record is closed to the viewer, or none. `reason_is_closed`: its
    words are not for the viewer."""
    may = isinstance(viewer, Practitioner) and viewer.is_active and viewer.may(Permission.READ_LEDGER)
    return lines_open_to(viewer) if may else LedgerEvent.objects.none()


def look_through(
    *, viewer: Practitioner, asked: Asked, at: datetime, before: Key | None = None
) -> tuple[list[LedgerEvent], Key | None]:
    """A page of the lines that were asked for, newest first, and the key that the next page begins before. The look
    is itself in the ledger."""
    lines = _chosen(lines_seen_by(viewer), asked)
    if before:
        moment, pk = before
        lines = lines.filter(Q(at__lte=moment), Q(at__lt=moment) | Q(pk__lt=pk))
    found = list(lines.order_by("-at", "-pk")[: PAGE + 1])
    _write_down(viewer, asked, at)
    page = found[:PAGE]
    return page, (page[-1].at, page[-1].pk) if len(found) > PAGE else None


def searches_for(asked_as: list[str], *, viewer: Practitioner, at: datetime) -> list[LedgerEvent]:
    """The latest searches for words of any of these keyed hashes, one a key (`chronology.find_views.asked_as_ever`),
    newest first. The look is itself in the ledger."""
    lines = lines_seen_by(viewer).filter(operation=Operation.VIEW, what="search", details__asked__in=asked_as)
    found = list(lines.order_by("-at", "-pk")[:PAGE])
    record(Operation.VIEW, "ledger", by=viewer, at=at, asked={"sought": asked_as[0]})
    return found


def lines_to_prove(what: str, *, viewer: Practitioner, at: datetime) -> list[int]:
    """The numbers of the lines that are meant, one by its number or all about a receipt, as far as the viewer may
    read them; one that is not there stays, to be said. The look is itself in the ledger."""
    # A proof shows its line, the words too.
    seen = lines_seen_by(viewer).filter(reason_is_closed=False)
    about = seen.filter(subject=f"contribution:{what}").order_by("pk").values_list("pk", flat=True)
    found = list(about)
    if what.isdecimal():
        is_closed = LedgerEvent.objects.filter(pk=what).exists() and not seen.filter(pk=what).exists()
        found = [] if is_closed else [int(what)]
    record(Operation.VIEW, "ledger", by=viewer, at=at, asked={"proved": what})
    return found


def _chosen(lines: QuerySet[LedgerEvent], asked: Asked) -> QuerySet[LedgerEvent]:
    lines = lines.filter(subject=subjects.child(asked.child)) if asked.child else lines
    lines = lines.filter(actor__in=_called(asked.who)) if asked.who else lines
    lines = lines.filter(operation=asked.operation) if asked.operation else lines
    if asked.on is None:
        return lines
    begins = timezone.make_aware(datetime.combine(asked.on, time()))
    ends = timezone.make_aware(datetime.combine(asked.on + timedelta(days=1), time()))
    return lines.filter(at__gte=begins, at__lt=ends)


def _called(who: str) -> list[str]:
    """Keys of the practitioners who are called so; a part of the system is called by its own word."""
    named = Practitioner.objects.filter(Q(key=who) | Q(name__icontains=who))
    return [who, *named.values_list("key", flat=True)]


def _write_down(viewer: Practitioner, asked: Asked, at: datetime) -> None:
    about = subjects.child(asked.child) if asked.child else ""
    told = {"who": asked.who, "on": asked.on.isoformat() if asked.on else "", "operation": asked.operation}
    told = {name: said for name, said in told.items() if said}
    record(Operation.VIEW, "ledger", by=viewer, at=at, about=about, asked=told)
