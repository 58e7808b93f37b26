"""What a partnership says of its timelines: which reports are one incident, what shows that a child was seen,
how long things last, and what is owed after them."""

from functools import lru_cache
from pathlib import Path

from django.conf import settings
from pydantic import BaseModel, ConfigDict

from alongside import playbook

from .same_incident import Nearness


class Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class SameIncident(Part):
    """Minutes and metres within which two reports may tell of one incident; hours for `afterwards`."""

    minutes: int
    metres: int
    kinds: tuple[str, ...]
    not_involved: tuple[str, ...]
    references: tuple[str, ...]
    afterwards: dict[str, int]

    @property
    def nearness(self) -> Nearness:
        return Nearness(minutes=self.minutes, metres=self.metres, afterwards=self.afterwards)


class SeenBy(Part):
    """One kind that tells that the child was seen: when it happened, or on the day that the field `on` names."""

    kind: str
    on: str = ""
    roles: tuple[str, ...] = ()
    only: dict[str, tuple[str, ...]] = {}


class Seen(Part):
    days: int
    roles: tuple[str, ...]
    by: tuple[SeenBy, ...]


class NotDanger(Part):
    """Answers by which a report of a dangerous kind tells that nobody was hurt or in danger: every field named has
    one of its answers; "" is one that was not told."""

    kind: str
    answers: dict[str, tuple[str, ...]]


class Owed(Part):
    """What one agency owes, in hours after something is told or, `from_its_end`, after it ended."""

    after: str
    roles: tuple[str, ...]
    kind: str
    by: str
    hours: int
    answered_within: int
    from_its_end: bool = False


class TimelineFacts(Part):
    same_incident: SameIncident
    lasts_until: dict[str, str]
    # Besides the dangerous kinds: what may tell of injury or sexual harm, and opens only when asked for.
    folded: tuple[str, ...]
    not_danger: tuple[NotDanger, ...]
    seen: Seen
    owed: tuple[Owed, ...]


def timeline_facts() -> TimelineFacts:
    """The facts of the partnership that this server is for."""
    return _facts_of(settings.PLAYBOOK)


@lru_cache
def _facts_of(book: Path) -> TimelineFacts:
    return read(book / "timeline.toml")


def read(file: Path) -> TimelineFacts:
    return playbook.load(file, TimelineFacts)
