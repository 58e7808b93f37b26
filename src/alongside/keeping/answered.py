"""Requests for what is held: who asked, and where the answer went, have a period of their own."""

from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import Q
from django.utils.timezone import localdate

from alongside.access_requests.disposing import forget_request
from alongside.access_requests.models import AccessRequest, PackItem
from alongside.ledger.models import Operation, record
from alongside.people.models import Person

from .joined import ever_joined
from .models import Hold
from .retention import of_the_partnership
from .rules import answered_on, later
from .traces import checkpoint


def clear_answered_requests(*, at: datetime) -> int:
    """Requests whose time is over go whole, each with a line that says that there was one; where the playbook gives no
    period, all are kept. No two people decide it, as they do of what was told: several agencies answer one request, so
    no one of them could, and nothing goes that an agency told. A hold on the person keeps it, and so does one on all
    that an agency told that answers it. Returns how many went."""
    period = of_the_partnership().access_requests
    if period is None:
        return 0
    today = localdate(at)
    long_ago = today - timedelta(days=365 * period.years)
    old = AccessRequest.objects.filter(received_on__lte=long_ago).prefetch_related("parts").order_by("pk")
    over = [one for one in old if later(_answered(one), years=period.years, months=0) <= today]
    return sum(_clear(one, rule=period.words, at=at) for one in over if not _is_held(one, at=at))


def _answered(request: AccessRequest) -> date:
    released = [localdate(part.released_at) if part.released_at else None for part in request.parts.all()]
    return answered_on(request.extended_to or request.due_on, released)


def _is_held(request: AccessRequest, *, at: datetime) -> bool:
    items = PackItem.objects.filter(part__request=request)
    people = Person.objects.filter(Q(pk=request.person_id) | Q(records__in=items.values("record")))
    agencies = request.parts.values("agency")
    standing = Hold.objects.filter(Q(until=None) | Q(until__gte=localdate(at)), lifted_at=None)
    whole = Q(person=None, kind="", receipt="", controller__in=agencies)
    return standing.filter(whole | Q(person__in=ever_joined(people.values_list("pk", flat=True)))).exists()


@transaction.atomic
def _clear(request: AccessRequest, *, rule: str, at: datetime) -> bool:
    """Whether it went now: another server may have been quicker."""
    kept = AccessRequest.objects.select_for_update().filter(pk=request.pk).first()
    if kept is None:
        return False
    about = kept.subject
    forget_request(kept)
    record(Operation.ERASE, "access request cleared", by="retention", at=at, about=about, rule=rule)
    transaction.on_commit(checkpoint, robust=True)
    return True
