"""The partners and their teams as the playbook lists them."""

from functools import lru_cache
from pathlib import Path
from typing import Annotated

from django.conf import settings
from pydantic import BaseModel, ConfigDict, Field, field_validator, model_validator

from alongside import playbook
from alongside.access.permissions import Permission
from alongside.access.roles import ROLES

Slug = Annotated[str, Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=60)]
LABEL = r"[a-z0-9]([a-z0-9-]*[a-z0-9])?"
# As an address ends, after its @.
Domain = Annotated[str, Field(pattern=rf"^{LABEL}(\.{LABEL})+$", max_length=253)]


class Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class ListedTeam(Strict):
    name: str = Field(max_length=120)
    phone: str = Field(default="", max_length=40)


class Partner(Strict):
    slug: Slug
    name: str = Field(max_length=120)
    short_name: str = Field(max_length=40)
    sector: str = Field(max_length=40)
    is_statutory: bool
    phone: str = Field(default="", max_length=40)
    teams: dict[Slug, ListedTeam] = {}
    # What each of its systems is, in words: files know it by the short name alone.
    systems: dict[str, str] = {}
    # Which roles its people may hold: nobody there is given another.
    roles: tuple[str, ...] = ()
    # Where the e-mail addresses of its people are: nobody there is given a seat with another. None: anywhere.
    email_domains: tuple[Domain, ...] = ()

    @field_validator("roles")
    @classmethod
    def each_role_exists(cls, roles: tuple[str, ...]) -> tuple[str, ...]:
        if unknown := sorted(set(roles) - set(ROLES)):
            raise ValueError(f"No role is called {', '.join(unknown)}")
        return roles

    def team_slug(self, name: str) -> str:
        return f"{self.slug}-{name}"


class Partners(Strict):
    agencies: list[Partner] = Field(min_length=1)

    @model_validator(mode="after")
    def each_stands_once(self) -> "Partners":
        slugs = [partner.slug for partner in self.agencies]
        twice = sorted({slug for slug in slugs if slugs.count(slug) > 1})
        if twice:
            raise ValueError(f"{', '.join(twice)} is listed twice")
        return self


@lru_cache(maxsize=4)
def _roles(file: Path) -> dict[str, tuple[str, ...]]:
    return {one.slug: one.roles for one in read_partners(file)}


def roles_of(agency: str) -> tuple[str, ...]:
    """Which roles the playbook lets this agency's people hold, in its order."""
    return _roles(settings.PLAYBOOK / "agencies.toml").get(agency, ())


def agencies_with(permission: Permission) -> list[str]:
    """Agencies of which the playbook lets somebody hold a role with that permission. For every other somebody stands
    in: also for one that left the partnership, which the playbook lists no more."""
    roles = _roles(settings.PLAYBOOK / "agencies.toml")
    return [slug for slug, held in roles.items() if any(permission in ROLES[role].permissions for role in held)]


@lru_cache(maxsize=4)
def _domains(file: Path) -> dict[str, tuple[str, ...]]:
    return {one.slug: one.email_domains for one in read_partners(file)}


def domains_of(agency: str) -> tuple[str, ...]:
    """At which domains the playbook says that this agency's people have their addresses; none where it does not say."""
    return _domains(settings.PLAYBOOK / "agencies.toml").get(agency, ())


@lru_cache(maxsize=4)
def _systems_of(file: Path) -> dict[tuple[str, str], str]:
    return {(one.slug, system): words for one in read_partners(file) for system, words in one.systems.items()}


def system_in_words(agency: str, system: str) -> str:
    """What this system of a partner is; where the playbook does not say, its short name as told."""
    return _systems_of(settings.PLAYBOOK / "agencies.toml").get((agency, system), system)


def read_partners(file: Path) -> list[Partner]:
    """Raises playbook.BrokenPlaybookError."""
    return playbook.load(file, Partners).agencies
