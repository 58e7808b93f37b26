"""Lines of the ledger that are not for whoever a tie or a restriction shuts out of a child's record: they say who
opened it, when, and of people of the reader's agency also why."""

from django.db.models import Case, CharField, Exists, OuterRef, Q, QuerySet, Value, When
from django.db.models.functions import Cast, Concat, Substr

from alongside.access.permissions import Permission
from alongside.access_requests.models import AccessRequest, PackItem
from alongside.agencies.governance import agencies_of_office
from alongside.agencies.models import Practitioner
from alongside.agencies.queries import seats_with
from alongside.chronology.models import ChronologyEntry
from alongside.contributions.models import Contribution
from alongside.contributions.rules import subject_of
from alongside.ledger import subjects
from alongside.ledger.models import LedgerEvent
from alongside.people.closing import closed_by_a_restriction, closed_by_a_tie
from alongside.sharing.models import ShareDecision


def lines_open_to(viewer: Practitioner) -> QuerySet[LedgerEvent]:
    """Lines of the ledger about nobody whose record is closed to the viewer: neither about the child, nor about what
    was told or given of them, or asked for by them. Whoever restricts a record chooses who reads of it: so that they
    cannot open it and nobody sees, a restriction closes no line unless somebody who reads the ledger, and has no tie to
    the child, is named on it; and never that somebody did something for whose agency the viewer answers, but only why
    (`reason_is_closed`). Nor why of what may have told of such a child before."""
    tied, restricted = _closed(viewer)
    if not tied and not restricted:
        return LedgerEvent.objects.annotate(reason_is_closed=Value(False))
    of_their_agency = Q(agency__in=agencies_of_office(viewer).values("pk"))
    lines = LedgerEvent.objects.filter(~_about(tied), ~_about(restricted) | of_their_agency)
    return lines.annotate(
        reason_is_closed=Case(When(_about(restricted) | _of_whom_is_lost(), then=True), default=False)
    )


def _closed(viewer: Practitioner) -> tuple[dict[int, str], dict[int, str]]:
    """Keys and references of those closed to the viewer by a tie, and by a restriction; with one look."""
    restrictions = closed_by_a_restriction(viewer, where_one_of=seats_with(Permission.READ_LEDGER))
    ties = closed_by_a_tie(viewer).order_by().values_list("pk", "reference", Value(True))
    others = restrictions.order_by().values_list("pk", "reference", Value(False))
    found = list(ties.union(others, all=True))
    tied = {key: reference for key, reference, is_tie in found if is_tie}
    return tied, {key: reference for key, reference, is_tie in found if not is_tie}


def _about(closed: dict[int, str]) -> Q:
    """Of lines, whether they are about one of these."""
    if not closed:
        return Q(pk__in=())
    about = Q(subject__in=[subjects.child(reference) for reference in closed.values()])
    return about | Q(Exists(_told_of(closed))) | _given_of(closed) | _asked_for(closed)


def _told_of(closed: dict[int, str]) -> QuerySet[Contribution]:
    """What the line is about, where any version of it tells of one of these."""
    same = {f"contribution__{name}": OuterRef(name) for name in ("agency", "system", "reference")}
    receipt = Substr(OuterRef("subject"), len(subject_of("")) + 1)
    entries = ChronologyEntry.objects.filter(person__in=closed, **same)
    return Contribution.objects.filter(Exists(entries), receipt=receipt)


def _of_whom_is_lost() -> Q:
    """Of lines about something told, those where nothing says any more, or not yet, of whom it told in all: it was
    disposed of, or corrected, or is not filed. It may have been one who is closed."""
    filed = ChronologyEntry.objects.filter(contribution=OuterRef("pk"))
    receipt = Substr(OuterRef("subject"), len(subject_of("")) + 1)
    is_sure = Contribution.objects.filter(Exists(filed), receipt=receipt, version=1, is_newest=True)
    return Q(subject__startswith=subject_of("")) & ~Q(Exists(is_sure))


def _given_of(closed: dict[int, str]) -> Q:
    given = ShareDecision.objects.filter(person__in=closed).order_by()
    return Q(subject__in=_called(given, "share:", "pk"))


def _asked_for(closed: dict[int, str]) -> Q:
    requests = AccessRequest.objects.filter(person__in=closed).order_by()
    items = PackItem.objects.filter(part__request__person__in=closed).order_by()
    own = Q(subject__in=_called(requests, "access_request:", "pk"))
    return own | Q(subject__in=_called(items, "access_request:", "part__request", "pk"))


def _called(rows: QuerySet, begins: str, *keys: str) -> QuerySet:
    """What the ledger calls each of these: their `subject`, said in SQL."""
    words = [Value(begins)]
    for key in keys:
        words += [Cast(key, CharField()), Value(":")]
    return rows.annotate(called=Concat(*words[:-1], output_field=CharField())).values("called")
