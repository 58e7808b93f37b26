"""How feeds, timelines, the ledger, the backups and the libraries are doing: rules without a database."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

# The slowest feed that partners agreed is weekly: the safeguarding share of the emergency departments.
SILENT_AFTER = timedelta(days=8)
SLOW_AFTER = timedelta(minutes=2)
STOPPED_AFTER = timedelta(minutes=30)
# The ledger is sealed every minute: so many minutes missed are no chance.
UNSEALED_AFTER = timedelta(minutes=5)
# Every night, and the time that one takes.
UNSAVED_AFTER = timedelta(hours=26)
# A quarter: what SECURITY.md promises.
OLD_AFTER = timedelta(days=92)


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


def state_of_sealing(*, last: datetime | None, oldest_waiting: datetime | None, at: datetime) -> str:
    """Whether the ledger is sealed as it grows. Where no line waits an old seal is as good as a new one; and a line of
    long work bears the moment at which the work began, so that it alone says nothing."""
    is_old = last is None or at - last > UNSEALED_AFTER
    waits_long = oldest_waiting is not None and at - oldest_waiting > UNSEALED_AFTER
    return "not_working" if is_old and waits_long else "working"


def state_of_backups(*, last: datetime | None, at: datetime) -> str:
    """Whether a backup of the last night is there."""
    return "out_of_date" if last is None or at - last > UNSAVED_AFTER else "working"


def state_of_libraries(*, on: date, at: datetime) -> str:
    """Whether the libraries that we stand on were brought up to date within the time that we promise."""
    return "out_of_date" if at.date() - on > OLD_AFTER else "working"
