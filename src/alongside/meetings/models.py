"""What a meeting keeps: the actions that were raised in it, until somebody says what came of them."""

from django.db import models
from django.db.models import Q

from alongside.agencies.models import Practitioner
from alongside.contributions.models import Contribution
from alongside.people.models import Person


class MeetingAction(models.Model):
    """What somebody said they would do about a child, at which day's meeting, by when, and what came of it.

    `because`: what the meeting heard. Whoever may not read that reads of the action only that there is one.
    """

    raised_for = models.DateField()
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="meeting_actions")
    because = models.ForeignKey(Contribution, on_delete=models.PROTECT, related_name="+")
    what = models.CharField(max_length=200)
    owner = models.ForeignKey(Practitioner, on_delete=models.PROTECT, related_name="meeting_actions")
    due = models.DateField()
    raised_by = models.ForeignKey(Practitioner, on_delete=models.PROTECT, related_name="+")
    raised_at = models.DateTimeField()
    done_at = models.DateTimeField(null=True, blank=True)
    done_by = models.ForeignKey(Practitioner, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    outcome = models.CharField(max_length=300, blank=True, default="")

    class Meta:
        ordering = ["due", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(done_at=None, done_by=None, outcome="")
                | (Q(done_at__isnull=False, done_by__isnull=False) & ~Q(outcome="")),
                name="an_action_done_says_who_when_and_what_came_of_it",
            )
        ]
        indexes = [
            models.Index(fields=["owner", "done_at"], name="actions_by_owner"),
            models.Index(fields=["person", "raised_for"], name="actions_by_person"),
            models.Index(fields=["done_at", "raised_for"], name="actions_still_open"),
        ]

    def __str__(self) -> str:
        return f"{self.what}, by {self.due}"
