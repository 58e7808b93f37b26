"""Taking back what came by the API or in a file: its agency says so, where no practitioner wrote it."""

from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet

from alongside.ledger.models import Operation, record

from .models import Contribution, Pending
from .rules import OUR_PAGES


def sent_by_system(*, agency: str) -> QuerySet[Contribution]:
    """What systems and files of this agency told. What was told on our pages is taken back there, by its author."""
    return Contribution.objects.filter(agency=agency).exclude(system=OUR_PAGES)


@transaction.atomic
def take_back(*, contribution: Contribution, by: str, at: datetime, because: str) -> None:
    """It stays visible as withdrawn by its agency, with when and why. Twice is the same as once."""
    kept = Contribution.objects.select_for_update().get(pk=contribution.pk)
    if not kept.stands:
        return
    kept.withdrawn_at, kept.withdrawn_because = at, because
    kept.save(update_fields=["withdrawn_at", "withdrawn_because"])
    Pending.objects.get_or_create(contribution=kept)
    record(Operation.ALTER, "withdrawal", by=by, at=at, about=kept.subject)
