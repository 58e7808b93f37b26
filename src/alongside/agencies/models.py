"""Who we are: partner organisations, their teams, and the practitioners who hold a seat."""

from functools import cached_property
from typing import NamedTuple

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models

from alongside.access.permissions import Permission
from alongside.access.roles import ROLES
from alongside.access.rules import Reader

from .rules import Seat
from .session_models import Invitation, KnownDevice, SignedIn, SingleSignOnName, Tries

__all__ = [
    "Agency",
    "Invitation",
    "KnownDevice",
    "NavigationItem",
    "Practitioner",
    "SignedIn",
    "SingleSignOnName",
    "Team",
    "Tries",
]


class Agency(models.Model):
    """A partner organisation. Its slug is the word that files and handling use for it."""

    slug = models.SlugField(primary_key=True, max_length=60)
    name = models.CharField(max_length=120)
    short_name = models.CharField(max_length=40)
    sector = models.CharField(max_length=40)
    is_statutory = models.BooleanField()
    phone = models.CharField(max_length=40, blank=True, default="")

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class Team(models.Model):
    slug = models.SlugField(primary_key=True, max_length=80)
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="teams")
    name = models.CharField(max_length=120)
    phone = models.CharField(max_length=40, blank=True, default="")

    class Meta:
        ordering = ["agency", "name"]

    def __str__(self) -> str:
        return self.name


class NavigationItem(NamedTuple):
    label: str
    url_name: str


class PractitionerManager(BaseUserManager["Practitioner"]):
    def get_by_natural_key(self, username: str | None) -> "Practitioner":
        return self.get(email__iexact=username)


class Practitioner(AbstractBaseUser):
    """Somebody who works for a partner and holds a seat: they sign in, contribute, and see what they may."""

    key = models.SlugField(unique=True, max_length=80)
    email = models.EmailField(unique=True)
    name = models.CharField(max_length=120)
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="practitioners")
    team = models.ForeignKey(Team, on_delete=models.PROTECT, null=True, blank=True, related_name="practitioners")
    role = models.CharField(max_length=40)
    job_title = models.CharField(max_length=80, blank=True, default="")
    phone = models.CharField(max_length=40, blank=True, default="")
    is_active = models.BooleanField(default=True)
    last_seen_at = models.DateTimeField(null=True, blank=True)
    joined_at = models.DateTimeField(null=True, blank=True)
    # When somebody last said that the seat is still needed; giving it says so too.
    checked_at = models.DateTimeField(null=True, blank=True)
    suspended_at = models.DateTimeField(null=True, blank=True)
    suspended_because = models.CharField(max_length=200, blank=True, default="")
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_because = models.CharField(max_length=200, blank=True, default="")
    # The newest seat of the same person, where the mailbox of this one went over to it; see `same_person`.
    goes_on_as = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="earlier")

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS = ["name"]
    objects = PractitionerManager()

    class Meta:
        ordering = ["name", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(role__in=sorted(ROLES)), name="a_practitioner_holds_a_role_that_exists"
            ),
            models.CheckConstraint(
                condition=models.Q(is_active=False) | models.Q(suspended_at=None, ended_at=None),
                name="a_seat_that_is_suspended_or_ended_is_not_active",
            ),
            models.CheckConstraint(
                condition=models.Q(suspended_at=None, suspended_because="")
                | (models.Q(suspended_at__isnull=False) & ~models.Q(suspended_because="")),
                name="a_suspended_seat_says_why",
            ),
            models.CheckConstraint(
                condition=models.Q(ended_at=None, ended_because="")
                | (models.Q(ended_at__isnull=False) & ~models.Q(ended_because="")),
                name="an_ended_seat_says_why",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def may(self, permission: Permission) -> bool:
        return self.is_active and permission in ROLES[self.role].permissions

    @property
    def role_name(self) -> str:
        return self.job_title or ROLES[self.role].name

    @property
    def navigation(self) -> list[NavigationItem]:
        return [NavigationItem(*item) for item in ROLES[self.role].navigation]

    @property
    def can_find(self) -> bool:
        return self.may(Permission.FIND_CHILDREN)

    @property
    def seat(self) -> Seat:
        """This seat as the rules see it."""
        return Seat(
            key=self.key,
            agency=self.agency_id,
            joined=self.joined_at is not None,
            suspended=not self.is_active and self.ended_at is None,
            ended=self.ended_at is not None,
            checked_at=self.checked_at,
        )

    @cached_property
    def reader(self) -> Reader:
        """This practitioner as the rules of access see them."""
        return Reader(
            agency=self.agency_id,
            is_statutory=self.agency.is_statutory,
            sees_police_only=self.may(Permission.SEE_POLICE_ONLY),
            key=self.key,
            team=self.team_id or "",
            sees_children=self.may(Permission.SEE_CHILDREN),
            is_front_door=self.may(Permission.FRONT_DOOR),
        )
