"""The partnership's own facts about its morning meeting, from its playbook."""

from datetime import time
from functools import lru_cache
from pathlib import Path

from django.conf import settings
from pydantic import BaseModel, ConfigDict

from alongside import playbook


class Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Intelligence(Part):
    kind: str
    cleared: str
    words: str
    days: int


class ProjectShield(Part):
    """What the meeting is called, when it is, what it hears of, how long a feed may be silent (hours),
    and how far back its readers may ask (days)."""

    name: str
    starts: time
    hours: int
    monday_hours: int
    told: str
    chair_asks: str
    incidents: tuple[str, ...]
    joins: tuple[str, ...]
    told_late_days: int
    days_back: int
    not_involved: tuple[str, ...]
    intelligence: Intelligence
    feeds: dict[str, int]


def project_shield() -> ProjectShield:
    """The meeting of the partnership that this server is for."""
    return read(settings.PLAYBOOK / "meetings" / "project_shield.toml")


@lru_cache
def read(file: Path) -> ProjectShield:
    return playbook.load(file, ProjectShield)
