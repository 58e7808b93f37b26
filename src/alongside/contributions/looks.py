"""The lines in the ledger for reading in full what was told, before it leaves."""

from collections.abc import Iterable
from datetime import datetime

from django.http import HttpRequest, HttpResponse

from alongside.access.limits import Measure
from alongside.agencies.held_back import held_back
from alongside.agencies.models import Practitioner
from alongside.ledger import subjects
from alongside.ledger.models import Operation, record_each
from alongside.people.models import AgencyRecord
from alongside.people.told import record_key
from alongside.shared.rows import with_key

from .front_door import opened
from .models import Contribution


def too_many(request: HttpRequest, told: Contribution, *, at: datetime) -> HttpResponse | None:
    """Instead of one account too many; what was opened lately is not counted twice."""
    return held_back(request, Measure.ACCOUNT, at=at, subject=told.subject)


def write_down(what: str, told: Contribution, *, by: Practitioner, at: datetime) -> None:
    """A line for what was told, so that its teller sees who read it, and one for each person whom this version of it
    names, so that it stands among the looks at that child."""
    record_each(Operation.VIEW, what, by=by, at=at, about=[told.subject, *_named_in([told])])
    opened(told.receipt, by=by)


def write_down_names(what: str, told: Iterable[Contribution], *, by: Practitioner, at: datetime) -> None:
    """A line for each person whom a page names of these; none for what was told, which it does not show."""
    record_each(Operation.VIEW, what, by=by, at=at, about=_named_in(told))


def _named_in(told: Iterable[Contribution]) -> list[str]:
    """The people whose records these versions tell of, as the ledger speaks of them."""
    keys = {
        record_key(one, number, person)
        for one in told
        for number, person in enumerate(one.told.get("people", []), start=1)
    }
    records = AgencyRecord.objects.filter(with_key(keys), person__isnull=False)
    return [subjects.child(one) for one in sorted(set(records.values_list("person__reference", flat=True)))]
