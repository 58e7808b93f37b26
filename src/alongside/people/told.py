"""Which records a batch of contributions speaks of."""

from dataclasses import dataclass, field
from typing import Any

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


def record_key(contribution: Any, number: int, person: dict[str, Any]) -> RecordKey:
    """A person told without a reference is known by their place in the contribution."""
    reference = person.get("reference") or f"{contribution.reference}#{number}"
    return contribution.agency_id, contribution.system, reference
