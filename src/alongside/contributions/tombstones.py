"""What stands where something told was disposed of: that it was, and nothing of what it said."""

from collections.abc import Iterable
from hashlib import sha256

from django.db import models
from django.db.models import F, Q

from .kinds import kinds
from .rules import Key, receipt_for


def hash_of(receipt: str) -> str:
    """By this a receipt is known again; the receipt itself is gone."""
    return sha256(receipt.encode()).hexdigest()


class Tombstone(models.Model):
    """One version of one thing told was disposed of: what kind, whose, when, by which rule, by which two people.

    No personal data, no foreign keys. The database lets go of a contribution only where one stands for it
    (`number`), and never lets go of a tombstone. `number` is empty where it came from a list beside a backup.
    """

    number = models.BigIntegerField(unique=True, null=True)
    receipt_hash = models.CharField(max_length=64, unique=True)
    version = models.PositiveIntegerField()
    is_newest = models.BooleanField()
    kind = models.CharField(max_length=60)
    controller = models.CharField(max_length=60)
    rule = models.CharField(max_length=200)
    disposed_at = models.DateTimeField()
    proposed_by = models.CharField(max_length=80)
    approved_by = models.CharField(max_length=80)

    class Meta:
        ordering = ["-disposed_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(proposed_by="") & ~Q(approved_by="") & ~Q(proposed_by=F("approved_by")),
                name="two_people_dispose_of_something",
            )
        ]
        indexes = [models.Index(fields=["controller", "-disposed_at"], name="tombstones_by_controller")]

    def __str__(self) -> str:
        return f"{self.kind} of {self.controller}, disposed of {self.disposed_at:%Y-%m-%d}"

    @property
    def name(self) -> str:
        """What this kind of thing is called, or its word where the playbook no longer has it."""
        kind = kinds().get(self.kind)
        return kind.name if kind else self.kind

    @property
    def is_let_in(self) -> bool:
        """Whether its agency said that the same may be told again."""
        return LetIn.objects.filter(tombstone=self).exists()


class LetIn(models.Model):
    """An agency's word that what it disposed of may be told again, and why."""

    tombstone = models.OneToOneField(Tombstone, on_delete=models.PROTECT, related_name="let_in")
    by = models.CharField(max_length=80)
    at = models.DateTimeField()
    because = models.CharField(max_length=300)

    class Meta:
        constraints = [models.CheckConstraint(condition=~Q(because=""), name="letting_in_again_says_why")]

    def __str__(self) -> str:
        return f"{self.tombstone_id} let in again"


def disposed_of(keys: Iterable[Key]) -> dict[Key, Tombstone]:
    """Of these keys those that were disposed of, each with the tombstone of its last version."""
    first = {hash_of(receipt_for(key, 1)): key for key in keys}
    stones = Tombstone.objects.filter(receipt_hash__in=first) if first else ()
    return {first[one.receipt_hash]: _last(first[one.receipt_hash], one) for one in stones}


def _last(key: Key, first: Tombstone) -> Tombstone:
    last, following = first, first
    while following:
        last = following
        following = Tombstone.objects.filter(receipt_hash=hash_of(receipt_for(key, last.version + 1))).first()
    return last
