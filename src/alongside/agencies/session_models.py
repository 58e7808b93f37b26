"""What signing in leaves behind: sessions, devices that are known, tries that failed, links that were sent."""

from datetime import datetime
from uuid import uuid4

from django.db import models


class KnownDevice(models.Model):
    """A browser in which somebody has signed in before; it carries a secret that only it and we know."""

    practitioner = models.ForeignKey("agencies.Practitioner", on_delete=models.PROTECT, related_name="devices")
    # Of the secret in its cookie we keep the SHA-256, in hexadecimal.
    digest = models.CharField(max_length=64)
    browser = models.CharField(max_length=80)
    first_seen_at = models.DateTimeField()
    last_seen_at = models.DateTimeField()
    forgotten_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-last_seen_at", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["practitioner", "digest"], name="a_device_is_known_once_to_each")
        ]

    def __str__(self) -> str:
        return f"{self.browser} of {self.practitioner_id}"


class SignedIn(models.Model):
    """One session of one practitioner. It is looked up anew for every request: once it has ended, it opens nothing."""

    key = models.UUIDField(unique=True, default=uuid4)
    practitioner = models.ForeignKey("agencies.Practitioner", on_delete=models.PROTECT, related_name="sessions")
    device = models.ForeignKey(KnownDevice, on_delete=models.PROTECT, null=True, blank=True)
    how = models.CharField(max_length=60, blank=True, default="")
    browser = models.CharField(max_length=80, blank=True, default="")
    source = models.CharField(max_length=45, blank=True, default="")
    began_at = models.DateTimeField()
    last_seen_at = models.DateTimeField()
    factor_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_because = models.CharField(max_length=60, blank=True, default="")

    class Meta:
        ordering = ["-began_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(ended_at=None, ended_because="")
                | (models.Q(ended_at__isnull=False) & ~models.Q(ended_because="")),
                name="a_session_that_ended_says_why",
            )
        ]

    def __str__(self) -> str:
        return f"{self.practitioner_id} since {self.began_at:%Y-%m-%d %H:%M}"


class Tries(models.Model):
    """How often something was tried, by whom it is counted against. Forgotten when `until` has passed."""

    digest = models.CharField(max_length=64, unique=True)
    count = models.PositiveIntegerField(default=0)
    next_at = models.DateTimeField()
    until = models.DateTimeField(db_index=True)

    def __str__(self) -> str:
        return f"{self.count} until {self.until:%Y-%m-%d %H:%M}"


class Invitation(models.Model):
    """A link that opens a seat once: its holder sets a password and a second factor."""

    practitioner = models.ForeignKey("agencies.Practitioner", on_delete=models.PROTECT, related_name="invitations")
    digest = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-made_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(expires_at__gt=models.F("made_at")), name="an_invitation_ends_after_it_was_made"
            ),
            models.CheckConstraint(
                condition=models.Q(used_at=None) | models.Q(withdrawn_at=None),
                name="an_invitation_is_used_or_withdrawn_not_both",
            ),
        ]

    def __str__(self) -> str:
        return f"for {self.practitioner_id} until {self.expires_at:%Y-%m-%d %H:%M}"

    def is_open(self, at: datetime) -> bool:
        return self.used_at is None and self.withdrawn_at is None and at < self.expires_at


class SingleSignOnName(models.Model):
    """By which name an agency's own sign-in knows one of its seats: bound at the first sign-in, never to another."""

    practitioner = models.OneToOneField("agencies.Practitioner", on_delete=models.PROTECT, related_name="sign_on_name")
    issuer = models.URLField(max_length=300)
    subject = models.CharField(max_length=255)
    bound_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["issuer", "subject"], name="a_name_of_an_agencys_sign_in_is_one_seats")
        ]

    def __str__(self) -> str:
        return f"{self.subject} at {self.issuer}"
