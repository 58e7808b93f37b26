"""How long what is urgent may wait, as the partnership agreed it."""

from datetime import timedelta
from functools import lru_cache
from pathlib import Path

from django.conf import settings
from pydantic import Field as Declared

from alongside import playbook

from .kind_fields import Strict


class Urgency(Strict):
    acknowledge_within_minutes: int = Declared(ge=1, le=24 * 60)
    reminders: int = Declared(ge=0, le=10)

    @property
    def soon(self) -> timedelta:
        """Nobody having said by then that they have it is late, and shown so."""
        return timedelta(minutes=self.acknowledge_within_minutes)


@lru_cache(maxsize=4)
def read_urgency(file: Path) -> Urgency:
    """Raises playbook.BrokenPlaybookError."""
    return playbook.load(file, Urgency)


def urgency() -> Urgency:
    """That of the partnership that this server is for."""
    return read_urgency(settings.PLAYBOOK / "urgent.toml")
