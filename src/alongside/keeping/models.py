"""Holds, and proposals to dispose, and what partners are told of it. None carries a word of what was told."""

from django.db import models
from django.db.models import F, Q

from alongside.agencies.models import Agency, Practitioner
from alongside.contributions.kinds import kinds
from alongside.people.models import Person


class Hold(models.Model):
    """Nothing that it covers is disposed of until it ends: an inquiry, a complaint, a court.

    It covers what its agency told: everything; of one kind; of one person; or one thing in all its versions
    (`receipt`: that of the first).
    """

    controller = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="holds")
    kind = models.CharField(max_length=60, blank=True, default="")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True, related_name="holds")
    receipt = models.CharField(max_length=26, blank=True, default="")
    because = models.CharField(max_length=300)
    until = models.DateField(null=True, blank=True)
    placed_by = models.ForeignKey(Practitioner, on_delete=models.PROTECT, related_name="+")
    placed_at = models.DateTimeField()
    lifted_by = models.ForeignKey(Practitioner, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    lifted_at = models.DateTimeField(null=True, blank=True)
    lifted_because = models.CharField(max_length=300, blank=True, default="")

    class Meta:
        ordering = ["-placed_at", "-pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(because=""), name="a_hold_says_why"),
            models.CheckConstraint(
                condition=Q(lifted_at=None, lifted_by=None, lifted_because="")
                | Q(lifted_at__isnull=False, lifted_by__isnull=False) & ~Q(lifted_because=""),
                name="a_hold_is_lifted_by_whom_when_and_why",
            ),
        ]
        indexes = [models.Index(fields=["controller", "lifted_at"], name="holds_that_stand")]

    def __str__(self) -> str:
        return f"{self.controller_id}: {self.because}"


class Proposal(models.Model):
    """One person proposes to dispose of some things; another approves it, or says no and why."""

    class Verdict(models.TextChoices):
        WAITING = "waiting", "Waits for a second person"
        APPROVED = "approved", "Disposed of"
        REFUSED = "refused", "Kept"

    controller = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="proposals")
    proposed_by = models.ForeignKey(Practitioner, on_delete=models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField()
    verdict = models.CharField(max_length=10, choices=Verdict, default=Verdict.WAITING)
    decided_by = models.ForeignKey(Practitioner, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    decided_at = models.DateTimeField(null=True, blank=True)
    because = models.CharField(max_length=300, blank=True, default="")

    class Meta:
        ordering = ["-proposed_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(decided_by=None) | ~Q(decided_by=F("proposed_by")),
                name="nobody_approves_their_own_proposal",
            ),
            models.CheckConstraint(
                condition=Q(verdict="waiting", decided_by=None, decided_at=None)
                | Q(decided_by__isnull=False, decided_at__isnull=False) & ~Q(verdict="waiting"),
                name="a_decided_proposal_says_who_and_when",
            ),
            models.CheckConstraint(condition=~Q(verdict="refused") | ~Q(because=""), name="keeping_it_says_why"),
        ]
        indexes = [models.Index(fields=["controller", "verdict"], name="proposals_by_verdict")]

    def __str__(self) -> str:
        return f"{self.controller_id}, {self.proposed_at:%Y-%m-%d}: {self.verdict}"


class ProposedItem(models.Model):
    """One thing of a proposal, and what became of it. `first`: the receipt of its first version, which all versions
    share; `receipt`: of the version that was the newest then."""

    class Became(models.TextChoices):
        OPEN = "", "Not decided"
        DISPOSED = "disposed", "Disposed of"
        LEFT = "left", "Left: no longer due, or held"

    proposal = models.ForeignKey(Proposal, on_delete=models.CASCADE, related_name="items")
    first = models.CharField(max_length=26)
    receipt = models.CharField(max_length=26)
    kind = models.CharField(max_length=60)
    due = models.DateField()
    rule = models.CharField(max_length=200)
    became = models.CharField(max_length=10, choices=Became, blank=True, default=Became.OPEN)

    class Meta:
        ordering = ["due", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["proposal", "first"], name="a_proposal_names_a_thing_once"),
            models.UniqueConstraint(
                fields=["first"], condition=Q(became=""), name="a_thing_waits_in_one_proposal_at_a_time"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind}, due {self.due}"

    @property
    def name(self) -> str:
        """What this kind of thing is called."""
        kind = kinds().get(self.kind)
        return kind.name if kind else self.kind

    @property
    def short_receipt(self) -> str:
        """Enough of the receipt to say over the phone."""
        return f"{self.receipt[:4]}-{self.receipt[4:8]}"


class DisposalNotice(models.Model):
    """Told to an agency that had it: this was disposed of by whose it is; see to your copies, and say so."""

    told = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="disposal_notices")
    controller = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    receipt = models.CharField(max_length=26)
    kind = models.CharField(max_length=60)
    told_at = models.DateTimeField()
    done_by = models.ForeignKey(Practitioner, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    done_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["told_at", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["told", "receipt"], name="a_disposal_is_told_to_an_agency_once"),
            models.CheckConstraint(
                condition=Q(done_at=None, done_by=None) | Q(done_at__isnull=False, done_by__isnull=False),
                name="a_notice_done_says_who_and_when",
            ),
        ]
        indexes = [models.Index(fields=["told", "done_at"], name="disposals_told")]

    def __str__(self) -> str:
        return f"{self.receipt} told to {self.told_id}"
