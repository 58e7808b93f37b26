"""The lines in the ledger for reading in full what was told, before it leaves."""

from datetime import datetime

from alongside.agencies.models import Practitioner
from alongside.ledger import subjects
from alongside.ledger.models import Operation, record_each
from alongside.people.models import Person

from .models import Contribution


def write_down(what: str, told: Contribution, *, by: Practitioner, at: datetime) -> None:
    """A line for what was told, so that its teller sees who read it, and one for each person whom any version of it
    names, so that it stands among the looks at that child."""
    same = {"agency": told.agency_id, "system": told.system, "reference": told.reference}
    versions = Contribution.objects.filter(**same).values("pk")
    named = Person.objects.filter(entries__contribution__in=versions).distinct().order_by("reference")
    people = [subjects.child(reference) for reference in named.values_list("reference", flat=True)]
    record_each(Operation.VIEW, what, by=by, at=at, about=[told.subject, *people])
