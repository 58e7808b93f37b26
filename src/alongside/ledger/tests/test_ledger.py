from datetime import UTC, datetime

import pytest
from django.db import DatabaseError, transaction

from alongside.ledger.models import LedgerEvent, Operation, record

NOW = datetime(2026, 11, 23, 9, 20, tzinfo=UTC)
pytestmark = pytest.mark.django_db


def test_a_line_says_who_did_what_about_whom(leah):
    line = record(Operation.VIEW, "timeline", by=leah, at=NOW, about="person:7F3K")

    assert (line.actor, line.agency, line.subject) == ("leah", "leeds-city-council", "person:7F3K")


@pytest.mark.parametrize("tamper", ["update", "delete"])
def test_the_database_refuses_to_change_what_happened(tamper):
    record(Operation.VIEW, "timeline", by="tests", at=NOW)
    lines = LedgerEvent.objects.all()

    with pytest.raises(DatabaseError, match="only grows"), transaction.atomic():
        lines.update(actor="nobody") if tamper == "update" else lines.delete()

    assert LedgerEvent.objects.get().actor == "tests"
