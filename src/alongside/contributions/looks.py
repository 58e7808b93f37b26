"""The lines in the ledger for reading in full what was told, before it leaves."""

from datetime import datetime

from django.db.models import Q

from alongside.agencies.models import Practitioner
from alongside.ledger import subjects
from alongside.ledger.models import Operation, record_each
from alongside.people.models import AgencyRecord
from alongside.people.told import record_key

from .models import Contribution


def write_down(what: str, told: Contribution, *, by: Practitioner, at: datetime) -> None:
    """A line for what was told, so that its teller sees who read it, and one for each person whom this version of it
    names, so that it stands among the looks at that child."""
    people = [subjects.child(reference) for reference in _named_in(told)]
    record_each(Operation.VIEW, what, by=by, at=at, about=[told.subject, *people])


def _named_in(told: Contribution) -> list[str]:
    """References of the people whose records this version tells of."""
    meant = Q(pk__in=[])
    for number, person in enumerate(told.told.get("people", []), start=1):
        agency, system, reference = record_key(told, number, person)
        meant |= Q(agency=agency, system=system, reference=reference)
    records = AgencyRecord.objects.filter(meant, person__isnull=False)
    return sorted(set(records.values_list("person__reference", flat=True)))
