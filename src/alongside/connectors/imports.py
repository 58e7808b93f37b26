"""Whose officers take in files for every partner: `imports.toml` of the playbook."""

from functools import lru_cache
from pathlib import Path

from django.conf import settings
from pydantic import BaseModel, ConfigDict

from alongside import playbook
from alongside.agencies.models import Practitioner

FILE = "imports.toml"


class Imports(BaseModel):
    """The agencies whose information officers load what others hold; everybody else loads their own agency's."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    for_all: tuple[str, ...] = ()


@lru_cache(maxsize=4)
def read(file: Path) -> Imports:
    """Raises playbook.BrokenPlaybookError. Without this file nobody takes in another agency's files."""
    return playbook.load(file, Imports) if file.exists() else Imports()


def only_agency_of(officer: Practitioner) -> str | None:
    """The one agency for which files of this officer may tell, or None where it is any."""
    for_all = read(settings.PLAYBOOK / FILE).for_all
    return None if officer.agency_id in for_all else officer.agency_id
