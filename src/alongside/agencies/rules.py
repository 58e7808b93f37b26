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


def mailbox_of(email: str) -> str:
    """One spelling of all those whose letters come to the same mailbox: capitals, and what stands after a plus."""
    name, _, domain = email.strip().upper().lower().rpartition("@")
    return f"{name.partition('+')[0]}@{domain}"


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


# So many tries at once, then a wait after each that doubles up to the longest.
FREE_TRIES = 5
LONGEST_WAIT = timedelta(minutes=15)
# So many tries that failed, at one seat from anywhere or from one place at any seat, mean that somebody is guessing.
MANY_TRIES = 50
# Then whoever tries from a place we do not know waits this long before their first try as well.
FIRST_WAIT = timedelta(minutes=1)


def wait_after(tries: int, *, many: bool = False) -> timedelta:
    """How long whoever has tried a seat so often from here waits before their next try. `many`: somebody is guessing.

    Each waits by their own tries alone: what others do makes the wait longer, up to a minute for the first try, and
    can neither use up nor put off their turn. For one seat from one place this allows 17 tries in an hour and fewer
    than 300 a day, however they are spread; with `many`, 6 in an hour and at most 100 a day.

    Guesses spread over all seats from one place: 50 at once, then each seat's own 100 a day. With 200 seats that is
    20,000 a day against all of them together. No fewer can be had without a queue in which a guesser stands before
    everybody else; beside it stand the words that no password is made of, and the second factor.
    """
    if many:
        return min(FIRST_WAIT * 2 ** min(tries, 20), LONGEST_WAIT)
    if tries < FREE_TRIES:
        return timedelta(0)
    return min(timedelta(seconds=2 ** min(tries - FREE_TRIES, 20)), LONGEST_WAIT)


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


@dataclass(frozen=True)
class Doors:
    """What is known of a seat, bound to no name, when its agency's own sign-in comes with its address."""

    shown_there: bool = False
    has_factor: bool = False
    had_a_link: bool = False
    waits_for_link: bool = False
    has_been_in: bool = False


def may_open_by_agency(seat: Doors) -> Decision:
    """May the agency's own sign-in open this seat, and bind it?

    A new link is made for whoever lost something, or because somebody else may have it. The password at the agency
    may be among that, and so may its second factor: until the link is used, however long ago it ran out, nothing of
    before opens the seat. A seat in which nobody has been has nothing to lose yet: its agency may be its first way
    in, if it asked for a second factor. By one factor alone nobody sets up ours for a seat that had a link: whoever
    has the link does, or the password chosen with it.
    """
    if seat.waits_for_link and seat.has_been_in:
        return Decision(False, "A new link was made, and has not been used.")
    if seat.had_a_link and not (seat.shown_there or seat.has_factor):
        return Decision(False, "The second factor is set up by whoever has the link.")
    return Decision(True, "It may be bound to this name.")


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
