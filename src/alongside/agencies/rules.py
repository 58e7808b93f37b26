"""Seats, sessions and tries: what holds when, told without a database and without a clock."""

import re
from dataclasses import dataclass
from datetime import datetime, timedelta

from alongside.access.rules import Decision

# How exactly a session's last sign of life is kept: a write for every page would cost more than it tells.
EXACT_TO = timedelta(minutes=1)
# A password or an invitation has been shown and the second factor has not: the rest has to follow within this.
HALF_SIGNED_IN_FOR = timedelta(minutes=10)
# How fresh a second factor has to be for what cannot be taken back.
FRESH_FOR = timedelta(minutes=10)


@dataclass(frozen=True)
class Limits:
    """How long a session may rest, how long it may last at most, and when a seat is looked at again."""

    idle: timedelta
    longest: timedelta
    seat_checked_every: timedelta
    seat_suspended_after: timedelta
    invitation_lasts: timedelta


# Shorter ones ("of", "Al") are in many words that have nothing to do with them.
SHORTEST_WORD = 4


def words_in(*names: str) -> set[str]:
    """The words of some names, as they would stand in a password."""
    words = re.findall(r"\w+", " ".join(names).casefold())
    return {word for word in words if len(word) >= SHORTEST_WORD}


def session_ends(*, began_at: datetime, last_seen_at: datetime, limits: Limits) -> datetime:
    """When a session ends if nothing more comes: after its rest, and in any case at its longest."""
    return min(last_seen_at + limits.idle, began_at + limits.longest)


def why_over(*, began_at: datetime, last_seen_at: datetime, at: datetime, limits: Limits) -> str:
    """Why a session is over at this moment, or ""."""
    if at >= began_at + limits.longest:
        return "its longest time was reached"
    if at >= last_seen_at + limits.idle + EXACT_TO:
        return "nobody used it"
    return ""


@dataclass(frozen=True)
class Allowance:
    """So many tries at once, then a wait that doubles with each, up to the longest."""

    free: int
    longest: timedelta


def wait_after(tries: int, allowance: Allowance) -> timedelta:
    """How long after this many tries the next one is not even looked at."""
    over = tries - allowance.free
    if over < 0:
        return timedelta(0)
    return min(timedelta(seconds=2 ** min(over, 20)), allowance.longest)


# Whoever's own device is known is counted by that device alone. Everybody else is counted by where they try from and
# by the seat they try: one stranger soon waits long, many strangers together wait a minute each.
KNOWN_DEVICE = Allowance(free=5, longest=timedelta(minutes=15))
SEAT_FROM_HERE = Allowance(free=5, longest=timedelta(minutes=15))
SEAT_FROM_ANYWHERE = Allowance(free=50, longest=timedelta(minutes=1))
ANY_SEAT_FROM_HERE = Allowance(free=50, longest=timedelta(minutes=1))


@dataclass(frozen=True)
class Seat:
    """What the rules need to know of a seat."""

    key: str
    agency: str
    joined: bool = True
    suspended: bool = False
    ended: bool = False
    checked_at: datetime | None = None


def may_change_seat(*, by: Seat, manages: bool, seat: Seat) -> Decision:
    """May this person change that seat? Each agency runs its own people, and nobody their own seat."""
    if not manages:
        return Decision(False, "You do not manage seats.")
    if by.agency != seat.agency:
        return Decision(False, "This person works for another agency.")
    if by.key == seat.key:
        return Decision(False, "Nobody changes their own seat. Ask another seat manager of your agency.")
    return Decision(True, "You manage the seats of your agency.")


def may_give_role(*, role: str, allowed: tuple[str, ...], agency: str) -> Decision:
    """May somebody of this agency hold this role? The playbook says which may."""
    if role in allowed:
        return Decision(True, f"The playbook lets {agency} give this role.")
    return Decision(False, f"The playbook does not let {agency} give this role.")


def state_of_seat(seat: Seat, *, at: datetime, limits: Limits) -> str:
    """A word of the status family "seat"."""
    if seat.ended:
        return "ended"
    if seat.suspended:
        return "suspended"
    if not seat.joined:
        return "invited"
    return check_of_seat(seat, at=at, limits=limits)


def check_of_seat(seat: Seat, *, at: datetime, limits: Limits) -> str:
    """Whether the yearly look at a seat in use is due, is overdue, or has been."""
    due = (seat.checked_at or at) + limits.seat_checked_every
    if at < due:
        return "open"
    return "check_due" if at < due + limits.seat_suspended_after else "check_overdue"
