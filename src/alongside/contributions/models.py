"""What partners tell each other. Append-only: a correction is a new version, a withdrawal says who and why."""

from collections.abc import Collection
from datetime import datetime
from typing import Any, Self

from django.db import models
from django.db.models import F, Q
from django.utils.timezone import localtime

from alongside.agencies.models import Agency, Practitioner, Team
from alongside.people.sealing import NumbersSealedField
from alongside.web import dates

from .answering import Acknowledgement, Call, Unopened
from .kinds import kinds
from .numbers import SealedNumbersField, ToldField, joined
from .pressing import why_at_once
from .rules import Key, receipt_for, subject_of
from .tombstones import LetIn, Tombstone

__all__ = [
    "Acknowledgement",
    "ApiToken",
    "Call",
    "Contribution",
    "Draft",
    "Grade",
    "LetIn",
    "Pending",
    "SupervisorLook",
    "Tombstone",
    "Unopened",
]


class Contribution(models.Model):
    """One thing one partner told us, exactly as told (`told`), with the columns that finding it needs."""

    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="contributions")
    system = models.CharField(max_length=60)
    reference = models.CharField(max_length=120)
    version = models.PositiveIntegerField(default=1)
    kind = models.CharField(max_length=60)
    handling = models.CharField(max_length=300)
    occurred_at = models.DateTimeField()
    # "day" or "month" where the teller knew no more, never a made-up midnight; "untold" where nobody told the day:
    # then it stands at the moment it was reported.
    occurred_to = models.CharField(max_length=6, default="minute")
    reported_at = models.DateTimeField(null=True)
    received_at = models.DateTimeField()
    told = ToldField()
    # The numbers of the people in it, and the hash of all of it: sealed, and put back into `told` when it is read.
    sealed = SealedNumbersField(blank=True, default="")
    content_hash = models.CharField(max_length=32)
    receipt = models.CharField(max_length=26, unique=True)
    gaps_reason = models.CharField(max_length=300, blank=True, default="")
    urgent = models.BooleanField(default=False)
    author = models.ForeignKey(Practitioner, on_delete=models.PROTECT, null=True, related_name="contributions")
    # The one in which its author sent it first, which looks it over wherever its author goes.
    team = models.ForeignKey(Team, on_delete=models.PROTECT, null=True, related_name="+", db_index=False)
    is_newest = models.BooleanField(default=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_by = models.ForeignKey(Practitioner, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    withdrawn_because = models.CharField(max_length=300, blank=True, default="")

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["agency", "system", "reference", "version"], name="a_reference_has_each_version_once"
            ),
            models.CheckConstraint(
                # Nobody by name where the agency itself took back what its system or file had told: it says why.
                condition=Q(withdrawn_at=None, withdrawn_by=None, withdrawn_because="")
                | Q(withdrawn_at__isnull=False) & (Q(withdrawn_by__isnull=False) | ~Q(withdrawn_because="")),
                name="a_withdrawal_says_when_and_who_or_why",
            ),
            models.CheckConstraint(
                condition=Q(occurred_to__in=["minute", "day", "month"])
                | Q(occurred_to="untold", reported_at__isnull=False, occurred_at=F("reported_at")),
                name="what_has_no_day_stands_where_it_was_reported",
            ),
        ]
        indexes = [
            models.Index(fields=["kind", "occurred_at"], name="contributions_by_kind"),
            models.Index(fields=["reference"], name="contributions_by_reference"),
            models.Index(fields=["author", "-received_at"], name="contributions_by_author"),
            models.Index(
                fields=["team", "-received_at"], condition=Q(team__isnull=False), name="contributions_by_team"
            ),
            models.Index(fields=["received_at"], condition=Q(urgent=True), name="contributions_for_now"),
        ]

    def __str__(self) -> str:
        return f"{self.agency_id} {self.reference} v{self.version}"

    @classmethod
    def from_db(cls, db: str | None, field_names: Collection[str], values: Collection[Any]) -> Self:
        """With its numbers, wherever what was told is read."""
        one = super().from_db(db, field_names, values)
        if "told" in one.__dict__ and one.sealed:
            one.told = joined(one.told, one.sealed, one.receipt)
        return one

    @property
    def name(self) -> str:
        return kinds()[self.kind].name

    @property
    def why_at_once(self) -> str:
        return why_at_once(self.kind, self.told.get("details", {}))

    @property
    def short_name(self) -> str:
        """The same, in a word or two."""
        return kinds()[self.kind].short

    @property
    def told_us_at(self) -> datetime:
        """When its teller told it, where they say; what comes in a file was told before we received it."""
        return self.reported_at or self.received_at

    @property
    def happened(self) -> str:
        """When it happened, no more exactly than it was told."""
        return dates.happened(localtime(self.occurred_at), self.occurred_to)

    @property
    def stands(self) -> bool:
        """Neither corrected nor taken back."""
        return self.is_newest and self.withdrawn_at is None

    @property
    def key(self) -> Key:
        """What all its versions share."""
        return self.agency_id, self.system, self.reference

    @property
    def first_receipt(self) -> str:
        """The receipt of its first version, by which all of them are known."""
        return receipt_for(self.key, 1)

    @property
    def subject(self) -> str:
        """What the ledger calls it."""
        return subject_of(self.receipt)

    @property
    def short_receipt(self) -> str:
        """Enough of the receipt to say over the phone."""
        return f"{self.receipt[:4]}-{self.receipt[4:8]}"


class Pending(models.Model):
    """An accepted contribution that has not yet been followed all the way to the timeline."""

    contribution = models.OneToOneField(Contribution, on_delete=models.CASCADE, primary_key=True)

    def __str__(self) -> str:
        return str(self.contribution_id)


class Draft(models.Model):
    """What somebody is writing, kept on the server as it is typed; seen by its author only."""

    # What this will take the place of, where it corrects something sent.
    corrects = models.ForeignKey(Contribution, on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    key = models.UUIDField(unique=True)
    author = models.ForeignKey(Practitioner, on_delete=models.PROTECT, related_name="drafts")
    kind = models.CharField(max_length=60)
    answers = NumbersSealedField(default=dict)
    # The window that saved it last: another one asks before it saves over what this one wrote.
    window = models.CharField(max_length=36, blank=True, default="")
    saved_at = models.DateTimeField()
    sent_as = models.ForeignKey(Contribution, on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ["-saved_at"]

    def __str__(self) -> str:
        return f"{self.kind} begun by {self.author_id}"

    @property
    def reference(self) -> str:
        """What it is sent under: its own key, or the reference of what it corrects."""
        return self.corrects.reference if self.corrects else str(self.key)

    @property
    def name(self) -> str:
        """What this kind of thing is called."""
        return kinds()[self.kind].name


class SupervisorLook(models.Model):
    """A supervisor looked at what their team sent: it is seen, or it came back to its author with a comment.
    It changes nothing of what was told, and holds nothing up."""

    class Outcome(models.TextChoices):
        SEEN = "seen", "Seen"
        RETURNED = "returned", "Returned"

    contribution = models.ForeignKey(Contribution, on_delete=models.PROTECT, related_name="supervisor_looks")
    outcome = models.CharField(max_length=10, choices=Outcome)
    comment = models.CharField(max_length=1000, blank=True, default="")
    by = models.ForeignKey(Practitioner, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["-at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(outcome="seen") | ~Q(comment=""), name="what_is_returned_says_what_would_help"
            )
        ]

    def __str__(self) -> str:
        return f"{self.contribution_id} {self.outcome}"


class Grade(models.Model):
    """How sure police are of what a partner told (3x5x2), and what may be said of it. A new look is a new row;
    what was told stays as its author told it."""

    class Became(models.TextChoices):
        OPEN = "", "Nothing yet"
        ACTED_ON = "acted_on", "Something was done because of it"
        KEPT = "kept", "Read and kept, nothing done"

    contribution = models.ForeignKey(Contribution, on_delete=models.PROTECT, related_name="grades")
    source = models.CharField(max_length=1)
    information = models.CharField(max_length=1)
    handling = models.CharField(max_length=1)
    conditions = models.CharField(max_length=300, blank=True, default="")
    priority = models.CharField(max_length=6)
    cleared = models.BooleanField(default=False)
    words_for_meeting = models.CharField(max_length=1000, blank=True, default="")
    became = models.CharField(max_length=10, choices=Became, blank=True, default="")
    by = models.ForeignKey(Practitioner, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["-at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(cleared=False) | ~Q(words_for_meeting=""), name="what_is_cleared_has_words_for_the_meeting"
            ),
            models.CheckConstraint(
                condition=Q(handling="P") | ~Q(conditions=""), name="sharing_with_conditions_names_them"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.source}{self.information}{self.handling}"


class ApiToken(models.Model):
    """A key to the API for one agency and the kinds it may send. Only a hash of the key is kept."""

    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="tokens")
    name = models.CharField(max_length=120)
    hashed = models.CharField(max_length=64, unique=True)
    kinds = models.JSONField(default=list)
    made_at = models.DateTimeField()
    # A key made before keys ran out has none: no server starts with such a one.
    expires_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return self.name
