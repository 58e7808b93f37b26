"""The door to what a request holds: it counts as one child's record, however many of its items are opened."""

from datetime import datetime

from django.http import HttpRequest, HttpResponse

from alongside.access.limits import Measure
from alongside.access.queries import OPENS_A_CHILD
from alongside.agencies.held_back import held_back
from alongside.agencies.models import Practitioner
from alongside.ledger.models import Operation, record

from .models import RequestPart

# The ledger's word for opening a request, whose line is kept under the request itself.
OPENED = "access request"
OPENS_A_CHILD.add(OPENED)


def too_many(request: HttpRequest, part: RequestPart, *, at: datetime) -> HttpResponse | None:
    """Instead of one request too many; what was opened lately is not counted twice."""
    return held_back(request, Measure.CHILD, at=at, subject=part.request.subject)


def write_down(part: RequestPart, *, by: Practitioner, at: datetime) -> None:
    """The line that is counted."""
    record(Operation.VIEW, OPENED, by=by, at=at, about=part.request.subject)
