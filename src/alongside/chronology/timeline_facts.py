"""What a partnership says of its timelines: which reports are one incident, what shows that a child was seen,
how long things last, and what is owed after them."""

from functools import lru_cache
from pathlib import Path
from typing import Any

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


class Waits(Part):
    """A kind that tells of a wait for `service`, since the day that the field `since` names: by which answers the wait
    goes on, by which it ended (on the day that `until` names, or else when that happened), and the field that says
    who looks in `meanwhile`."""

    kind: str
    service: str
    since: str
    until: str
    meanwhile: str
    goes_on: dict[str, tuple[str, ...]]
    ended: dict[str, tuple[str, ...]]

    def says_that_it_goes_on(self, details: dict[str, Any]) -> bool:
        return any(details.get(field) in answers for field, answers in self.goes_on.items())

    def is_waiting(self, details: dict[str, Any]) -> bool:
        return self.says_that_it_goes_on(details) and not self.says_that_it_ended(details)

    def says_that_it_ended(self, details: dict[str, Any]) -> bool:
        return any(details.get(field) in answers for field, answers in self.ended.items())


class MissingNow(Part):
    """The kind that tells of a child missing, the field that tells their return, what follows a return, and for how
    many days an episode without one is asked about here."""

    kind: str
    returned: str
    after_return: tuple[str, ...]
    days: int


class CustodyNow(Part):
    """The kind that tells of custody, its fields for the release and the outcome, the outcomes of whoever is held
    still, and for how many hours that is believed."""

    kind: str
    released: str
    outcome: str
    still_there: tuple[str, ...]
    hours: int


class TimelineFacts(Part):
    same_incident: SameIncident
    lasts_until: dict[str, str]
    # Besides the dangerous kinds: what may tell of injury or sexual harm, and opens only when asked for.
    folded: tuple[str, ...]
    not_danger: tuple[NotDanger, ...]
    seen: Seen
    owed: tuple[Owed, ...]
    missing_now: MissingNow
    custody_now: CustodyNow
    waits: tuple[Waits, ...] = ()
    # Said under every search that finds nobody, also where there is a record that may not be shown; "" says nothing.
    nobody_found: str = ""


def timeline_facts() -> TimelineFacts:
    """The facts of the partnership that this server is for."""
    return _facts_of(settings.PLAYBOOK)


@lru_cache
def _facts_of(book: Path) -> TimelineFacts:
    return read(book / "timeline.toml")


def read(file: Path) -> TimelineFacts:
    return playbook.load(file, TimelineFacts)
