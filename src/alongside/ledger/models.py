"""Who saw, changed and shared what. Append-only, kept so by the database itself."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db import models


class Operation(models.TextChoices):
    """The operations that the Data Protection Act 2018, section 62, asks a log of."""

    COLLECT = "collect", "told us"
    VIEW = "view", "looked at"
    ALTER = "alter", "changed"
    DISCLOSE = "disclose", "shared"
    COMBINE = "combine", "linked"
    ERASE = "erase", "erased"


class LedgerEvent(models.Model):
    """One line. No foreign keys: the ledger outlives what it speaks of."""

    at = models.DateTimeField()
    operation = models.CharField(max_length=10, choices=Operation)
    what = models.CharField(max_length=60)
    actor = models.CharField(max_length=80)
    actor_name = models.CharField(max_length=120, blank=True, default="")
    agency = models.CharField(max_length=60, blank=True, default="")
    subject = models.CharField(max_length=80, blank=True, default="")
    purpose = models.CharField(max_length=200, blank=True, default="")
    details = models.JSONField(default=dict)

    class Meta:
        ordering = ["-at", "-pk"]
        indexes = [
            models.Index(fields=["subject", "-at"], name="ledger_by_subject"),
            models.Index(fields=["actor", "-at"], name="ledger_by_actor"),
        ]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.actor} {self.operation} {self.subject}"


def record(
    operation: Operation,
    what: str,
    *,
    by: Any,
    at: datetime,
    about: str = "",
    purpose: str = "",
    **details: Any,
) -> LedgerEvent:
    """Write one line, in the caller's transaction. `by`: a practitioner, or a word for a part of the system."""
    line = _line(operation, what, by=by, at=at, about=about, purpose=purpose, **details)
    line.save(force_insert=True)
    return line


def _line(
    operation: Operation, what: str, *, by: Any, at: datetime, about: str, purpose: str, **details: Any
) -> LedgerEvent:
    return LedgerEvent(
        at=at,
        operation=operation,
        what=what,
        actor=getattr(by, "key", None) or str(by),
        actor_name=getattr(by, "name", ""),
        agency=getattr(by, "agency_id", None) or "",
        subject=about,
        purpose=purpose,
        details=details,
    )


def record_each(
    operation: Operation,
    what: str,
    *,
    by: Any,
    at: datetime,
    about: Iterable[str],
    purpose: str = "",
    **details: Any,
) -> None:
    """Write one line for each subject at once, in the caller's transaction, as `record` would."""
    LedgerEvent.objects.bulk_create(
        _line(operation, what, by=by, at=at, about=subject, purpose=purpose, **details) for subject in about
    )
