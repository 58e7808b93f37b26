"""What a hold covers, from one thing that somebody points at."""

from datetime import datetime
from typing import Any

from alongside.contributions.models import Contribution
from alongside.people.models import Person

from .weighing import weigh


def covered(one: Contribution, covers: str, *, at: datetime) -> dict[str, Any]:
    """For `place_hold`: this thing, the people in it, its kind, or everything. A thing that names nobody, held for the
    people in it, is held alone."""
    if covers == "kind":
        return {"kind": one.kind}
    if covers == "everything":
        return {}
    (weighed,) = weigh([one], controller=one.agency_id, at=at)
    if covers == "people" and weighed.people:
        return {"people": list(Person.objects.filter(pk__in=weighed.people).order_by("pk"))}
    return {"receipt": one.first_receipt}
