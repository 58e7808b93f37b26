"""Lines of the ledger that are not for whoever a tie or a restriction shuts out of a child's record: they say who
opened it, when, and of people of the reader's agency also why."""

from django.db.models import CharField, Exists, OuterRef, Q, QuerySet, Value
from django.db.models.functions import Cast, Concat, Substr

from alongside.access.permissions import Permission
from alongside.access_requests.models import AccessRequest, PackItem
from alongside.agencies.models import Practitioner
from alongside.agencies.queries import seats_with
from alongside.chronology.models import ChronologyEntry
from alongside.contributions.models import Contribution
from alongside.contributions.rules import subject_of
from alongside.ledger import subjects
from alongside.people.closing import closed_to
from alongside.sharing.models import ShareDecision


def not_about_closed(viewer: Practitioner) -> Q:
    """Of lines of the ledger, those about nobody whose record is closed to the viewer: neither about the child,
    nor about what was told or given of them, or asked for by them. A restriction on which nobody who reads the ledger
    is named closes no line: else whoever restricts a record could open it and nobody would see."""
    readers = seats_with(Permission.READ_LEDGER)
    closed = dict(closed_to(viewer, where_one_of=readers).values_list("pk", "reference"))
    if not closed:
        return Q()
    about = Q(subject__in=[subjects.child(reference) for reference in closed.values()])
    return ~(about | Q(Exists(_told_of(closed))) | _given_of(closed) | _asked_for(closed))


def _told_of(closed: dict[int, str]) -> QuerySet[Contribution]:
    """What the line is about, where any version of it tells of one of these."""
    same = {f"contribution__{name}": OuterRef(name) for name in ("agency", "system", "reference")}
    receipt = Substr(OuterRef("subject"), len(subject_of("")) + 1)
    entries = ChronologyEntry.objects.filter(person__in=closed, **same)
    return Contribution.objects.filter(Exists(entries), receipt=receipt)


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
