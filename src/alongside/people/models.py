"""Children and the adults around them, known through the records that agencies hold of them."""

from django.db import models
from django.db.models import Q

from alongside.access.rules import Level
from alongside.agencies.models import Agency, Practitioner, Team

from .rules import EMERGENCY
from .sealing import NumbersSealedField, SealedField


class Person(models.Model):
    """One human being. What we show of them comes from the agencies' records that are linked to them."""

    reference = models.CharField(max_length=12, unique=True)
    given_name = models.CharField(max_length=120, blank=True, default="")
    family_name = models.CharField(max_length=120, blank=True, default="")
    called = models.CharField(max_length=120, blank=True, default="")
    date_of_birth = models.CharField(max_length=10, blank=True, default="")
    sex = models.CharField(max_length=2, blank=True, default="")
    language = models.CharField(max_length=120, blank=True, default="")
    trusted_person = models.CharField(max_length=200, blank=True, default="")
    # A person all of whose records were linked elsewhere stays, empty: nothing is deleted in use.
    stands = models.BooleanField(default=True)

    class Meta:
        ordering = ["family_name", "given_name", "pk"]

    def __str__(self) -> str:
        return self.reference

    @property
    def likes_to_be_called(self) -> str:
        return self.called or self.given_name or "Name not known"

    @property
    def full_name(self) -> str:
        return f"{self.given_name} {self.family_name}".strip() or "Name not known"


class AgencyRecord(models.Model):
    """How one agency knows somebody: its reference, and what it last told us. Earlier tellings stay in
    `earlier`, newest first; the contributions themselves are never rewritten."""

    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="records")
    system = models.CharField(max_length=60)
    reference = models.CharField(max_length=120)
    given_name = models.CharField(max_length=120, blank=True, default="")
    family_name = models.CharField(max_length=120, blank=True, default="")
    aliases = models.JSONField(default=list)
    date_of_birth = models.CharField(max_length=10, blank=True, default="")
    sex = models.CharField(max_length=2, blank=True, default="")
    postcode = models.CharField(max_length=8, blank=True, default="")
    nhs_number = SealedField(max_length=120, blank=True, default="")
    upn = SealedField(max_length=120, blank=True, default="")
    la_child_id = SealedField(max_length=120, blank=True, default="")
    school_urn = models.CharField(max_length=6, blank=True, default="")
    ethnicity = models.JSONField(default=dict)
    more = NumbersSealedField(default=dict)
    earlier = models.JSONField(default=list)
    # What was told to a few only: it helps to say whose record this is, and is shown to nobody.
    closed = NumbersSealedField(default=dict)
    # False when all that told of them was corrected: they are found and shown no longer.
    is_told = models.BooleanField(default=True)
    told_at = models.DateTimeField()
    person = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="records")

    class Meta:
        ordering = ["agency", "reference", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["agency", "system", "reference"], name="an_agency_knows_a_reference_once")
        ]

    def __str__(self) -> str:
        return f"{self.agency_id} {self.reference}"

    @property
    def full_name(self) -> str:
        return f"{self.given_name} {self.family_name}".strip() or "Name not known"


class NameKey(models.Model):
    """One way in to a person by name: a word of it, how it sounds, a nickname's root, a number, a date."""

    record = models.ForeignKey(AgencyRecord, on_delete=models.CASCADE, related_name="name_keys")
    key = models.CharField(max_length=80)

    class Meta:
        indexes = [models.Index(fields=["key", "record"], name="records_by_name_key")]

    def __str__(self) -> str:
        return self.key


class Standing(models.Model):
    """Why a practitioner, a team or an agency stands near a child, from when until when."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="standings")
    practitioner = models.ForeignKey(Practitioner, on_delete=models.PROTECT, null=True, blank=True)
    team = models.ForeignKey(Team, on_delete=models.PROTECT, null=True, blank=True)
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT)
    level = models.CharField(max_length=5, choices=[(level.value, level.value) for level in Level])
    role = models.CharField(max_length=120)
    worker = models.CharField(max_length=120, blank=True, default="")
    phone = models.CharField(max_length=40, blank=True, default="")
    because = models.CharField(max_length=200)
    source = models.CharField(max_length=160)
    # Tells nobody else anything of the child: emergency access, or work told under a closed handling.
    is_quiet = models.BooleanField(default=False)
    since = models.DateTimeField()
    # False where nobody told the day on which it began: `since` is then when it was told.
    says_since = models.BooleanField(default=True)
    until = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["since", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(until=None) | models.Q(until__gte=models.F("since")),
                name="a_standing_ends_after_it_begins",
            ),
            models.UniqueConstraint(fields=["person", "source"], name="a_contribution_gives_a_person_one_standing"),
            models.CheckConstraint(
                condition=~models.Q(source__startswith=EMERGENCY) | models.Q(is_quiet=True),
                name="emergency_access_is_quiet",
            ),
        ]
        indexes = [
            models.Index(fields=["agency", "person"], name="standing_by_agency"),
            models.Index(fields=["team", "person"], name="standing_by_team"),
            models.Index(fields=["practitioner", "person"], name="standing_by_practitioner"),
            models.Index(fields=["since"], condition=Q(practitioner__isnull=False), name="standing_of_one_by_since"),
        ]

    def __str__(self) -> str:
        return f"{self.role} for {self.person_id}"


class Verdict(models.TextChoices):
    FAIR = "judged_fair", "It was fair"
    TRAINING = "training_agreed", "Training is agreed"
    NOT_FAIR = "judged_not_fair", "It was not fair"


class EmergencyNotice(models.Model):
    """Told to one practitioner: somebody opened a child's record in an emergency. It waits on their first page
    until they say whether that was fair."""

    standing = models.ForeignKey(Standing, on_delete=models.PROTECT, related_name="notices")
    told = models.ForeignKey(Practitioner, on_delete=models.PROTECT, related_name="emergency_notices")
    told_at = models.DateTimeField()
    told_as = models.CharField(max_length=200)
    # When the letter of it is tried next, none where none is owed; how often it was, and when it left.
    write_at = models.DateTimeField(null=True, blank=True)
    tries = models.PositiveSmallIntegerField(default=0)
    written_at = models.DateTimeField(null=True, blank=True)
    judged_at = models.DateTimeField(null=True, blank=True)
    # Of those whose office it is: not always who was told.
    judged_by = models.ForeignKey(Practitioner, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    verdict = models.CharField(max_length=20, choices=Verdict, blank=True, default="")
    because = models.CharField(max_length=300, blank=True, default="")

    class Meta:
        ordering = ["told_at", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["standing", "told"], name="an_emergency_is_told_to_each_once"),
            models.CheckConstraint(
                condition=Q(judged_at=None, judged_by=None, verdict="")
                | (Q(judged_at__isnull=False, judged_by__isnull=False) & ~Q(verdict="") & ~Q(because="")),
                name="a_judgement_says_when_who_and_why",
            ),
        ]
        indexes = [
            models.Index(fields=["told", "judged_at"], name="notices_that_wait"),
            models.Index(fields=["write_at"], condition=Q(write_at__isnull=False), name="emergency_letters_owed"),
        ]

    def __str__(self) -> str:
        return f"{self.standing_id} told to {self.told_id}"


class Tie(models.Model):
    """A practitioner's own word that they know a child or the family outside work. While it stands, the child's
    record is closed to them, front door or not."""

    practitioner = models.ForeignKey(Practitioner, on_delete=models.PROTECT, related_name="ties")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="ties")
    because = models.CharField(max_length=300)
    declared_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by = models.ForeignKey(Practitioner, on_delete=models.PROTECT, null=True, related_name="+")
    ended_because = models.CharField(max_length=300, blank=True, default="")

    class Meta:
        ordering = ["declared_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["practitioner", "person"], condition=Q(ended_at=None), name="a_tie_is_declared_once"
            ),
            models.CheckConstraint(
                condition=Q(ended_at=None, ended_by=None, ended_because="")
                | (Q(ended_at__isnull=False, ended_by__isnull=False) & ~Q(ended_because="")),
                name="a_tie_that_ended_says_when_who_and_why",
            ),
            models.CheckConstraint(
                condition=Q(ended_by=None) | ~Q(ended_by=models.F("practitioner")), name="nobody_ends_their_own_tie"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.practitioner_id} is tied to {self.person_id}"


class Restriction(models.Model):
    """While it stands, a child's whole record is for the practitioners named on it and for nobody else."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="restrictions")
    because = models.CharField(max_length=300)
    restricted_at = models.DateTimeField()
    restricted_by = models.ForeignKey(Practitioner, on_delete=models.PROTECT, related_name="+")
    lifted_at = models.DateTimeField(null=True, blank=True)
    lifted_by = models.ForeignKey(Practitioner, on_delete=models.PROTECT, null=True, related_name="+")
    lifted_because = models.CharField(max_length=300, blank=True, default="")

    class Meta:
        ordering = ["restricted_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["person"], condition=Q(lifted_at=None), name="a_child_is_restricted_once_at_a_time"
            ),
            models.CheckConstraint(
                condition=Q(lifted_at=None, lifted_by=None, lifted_because="")
                | (Q(lifted_at__isnull=False, lifted_by__isnull=False) & ~Q(lifted_because="")),
                name="a_restriction_that_was_lifted_says_when_who_and_why",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} is restricted"


class NamedReader(models.Model):
    """Somebody named on a restriction: whoever is named reads the record, from when until when."""

    restriction = models.ForeignKey(Restriction, on_delete=models.PROTECT, related_name="named")
    practitioner = models.ForeignKey(Practitioner, on_delete=models.PROTECT, related_name="+")
    named_at = models.DateTimeField()
    named_by = models.ForeignKey(Practitioner, on_delete=models.PROTECT, related_name="+")
    until = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["named_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["restriction", "practitioner"], condition=Q(until=None), name="a_reader_is_named_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.practitioner_id} reads {self.restriction_id}"
