"""Who saw, changed and shared what. Append-only, kept so by the database itself."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from django.db import models
from django.db.models import Q

from alongside.shared.rows import insert_row, insert_rows

from . import encoding
from .keys import marking_keys
from .shown import SHOWN


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
    # A keyed hash of the rest: a line without it was not written by this service.
    mark = models.CharField(max_length=32, blank=True, default="")

    class Meta:
        ordering = ["-at", "-pk"]
        indexes = [
            models.Index(fields=["subject", "-at"], name="ledger_by_subject"),
            models.Index(fields=["actor", "-at"], name="ledger_by_actor"),
            models.Index(fields=["-at", "-id"], name="ledger_by_time"),
        ]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.actor} {self.operation} {self.subject}"


class Seal(models.Model):
    """The place of one line in the sealed ledger. Places have no gap, whatever gaps the lines' own numbers have."""

    sequence = models.BigAutoField(primary_key=True)
    event = models.BigIntegerField(unique=True)
    leaf = models.BinaryField()
    # The root of the largest full subtree that ends here; empty where that is the leaf itself.
    node = models.BinaryField(default=b"")

    class Meta:
        ordering = ["sequence"]
        constraints = [
            models.CheckConstraint(condition=Q(sequence__gte=1), name="a_place_in_the_ledger_is_counted_from_1")
        ]

    def __str__(self) -> str:
        return f"{self.sequence}: line {self.event}"


class Checkpoint(models.Model):
    """The signed head of the tree after a sealing: `notes.Head` with its signature, and where the next one begins."""

    size = models.BigAutoField(primary_key=True)
    root = models.BinaryField()
    at = models.CharField(max_length=32)
    previous = models.BinaryField()
    signer = models.BinaryField()
    signature = models.BinaryField()
    # No line up to this number comes any more: what is not sealed of these was put there by other ways.
    settled = models.BigIntegerField()
    # The highest number sealed, and the database's own clock then: they tell the next sealing what is settled.
    highest = models.BigIntegerField()
    read_at = models.CharField(max_length=40)

    class Meta:
        ordering = ["size"]
        constraints = [models.CheckConstraint(condition=Q(size__gte=1), name="a_checkpoint_has_a_line")]

    def __str__(self) -> str:
        return f"{self.size} lines, {self.at}"


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
    """Write one line, in the caller's transaction. `by`: a practitioner, or a word for a part of the system.

    A look is written when the response that shows it is made, and before it leaves: `shown`, `together`.
    """
    line = _line(operation, what, by=by, at=at, about=about, purpose=purpose, **details)
    if not _waits([line]):
        insert_row(line)
    return line


def _line(
    operation: Operation, what: str, *, by: Any, at: datetime, about: str, purpose: str, **details: Any
) -> LedgerEvent:
    line = LedgerEvent(
        # To the millisecond: Django's dumpdata keeps no more, and a ledger that was moved has to fit its seals.
        at=at.replace(microsecond=at.microsecond // 1000 * 1000),
        operation=operation,
        what=what,
        actor=getattr(by, "key", None) or str(by),
        actor_name=getattr(by, "name", ""),
        agency=getattr(by, "agency_id", None) or "",
        subject=about,
        purpose=purpose,
        details=details,
    )
    line.mark = encoding.mark(_spelt(line), marking_keys()[0]).decode()
    return line


def _spelt(line: LedgerEvent) -> list[bytes]:
    """The columns of `encoding.MARKED`, as every database gives them back."""
    words = (line.operation, line.what, line.actor, line.actor_name, line.agency, line.subject, line.purpose)
    return [encoding.moment(line.at), *(str(word).encode() for word in words), encoding.canonical(line.details)]


def record_each(
    operation: Operation,
    what: str,
    *,
    by: Any,
    at: datetime,
    about: Iterable[str] | Mapping[str, Mapping[str, Any]],
    purpose: str = "",
    **details: Any,
) -> None:
    """Write one line for each subject at once, in the caller's transaction, as `record` would. `about` may give each
    subject details of its own."""
    told = {"by": by, "at": at, "purpose": purpose, **details}
    own = about.items() if isinstance(about, Mapping) else ((subject, {}) for subject in about)
    lines = [_line(operation, what, about=subject, **told, **more) for subject, more in own]
    if not _waits(lines):
        insert_rows(lines)


def _waits(lines: list[LedgerEvent]) -> bool:
    """Whether these are looks of a response that is being made: then they wait for it."""
    shown = SHOWN.get()
    if shown is None or any(line.operation != Operation.VIEW for line in lines):
        return False
    shown.lines += lines
    return True
