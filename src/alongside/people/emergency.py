"""Opening a child's record in an emergency: with a reason, for hours, in the ledger, and told."""

from datetime import datetime, timedelta

from django.db import transaction

from alongside.access.rules import Level
from alongside.agencies.models import Practitioner
from alongside.ledger import subjects
from alongside.ledger.models import Operation, record

from .models import Person, Standing
from .rules import EMERGENCY

LASTS = timedelta(hours=2)
ROLE = "Emergency access"


@transaction.atomic
def open_in_emergency(*, person: Person, by: Practitioner, at: datetime, because: str) -> Standing:
    """Two hours in the team around this child; whoever works with the child is told on their first page."""
    opened = Standing.objects.create(
        person=person,
        practitioner=by,
        agency=by.agency,
        level=Level.TEAM,
        role=ROLE,
        worker=by.name,
        phone=by.phone,
        because=because[:200],
        is_quiet=True,
        source=f"{EMERGENCY}{by.key}:{at.isoformat()}"[:160],
        since=at,
        until=at + LASTS,
    )
    about = subjects.child(person.reference)
    record(Operation.ALTER, "emergency access", by=by, at=at, about=about, purpose=because[:200])
    return opened
