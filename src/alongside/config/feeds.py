"""How each partner's feed is doing: rules without a database."""

from dataclasses import dataclass
from datetime import datetime, timedelta

# The slowest feed that partners agreed is weekly: the safeguarding share of the emergency departments.
SILENT_AFTER = timedelta(days=8)
SLOW_AFTER = timedelta(minutes=2)
STOPPED_AFTER = timedelta(minutes=30)


@dataclass(frozen=True)
class Feed:
    """One system of one agency, as it was last heard from."""

    agency: str
    phone: str
    system: str
    last_heard: datetime
    today: int
    state: str


def state_of_feed(*, last_heard: datetime, at: datetime) -> str:
    """A word of the status family "system"."""
    return "not_heard_from" if at - last_heard > SILENT_AFTER else "working"


def state_of_following(*, oldest_waiting: datetime | None, at: datetime) -> str:
    """How promptly what was accepted reaches the timelines."""
    waits = at - oldest_waiting if oldest_waiting else timedelta(0)
    if waits > STOPPED_AFTER:
        return "not_working"
    return "slow" if waits > SLOW_AFTER else "working"
