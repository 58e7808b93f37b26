"""On what basis information is given, from the partnership's playbook."""

from datetime import timedelta
from functools import lru_cache
from pathlib import Path

from django.conf import settings
from pydantic import BaseModel, ConfigDict, Field, model_validator

from alongside import playbook

from .rules import Kind

PATIENTS = "health"


class Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Basis(Strict):
    """One basis in law: its code, the law it stands in, and what it says in plain words."""

    code: str = Field(pattern=r"^[a-z0-9_]+$", max_length=40)
    law: str
    says: str
    kind: Kind
    sectors: tuple[str, ...] = ()
    likely_for: tuple[str, ...] = ()
    # False where it never covers what a patient told a health service.
    patient_information: bool = True

    def fits(self, sector: str) -> bool:
        return not self.sectors or sector in self.sectors


class Terms(Strict):
    """How long what was given can be read, by when the rest is recorded, and the bases."""

    expires_after_days: int = Field(ge=1)
    record_within_hours: int = Field(ge=1)
    bases: tuple[Basis, ...] = Field(min_length=1)

    @model_validator(mode="after")
    def holds_together(self) -> "Terms":
        codes = [basis.code for basis in self.bases]
        twice = sorted({code for code in codes if codes.count(code) > 1})
        if twice:
            raise ValueError(f"{', '.join(twice)} is listed twice")
        if missing := {"lawful", "special"} - {basis.kind for basis in self.bases}:
            raise ValueError(f"there is no basis of the kind {', '.join(sorted(missing))}")
        return self

    @property
    def record_within(self) -> timedelta:
        return timedelta(hours=self.record_within_hours)

    def offered_to(self, sector: str) -> list[Basis]:
        """Those that an agency of that sector may use, the likely ones first."""
        fitting = [basis for basis in self.bases if basis.fits(sector)]
        return sorted(fitting, key=lambda basis: sector not in basis.likely_for)

    def named(self, codes: list[str]) -> list[Basis]:
        """The bases of those codes; one that the playbook no longer has, by its code."""
        known = {basis.code: basis for basis in self.bases}
        return [known.get(code) or Basis(code=code, law=code, says="", kind="gateway") for code in codes]


@lru_cache(maxsize=4)
def read(file: Path) -> Terms:
    return playbook.load(file, Terms)


def terms() -> Terms:
    return read(settings.PLAYBOOK / "sharing.toml")
