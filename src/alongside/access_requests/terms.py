"""The clock's months, the edition of the law and the exemptions, from the partnership's playbook."""

from functools import lru_cache
from pathlib import Path

from django.conf import settings
from pydantic import BaseModel, ConfigDict, Field, model_validator

from alongside import playbook

SOURCE = "source"


class Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Exemption(Strict):
    """Why something is held back: the law, how the cover letter says it, and how the list of choices does.

    `named`: False where saying so could itself do harm.
    """

    code: str = Field(pattern=r"^[a-z_]+$", max_length=40)
    law: str
    says: str
    label: str
    named: bool = True


class Paragraph(Strict):
    """What the letter says beside the copy (UK GDPR article 15(1) and (2))."""

    heading: str = Field(min_length=1)
    says: str = Field(min_length=1)


class Terms(Strict):
    edition: str = Field(max_length=200)
    months: int = Field(ge=1)
    extended_months: int = Field(ge=1)
    letter: tuple[Paragraph, ...] = Field(min_length=1)
    exemptions: tuple[Exemption, ...]

    @model_validator(mode="after")
    def holds_together(self) -> "Terms":
        codes = [one.code for one in self.exemptions]
        twice = sorted({code for code in codes if codes.count(code) > 1})
        if twice:
            raise ValueError(f"{', '.join(twice)} is listed twice")
        if SOURCE not in codes:
            raise ValueError("there is no exemption for who told it in confidence (source)")
        return self

    def exemption(self, code: str) -> Exemption:
        """The exemption of that code; one that the playbook no longer has is not named."""
        known = {one.code: one for one in self.exemptions}
        return known.get(code) or Exemption(code="gone", law="", says="", label=code, named=False)


@lru_cache(maxsize=4)
def read(file: Path) -> Terms:
    return playbook.load(file, Terms)


def terms() -> Terms:
    return read(settings.PLAYBOOK / "access_requests.toml")
