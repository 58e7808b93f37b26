"""Requests for what is held about somebody, and what each agency answers."""

from django.db import models
from django.db.models import F, Q

from alongside.agencies.models import Agency, Practitioner
from alongside.contributions.models import Contribution
from alongside.people.models import AgencyRecord, Person
from alongside.people.sealing import WordsSealedField


class AskedAs(models.TextChoices):
    SELF = "self", "The person themselves"
    PARENT = "parent", "A parent with responsibility"
    FOR_THEM = "for_them", "Somebody whom they asked to act for them"


class AccessRequest(models.Model):
    """Who asks for what is held about whom, how they were known to be who they say, and by when it is due."""

    # Who that is follows the record by which the officer found them: `person` is whose it is now.
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    known_as = models.ForeignKey(AgencyRecord, on_delete=models.PROTECT, null=True, related_name="+")
    asked_by = models.CharField(max_length=200)
    asked_as = models.CharField(max_length=10, choices=AskedAs)
    reply_to = models.CharField(max_length=200)
    identity_how = models.CharField(max_length=300)
    identity_on = models.DateField()
    received_on = models.DateField()
    due_on = models.DateField()
    edition = models.CharField(max_length=200)
    extended_to = models.DateField(null=True)
    extended_because = models.CharField(max_length=300, blank=True, default="")
    extended_by = models.ForeignKey(Practitioner, on_delete=models.PROTECT, null=True, related_name="+")
    extended_at = models.DateTimeField(null=True)
    logged_by = models.ForeignKey(Practitioner, on_delete=models.PROTECT, related_name="+")
    logged_at = models.DateTimeField()

    class Meta:
        ordering = ["due_on", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(extended_to=None, extended_by=None, extended_at=None, extended_because="")
                | (Q(extended_to__gt=F("due_on"), extended_by__isnull=False, extended_at__isnull=False))
                & ~Q(extended_because=""),
                name="an_extension_says_until_when_who_and_why",
            ),
            models.CheckConstraint(condition=Q(due_on__gt=F("received_on")), name="a_request_is_due_after_it_came"),
        ]

    def __str__(self) -> str:
        return f"AR-{self.pk}"

    @property
    def due(self) -> object:
        return self.extended_to or self.due_on

    @property
    def subject(self) -> str:
        """What the ledger calls it: never the person, whose team reads who looked at them."""
        return f"access_request:{self.pk}"


class RequestPart(models.Model):
    """What one agency answers. One officer says that it is ready; another lets it go, and then `pack` is what went."""

    request = models.ForeignKey(AccessRequest, on_delete=models.PROTECT, related_name="parts")
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    ready_by = models.ForeignKey(Practitioner, on_delete=models.PROTECT, null=True, related_name="+")
    ready_at = models.DateTimeField(null=True)
    returned_because = models.CharField(max_length=300, blank=True, default="")
    returned_at = models.DateTimeField(null=True)
    released_by = models.ForeignKey(Practitioner, on_delete=models.PROTECT, null=True, related_name="+")
    released_at = models.DateTimeField(null=True)
    pack = WordsSealedField(default=dict)

    class Meta:
        ordering = ["request", "agency"]
        constraints = [
            models.UniqueConstraint(fields=["request", "agency"], name="an_agency_answers_a_request_once"),
            models.CheckConstraint(
                condition=Q(ready_at=None, ready_by=None) | Q(ready_at__isnull=False, ready_by__isnull=False),
                name="ready_says_who_and_when",
            ),
            models.CheckConstraint(
                condition=Q(released_at=None, released_by=None)
                | (Q(released_at__isnull=False, released_by__isnull=False, ready_by__isnull=False))
                & ~Q(released_by=F("ready_by")),
                name="two_people_release_a_pack",
            ),
            models.CheckConstraint(condition=Q(released_at=None) | ~Q(pack={}), name="what_went_out_is_kept"),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def number(self) -> str:
        """What is printed on the pack and on each copy of it."""
        return f"AR-{self.request_id}-{self.pk}"

    @property
    def state(self) -> str:
        """One word of the table of status words."""
        if self.released_at:
            return "released"
        return "ready" if self.ready_at else "collected"


class PackItem(models.Model):
    """One thing that the agency holds: a version of something told, or how it knows the person (no contribution)."""

    part = models.ForeignKey(RequestPart, on_delete=models.PROTECT, related_name="items")
    record = models.ForeignKey(AgencyRecord, on_delete=models.PROTECT, related_name="+")
    contribution = models.ForeignKey(Contribution, on_delete=models.PROTECT, null=True, related_name="+")
    # Its sections (key, label, text) as they stood when it was collected: what was looked through is what goes out.
    texts = WordsSealedField(default=list)
    looked_by = models.ForeignKey(Practitioner, on_delete=models.PROTECT, null=True, related_name="+")
    looked_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["part", "record", "contribution"], name="a_pack_holds_each_telling_once"),
            models.UniqueConstraint(
                fields=["part", "record"], condition=Q(contribution=None), name="a_pack_holds_each_record_once"
            ),
            models.CheckConstraint(
                condition=Q(looked_at=None, looked_by=None) | Q(looked_at__isnull=False, looked_by__isnull=False),
                name="an_item_looked_through_says_who_and_when",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.part_id}: {self.contribution_id or 'record'}"

    @property
    def subject(self) -> str:
        """What the ledger calls it."""
        return f"access_request:{self.part.request_id}:{self.pk}"


class Mark(models.Model):
    """Something to hold back: a stretch of one section of an item, or, without a section, the whole of it."""

    item = models.ForeignKey(PackItem, on_delete=models.PROTECT, related_name="marks")
    section = models.CharField(max_length=200, blank=True, default="")
    start = models.PositiveIntegerField(default=0)
    end = models.PositiveIntegerField(default=0)
    exemption = models.CharField(max_length=40)
    because = models.CharField(max_length=300)
    by = models.ForeignKey(Practitioner, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    undone_by = models.ForeignKey(Practitioner, on_delete=models.PROTECT, null=True, related_name="+")
    undone_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["section", "start", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(section="", start=0, end=0) | (~Q(section="") & Q(end__gt=F("start"))),
                name="a_mark_is_a_stretch_or_the_whole",
            ),
            models.CheckConstraint(condition=~Q(because=""), name="a_mark_has_a_reason"),
            models.CheckConstraint(
                condition=Q(undone_at=None, undone_by=None) | Q(undone_at__isnull=False, undone_by__isnull=False),
                name="a_mark_taken_away_says_who_and_when",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.exemption} {self.section} {self.start}-{self.end}"
