"""How people sign in and how long a session lasts, as the playbook says it."""

from datetime import timedelta
from functools import lru_cache
from pathlib import Path
from typing import Annotated

from django.conf import settings
from pydantic import Field, model_validator

from alongside import playbook

from .partners import Slug, Strict
from .rules import Limits

FILE = "signing_in.toml"
Word = Annotated[str, Field(min_length=1, max_length=120)]
# As a password is compared: in small letters, and long enough to be no part of other words.
KnownWord = Annotated[str, Field(pattern=r"^[^\WA-Z_]{4,40}$")]


class AgencySignIn(Strict):
    """An agency's own sign-in (OpenID Connect), and what of it counts as a second factor."""

    agency: Slug
    name: Word
    issuer: str = Field(max_length=300)
    client_id: Word
    # The claim that says that the agency has checked the address: `xms_edov` at Entra ID.
    verified_claim: str = "email_verified"
    second_factor_amr: tuple[Word, ...] = ("mfa",)
    second_factor_acr: tuple[Word, ...] = ()


class SigningIn(Strict):
    """The limits are bounded: nobody can write a session into the playbook that never ends."""

    idle_minutes: int = Field(default=30, ge=6, le=60)
    longest_hours: int = Field(default=10, ge=1, le=12)
    seat_checked_every_days: int = Field(default=365, ge=30, le=366)
    seat_suspended_after_days: int = Field(default=30, ge=7, le=90)
    invitation_lasts_days: int = Field(default=7, ge=1, le=14)
    words_no_password_is_made_of: tuple[KnownWord, ...] = ()
    single_sign_on: tuple[AgencySignIn, ...] = ()

    @model_validator(mode="after")
    def each_agency_signs_in_one_way(self) -> "SigningIn":
        named = [one.agency for one in self.single_sign_on]
        if twice := sorted({one for one in named if named.count(one) > 1}):
            raise ValueError(f"single_sign_on: {', '.join(twice)} is there twice")
        return self

    @property
    def limits(self) -> Limits:
        return Limits(
            idle=timedelta(minutes=self.idle_minutes),
            longest=timedelta(hours=self.longest_hours),
            seat_checked_every=timedelta(days=self.seat_checked_every_days),
            seat_suspended_after=timedelta(days=self.seat_suspended_after_days),
            invitation_lasts=timedelta(days=self.invitation_lasts_days),
        )


@lru_cache(maxsize=4)
def read(file: Path) -> SigningIn:
    """Raises playbook.BrokenPlaybookError. Without this file: our own limits, and no single sign-on."""
    return playbook.load(file, SigningIn) if file.exists() else SigningIn()


def signing_in() -> SigningIn:
    """What this partnership's playbook says."""
    return read(settings.PLAYBOOK / FILE)


def limits() -> Limits:
    return signing_in().limits
