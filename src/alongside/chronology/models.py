"""One timeline a child: the projection that the pages read."""

from django.db import models
from django.db.models import Q

from alongside.agencies.models import Agency
from alongside.contributions.models import Contribution
from alongside.people.models import AgencyRecord, Person


class ChronologyEntry(models.Model):
    """What happened, when, to whom, told by whom, and who may read it. Rebuilt from contributions at will."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="entries")
    record = models.ForeignKey(AgencyRecord, on_delete=models.PROTECT, related_name="entries")
    contribution = models.ForeignKey(Contribution, on_delete=models.PROTECT, related_name="entries")
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=60)
    role = models.CharField(max_length=40)
    title = models.CharField(max_length=200)
    summary = models.CharField(max_length=300, blank=True, default="")
    occurred_at = models.DateTimeField()
    occurred_to = models.CharField(max_length=6, default="minute")
    # Until when it lasted, where the teller said so.
    until = models.DateTimeField(null=True)
    # When somebody of the telling agency saw the child, where what they told says so.
    seen_at = models.DateTimeField(null=True)
    told_at = models.DateTimeField()
    version = models.PositiveIntegerField(default=1)
    handling = models.CharField(max_length=12)
    # ",west-yorkshire-police,leeds-city-council," for `agencies`; keys of practitioners for `restricted`.
    readers = models.CharField(max_length=300, blank=True, default="")
    place = models.CharField(max_length=160, blank=True, default="")
    latitude = models.FloatField(null=True)
    longitude = models.FloatField(null=True)
    # What happened to this person, as the strip of events marks it: what the answers tell, not the kind alone.
    group = models.CharField(max_length=12, blank=True, default="")
    # The same incident told by several agencies shares one key.
    incident = models.CharField(max_length=40, blank=True, default="")
    withdrawn = models.BooleanField(default=False)

    class Meta:
        ordering = ["-occurred_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["contribution", "record", "role"], name="a_contribution_enters_a_record_once_a_role"
            )
        ]
        indexes = [
            models.Index(fields=["person", "-occurred_at", "-id"], name="timeline_of_a_person"),
            # What a first page asks of a whole timeline is found without reading it.
            models.Index(fields=["person", "kind", "-occurred_at"], name="entries_of_a_person_by_kind"),
            models.Index(
                fields=["person", "agency", "-seen_at"], condition=Q(seen_at__isnull=False), name="sights_of_a_person"
            ),
            # Whom the whole partnership may know of, for a search by somebody who is near few children.
            models.Index(
                fields=["person"],
                condition=Q(handling="partnership", withdrawn=False),
                name="shared_with_the_partnership",
            ),
            models.Index(fields=["occurred_at"], name="entries_by_time"),
            # With the handling in it, so that what is restricted is found among the news without reading the rest.
            models.Index(fields=["told_at", "handling"], name="entries_by_time_told"),
        ]

    def __str__(self) -> str:
        return self.title
