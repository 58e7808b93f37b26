"""Which records a batch of contributions speaks of."""

from dataclasses import dataclass, field
from typing import Any

from alongside.access.rules import Handling

from .models import AgencyRecord

RecordKey = tuple[str, str, str]


@dataclass(frozen=True)
class Involvement:
    """One person in one contribution: which record, in which role, and what was told of them."""

    contribution: Any
    record: AgencyRecord
    role: str


@dataclass
class Told:
    records: list[AgencyRecord] = field(default_factory=list)
    involvements: list[Involvement] = field(default_factory=list)
    contributions: list[Any] = field(default_factory=list)


def record_key(contribution: Any, number: int, person: dict[str, Any]) -> RecordKey:
    """A person told without a reference is known by their place in the contribution."""
    reference = person.get("reference") or f"{contribution.reference}#{number}"
    return contribution.agency_id, contribution.system, reference


def is_open(contribution: Any) -> bool:
    """Whether everyone in the child's team may read it; what was told under a closed handling is for its
    readers only, and so does not show in the banner, among those involved or in a search."""
    return contribution.handling in {Handling.PARTNERSHIP, Handling.TEAM}
