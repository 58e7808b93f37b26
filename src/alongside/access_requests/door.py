"""The door to what a request holds: it counts as one child's record, however many of its items are opened."""

from datetime import datetime

from django.http import HttpRequest, HttpResponse

from alongside.access.limits import Measure
from alongside.access.queries import OPENS_A_CHILD, use_lately, verdict_of
from alongside.agencies.models import Practitioner
from alongside.chronology.limits import answer
from alongside.ledger.models import Operation, record

from .models import RequestPart

# The ledger's word for opening a request, whose line is kept under the request itself.
OPENED = "access request"
OPENS_A_CHILD.add(OPENED)


def too_many(request: HttpRequest, part: RequestPart, *, at: datetime) -> HttpResponse | None:
    """Instead of one request too many; what was opened lately is not counted twice."""
    use = list(use_lately(Measure.CHILD, by=request.user, at=at, subject=part.request.subject))
    verdict = verdict_of(use[0]["use"] if use else None, Measure.CHILD, by=request.user)
    return answer(request, Measure.CHILD, verdict, at=at)


def write_down(part: RequestPart, *, by: Practitioner, at: datetime) -> None:
    """The line that is counted."""
    record(Operation.VIEW, OPENED, by=by, at=at, about=part.request.subject)
