"""Who answered what is urgent, who was called for it, and what nobody of the front door has opened."""

from django.db import models
from django.db.models import Q

from alongside.agencies.models import Practitioner


class Acknowledgement(models.Model):
    """Somebody of the team that receives it said: we have this. Ends its waiting, not its work. Several where whoever
    said so was walled off from it since, and a colleague took it up."""

    contribution = models.ForeignKey(
        "contributions.Contribution", on_delete=models.PROTECT, related_name="acknowledgements"
    )
    doing = models.CharField(max_length=300, blank=True, default="")
    by = models.ForeignKey(Practitioner, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.contribution_id} by {self.by_id}"


class Call(models.Model):
    """Somebody who answers what is urgent is told by e-mail that something needs them: `turn` 0 first, then each time
    they are reminded. Kept, so that it can be seen who was told when; the message itself names nothing."""

    contribution = models.ForeignKey("contributions.Contribution", on_delete=models.PROTECT, related_name="calls")
    to = models.ForeignKey(Practitioner, on_delete=models.PROTECT, related_name="+")
    turn = models.PositiveSmallIntegerField()
    made_at = models.DateTimeField()
    tries = models.PositiveSmallIntegerField(default=0)
    try_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True)
    # Why the mail server did not take it, in a word.
    why_not = models.CharField(max_length=60, blank=True, default="")

    class Meta:
        ordering = ["turn", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["contribution", "to", "turn"], name="somebody_is_called_once_a_turn"),
            models.CheckConstraint(condition=Q(sent_at=None) | Q(tries__gte=1), name="what_was_sent_was_tried"),
        ]
        indexes = [models.Index(fields=["try_at"], condition=Q(sent_at=None), name="calls_to_make")]

    def __str__(self) -> str:
        return f"{self.contribution_id} to {self.to_id}, turn {self.turn}"


class Unopened(models.Model):
    """Something that came to the front door and that nobody of it has opened yet; opening it ends this row."""

    contribution = models.OneToOneField(
        "contributions.Contribution", on_delete=models.PROTECT, primary_key=True, related_name="unopened"
    )

    def __str__(self) -> str:
        return f"{self.pk} waits"
