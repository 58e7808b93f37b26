"""Decisions to give information about a child to somebody outside the team, or not to."""

from django.db import models
from django.db.models import Q

from alongside.agencies.models import Agency, Practitioner, Team
from alongside.contributions.models import Contribution
from alongside.people.models import AgencyRecord, Person
from alongside.people.sealing import WordsSealedField


class Choice(models.TextChoices):
    GIVE = "give", "Given"
    WITHHOLD = "withhold", "Not given"


class FamilyKnows(models.TextChoices):
    TOLD = "told", "They know"
    LATER = "later", "They are told as soon as it is safe"
    NOT_TOLD = "not_told", "They are not told"


class WhyNot(models.TextChoices):
    DETRIMENT = "detriment", "It would harm the child more than it helps"
    NOT_RELEVANT = "not_relevant", "It is not relevant to what they do"
    NOT_NOW = "not_now", "Not now: more has to be known first"
    NO_BASIS = "no_basis", "There is no basis in law"


class ShareDecision(models.Model):
    """What was considered: given to one recipient, or not given, by whom, why and on what basis.

    An urgent one is given first: what is asked of every other waits in it until `recorded_at`.
    """

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="share_decisions")
    choice = models.CharField(max_length=10, choices=Choice)
    to_practitioner = models.ForeignKey(Practitioner, on_delete=models.PROTECT, null=True, related_name="+")
    to_team = models.ForeignKey(Team, on_delete=models.PROTECT, null=True, related_name="+")
    to_outside = models.CharField(max_length=200, blank=True, default="")
    words = models.TextField(max_length=5000, blank=True, default="")
    because = models.CharField(max_length=500, blank=True, default="")
    bases = models.JSONField(default=list)
    family = models.CharField(max_length=10, choices=FamilyKnows, blank=True, default="")
    family_because = models.CharField(max_length=300, blank=True, default="")
    advice = models.CharField(max_length=300, blank=True, default="")
    by = models.ForeignKey(Practitioner, on_delete=models.PROTECT, related_name="share_decisions")
    # The agency that the decision was made for, whatever seat its maker moves to.
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    is_urgent = models.BooleanField(default=False)
    record_by = models.DateTimeField(null=True)
    recorded_at = models.DateTimeField(null=True)
    # Who recorded the rest in place of whoever gave it, once they could not.
    recorded_by = models.ForeignKey(Practitioner, on_delete=models.PROTECT, null=True, related_name="+")
    expires_on = models.DateField(null=True)
    ended_at = models.DateTimeField(null=True)
    ended_by = models.ForeignKey(Practitioner, on_delete=models.PROTECT, null=True, related_name="+")
    ended_because = models.CharField(max_length=300, blank=True, default="")
    # When whoever gave it rang a recipient without a seat, and told them.
    rang_at = models.DateTimeField(null=True)
    # When what was given under it was disposed of: all of it, or on paper any; and when its holder was told.
    gone_at = models.DateTimeField(null=True)
    told_gone_at = models.DateTimeField(null=True)
    # Who told the paper’s holder, of that or of a correction, in place of whoever gave it, once they could not.
    told_by = models.ForeignKey(Practitioner, on_delete=models.PROTECT, null=True, related_name="+")
    why_not = models.CharField(max_length=20, choices=WhyNot, blank=True, default="")
    second_asked = models.ForeignKey(Practitioner, on_delete=models.PROTECT, null=True, related_name="+")
    second_by = models.ForeignKey(Practitioner, on_delete=models.PROTECT, null=True, related_name="+")
    second_at = models.DateTimeField(null=True)
    second_agrees = models.BooleanField(null=True)
    second_because = models.CharField(max_length=300, blank=True, default="")
    # Who saw to what was not given, and waited to be decided again, once whoever decided it could not.
    seen_to_at = models.DateTimeField(null=True)
    seen_to_by = models.ForeignKey(Practitioner, on_delete=models.PROTECT, null=True, related_name="+")
    seen_to_because = models.CharField(max_length=300, blank=True, default="")

    class Meta:
        ordering = ["-at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(to_practitioner__isnull=False, to_team=None, to_outside="")
                | Q(to_practitioner=None, to_team__isnull=False, to_outside="")
                | (Q(to_practitioner=None, to_team=None) & ~Q(to_outside="")),
                name="a_share_decision_names_one_recipient",
            ),
            models.CheckConstraint(
                condition=Q(recorded_at__isnull=False) | Q(is_urgent=True, record_by__isnull=False, choice="give"),
                name="only_what_is_urgent_is_recorded_after",
            ),
            models.CheckConstraint(
                condition=Q(recorded_at=None) | ~Q(because=""), name="a_recorded_share_decision_says_why"
            ),
            models.CheckConstraint(
                condition=Q(choice="give", why_not="", expires_on__isnull=False)
                | (Q(choice="withhold", expires_on=None) & ~Q(why_not="")),
                name="what_is_not_given_says_why_not",
            ),
            models.CheckConstraint(
                condition=Q(recorded_at=None)
                | Q(choice="withhold")
                | Q(family="told")
                | (Q(family__in=["later", "not_told"]) & ~Q(family_because="")),
                name="a_family_that_is_not_told_has_a_reason",
            ),
            models.CheckConstraint(
                condition=Q(second_at=None, second_by=None, second_agrees=None, second_because="")
                | (Q(second_at__isnull=False, second_by__isnull=False, second_agrees__isnull=False))
                & ~Q(second_because=""),
                name="a_second_person_says_who_when_and_why",
            ),
            models.CheckConstraint(
                condition=~Q(second_by=models.F("by")) & ~Q(second_asked=models.F("by")),
                name="the_second_person_is_another",
            ),
            models.CheckConstraint(
                condition=~Q(why_not="detriment") | Q(second_asked__isnull=False), name="detriment_asks_a_second_person"
            ),
            models.CheckConstraint(
                condition=Q(ended_at=None, ended_by=None, ended_because="")
                | (Q(ended_at__isnull=False, ended_by__isnull=False) & ~Q(ended_because="")),
                name="what_was_given_is_taken_back_by_somebody_with_a_reason",
            ),
            models.CheckConstraint(
                condition=Q(seen_to_at=None, seen_to_by=None, seen_to_because="")
                | (Q(choice="withhold", seen_to_at__isnull=False, seen_to_by__isnull=False) & ~Q(seen_to_because="")),
                name="what_was_left_is_seen_to_by_somebody_who_says_how",
            ),
        ]
        indexes = [
            models.Index(fields=["person", "-at"], name="share_decisions_by_person"),
            models.Index(fields=["by", "-at"], name="share_decisions_by_maker"),
            models.Index(fields=["to_practitioner", "-at"], name="given_to_a_practitioner"),
            models.Index(fields=["to_team", "-at"], name="given_to_a_team"),
        ]

    def __str__(self) -> str:
        return f"{self.choice} {self.pk}"

    @property
    def subject(self) -> str:
        """What the ledger calls it."""
        return f"share:{self.pk}"

    @property
    def recipient(self) -> str:
        """Who it is for, in words; the caller has fetched seat, team and agency."""
        if self.to_practitioner:
            return f"{self.to_practitioner.name}, {self.to_practitioner.agency.short_name}"
        return f"{self.to_team.name}, {self.to_team.agency.short_name}" if self.to_team else self.to_outside

    @property
    def has_seat(self) -> bool:
        return not self.to_outside


class SharedEntry(models.Model):
    """One entry that was given, in the version that stood then, about whom, and the conditions that police set."""

    decision = models.ForeignKey(ShareDecision, on_delete=models.PROTECT, related_name="entries")
    contribution = models.ForeignKey(Contribution, on_delete=models.PROTECT, related_name="+")
    record = models.ForeignKey(AgencyRecord, on_delete=models.PROTECT, related_name="+")
    role = models.CharField(max_length=40)
    title = models.CharField(max_length=200)
    conditions = models.CharField(max_length=300, blank=True, default="")
    # Until when whoever gave it has told a recipient without a seat of corrections.
    told_of_changes_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["decision", "contribution"], name="an_entry_is_given_once_a_decision")
        ]

    def __str__(self) -> str:
        return self.title


class NowLetter(models.Model):
    """Somebody to whom something was given because somebody is in danger, or one of the team it was given to, is told
    by e-mail that something waits. Kept, so that whoever gave it sees whom that reached; the letter names nothing."""

    decision = models.ForeignKey(ShareDecision, on_delete=models.PROTECT, related_name="letters")
    to = models.ForeignKey(Practitioner, on_delete=models.PROTECT, related_name="+")
    # When it is tried next, none where it is owed no more; how often it was tried, and when it left.
    write_at = models.DateTimeField(null=True)
    tries = models.PositiveSmallIntegerField(default=0)
    written_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["decision", "to"], name="of_a_giving_each_is_written_to_once"),
            models.CheckConstraint(condition=Q(written_at=None) | Q(tries__gte=1), name="a_letter_that_left_was_tried"),
        ]
        indexes = [models.Index(fields=["write_at"], condition=Q(write_at__isnull=False), name="letters_of_givings")]

    def __str__(self) -> str:
        return f"{self.decision_id} to {self.to_id}"


class Page(models.TextChoices):
    """A page on which somebody writes what they send at its end."""

    SHARE = "share", "Share"
    SHARE_NOW = "share_now", "Share now"
    SHARE_NOT = "share_not", "Not to share"
    REST = "share_rest", "Record the rest"
    # The same, where the record was closed to whoever gave it, and where somebody else stands in for them: on neither
    # is anything of the child, nor is what was written where there is.
    REST_CLOSED = "share_rest_closed", "Record the rest of what is closed"
    LEFT = "share_left", "Record the rest for somebody"


class ShareDraft(models.Model):
    """What somebody is writing on such a page, kept on the server as it is typed; seen by its author only.

    Once it is sent or thrown away its words are gone. Of the window that did so a row stays a little: what it saves
    late, while the next page is on its way, does not bring them back.
    """

    by = models.ForeignKey(Practitioner, on_delete=models.PROTECT, related_name="+")
    page = models.CharField(max_length=20, choices=Page)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    # What was given first, where this is the rest of it.
    decision = models.ForeignKey(ShareDecision, on_delete=models.PROTECT, null=True, related_name="+")
    answers = WordsSealedField(default=dict)
    # The window that saved it last: another one does not save over what this one wrote.
    window = models.CharField(max_length=36, blank=True, default="")
    began_at = models.DateTimeField()
    saved_at = models.DateTimeField()
    over_at = models.DateTimeField(null=True)
    # What the window decided as it was sent: sent once more, it decides nothing again.
    sent = models.ForeignKey(ShareDecision, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["-saved_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["by", "page", "person"],
                condition=Q(decision=None, over_at=None),
                name="one_draft_a_page_and_child",
            ),
            models.UniqueConstraint(
                fields=["by", "page", "decision"],
                condition=Q(decision__isnull=False, over_at=None),
                name="one_draft_of_the_rest_of_a_decision",
            ),
            models.UniqueConstraint(
                fields=["by", "page", "person", "window"],
                condition=Q(over_at__isnull=False),
                name="a_window_is_over_once",
            ),
            models.CheckConstraint(
                condition=Q(decision=None, page__in=["share", "share_now", "share_not"])
                | Q(decision__isnull=False, page__in=["share_rest", "share_rest_closed", "share_left"]),
                name="a_draft_of_the_rest_says_of_which_decision",
            ),
            models.CheckConstraint(
                condition=Q(sent=None) | Q(over_at__isnull=False), name="a_draft_that_was_sent_is_over"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.page} begun by {self.by_id}"
