"""Who we are: partner organisations, their teams, and the practitioners who hold a seat."""

from functools import cached_property
from typing import NamedTuple

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models

from alongside.access.permissions import Permission
from alongside.access.roles import ROLES
from alongside.access.rules import Reader


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
    def get_queryset(self) -> models.QuerySet["Practitioner"]:
        """With their agency: no page asks who may read it without asking for whom they work."""
        return super().get_queryset().select_related("agency")

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

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS = ["name"]
    objects = PractitionerManager()

    class Meta:
        ordering = ["name", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(role__in=sorted(ROLES)), name="a_practitioner_holds_a_role_that_exists"
            )
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

    @cached_property
    def reader(self) -> Reader:
        """This practitioner as the rules of access see them."""
        return Reader(
            agency=self.agency_id,
            is_statutory=self.agency.is_statutory,
            sees_police_only=self.may(Permission.SEE_POLICE_ONLY),
            key=self.key,
        )
