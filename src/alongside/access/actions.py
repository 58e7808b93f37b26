"""Saying why one looks at more than is usual, and being stopped: both are lines in the ledger."""

from datetime import datetime
from typing import Any

from django.db import transaction

from alongside.ledger.models import Operation, record

from .limits import Measure
from .queries import SAID_WHY, STOPPED, about


@transaction.atomic
def say_why(measure: Measure, *, because: str, by: Any, at: datetime) -> None:
    """Holds for a day. The information governance lead of the agency reads it on their first page."""
    record(Operation.ALTER, SAID_WHY, by=by, at=at, about=about(measure), purpose=because[:200])


@transaction.atomic
def stop(measure: Measure, *, by: Any, at: datetime) -> None:
    """Told in the same place."""
    record(Operation.ALTER, STOPPED, by=by, at=at, about=about(measure))
