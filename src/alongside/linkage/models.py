"""Which record is whose: links that can be undone, and pairs that a person must decide."""

from django.db import models
from django.db.models import F, Q

from alongside.agencies.models import Practitioner
from alongside.people.models import AgencyRecord, Person


class RecordLink(models.Model):
    """A record belongs to a person: by which rule, how sure, who decided. Undone, never deleted."""

    record = models.ForeignKey(AgencyRecord, on_delete=models.PROTECT, related_name="links")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="links")
    rule = models.CharField(max_length=40)
    reason = models.CharField(max_length=300)
    weight = models.FloatField(null=True, blank=True)
    linked_at = models.DateTimeField()
    linked_by = models.ForeignKey(Practitioner, on_delete=models.PROTECT, null=True, related_name="+")
    undone_at = models.DateTimeField(null=True, blank=True)
    undone_by = models.ForeignKey(Practitioner, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    undone_because = models.CharField(max_length=300, blank=True, default="")

    class Meta:
        ordering = ["linked_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["record"], condition=Q(undone_at=None), name="a_record_belongs_to_one_person_at_a_time"
            )
        ]

    def __str__(self) -> str:
        return f"{self.record_id} is {self.person_id}"


class Verdict(models.TextChoices):
    WAITING = "waiting", "Needs a person"
    SAME = "same", "Same child"
    DIFFERENT = "different", "Different children"
    NOT_SURE = "not_sure", "Not sure"


class LinkQuestion(models.Model):
    """Two records that may be one child. Each decision is a LinkDecision; this holds the one that stands.

    `doubted`: the one of the two that somebody who works with the child says is another's; `doubt`: who, and how
    they know.
    """

    left = models.ForeignKey(AgencyRecord, on_delete=models.PROTECT, related_name="+")
    right = models.ForeignKey(AgencyRecord, on_delete=models.PROTECT, related_name="+")
    weight = models.FloatField()
    reason = models.CharField(max_length=300)
    asked_at = models.DateTimeField()
    verdict = models.CharField(max_length=10, choices=Verdict, default=Verdict.WAITING)
    doubted = models.ForeignKey(AgencyRecord, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    doubt = models.CharField(max_length=500, blank=True, default="")

    class Meta:
        ordering = ["asked_at", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["left", "right"], name="a_pair_is_asked_about_once"),
            models.CheckConstraint(condition=Q(left__lt=F("right")), name="a_pair_has_one_order"),
        ]
        indexes = [models.Index(fields=["verdict", "asked_at"], name="questions_by_verdict")]

    def __str__(self) -> str:
        return f"{self.left_id} and {self.right_id}: {self.verdict}"


class LinkDecision(models.Model):
    """What a person decided about a pair, and why. Later decisions stand beside earlier ones."""

    question = models.ForeignKey(LinkQuestion, on_delete=models.PROTECT, related_name="decisions")
    verdict = models.CharField(max_length=10, choices=Verdict)
    because = models.CharField(max_length=500, blank=True, default="")
    decided_by = models.ForeignKey(Practitioner, on_delete=models.PROTECT, related_name="+")
    decided_at = models.DateTimeField()
    undone_at = models.DateTimeField(null=True, blank=True)
    undone_by = models.ForeignKey(Practitioner, on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ["decided_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(undone_at=None, undone_by=None) | Q(undone_at__isnull=False, undone_by__isnull=False),
                name="an_undone_decision_says_who_and_when",
            )
        ]

    def __str__(self) -> str:
        return f"{self.question_id}: {self.verdict}"
