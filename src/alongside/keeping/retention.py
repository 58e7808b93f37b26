"""How long each agency keeps what it told: `keeping.toml` of the playbook."""

from functools import lru_cache
from pathlib import Path
from typing import Literal

from django.conf import settings
from pydantic import BaseModel, ConfigDict, Field, model_validator

from alongside import playbook

from .rules import Begins, Rule


class Sourced(BaseModel):
    """A period in words, with where it comes from and how sure that is."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    words: str = Field(min_length=1, max_length=200)
    source: str = Field(min_length=1)
    how_sure: Literal["read", "recalled", "chosen here"]

    @property
    def how_sure_in_words(self) -> str:
        return {"read": "read there", "recalled": "to be read there again"}.get(self.how_sure, self.how_sure)


class RequestPeriod(Sourced):
    """How long a request for what is held is kept after it was answered."""

    years: int = Field(ge=1, le=30)


class Period(Sourced):
    """One rule of an agency as the playbook writes it."""

    controllers: tuple[str, ...] = Field(min_length=1)
    kinds: tuple[str, ...] = Field(min_length=1)
    begins: Begins
    years: int = Field(0, ge=0, le=150)
    months: int = Field(0, ge=0, le=11)

    @model_validator(mode="after")
    def takes_time(self) -> "Period":
        """Nothing falls due on the day on which it is told."""
        if not self.years and not self.months:
            raise ValueError("a period needs years or months")
        return self

    @property
    def rule(self) -> Rule:
        return Rule(self.controllers, self.kinds, self.begins, self.years, self.months, self.words)


class Keeping(BaseModel):
    """Every period of the partnership. `refused_rows_days`: enough to mend a file, and longer than any import runs."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    refused_rows_days: int = Field(28, ge=7, le=90)
    # Without one, every request is kept.
    access_requests: RequestPeriod | None = None
    periods: tuple[Period, ...]


@lru_cache
def read(file: Path) -> Keeping:
    return playbook.load(file, Keeping)


def of_the_partnership() -> Keeping:
    """What the playbook of this server says."""
    return read(settings.PLAYBOOK / "keeping.toml")


def periods() -> tuple[Period, ...]:
    """How long what was told is kept."""
    return of_the_partnership().periods


def rules() -> list[Rule]:
    """The same, as the rules of disposal read them."""
    return [period.rule for period in periods()]
