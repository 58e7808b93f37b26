"""Since when something is new, and what became of something sent, in words."""

from dataclasses import dataclass
from datetime import datetime, time, timedelta


@dataclass(frozen=True)
class Became:
    state: str
    words: str


def became(
    *, is_withdrawn: bool, is_newest: bool, is_pending: bool, has_gaps: bool, is_returned: bool = False
) -> Became:
    """The state to show, and what it means for whoever sent it."""
    if is_withdrawn:
        return Became("withdrawn", "Taken back. Partners see that it was, and why.")
    if not is_newest:
        return Became("corrected", "A newer version has taken its place.")
    if is_returned:
        return Became("returned", "Partners can read it as it is. Your supervisor says what would help.")
    state = "received_with_gaps" if has_gaps else "received"
    if is_pending:
        return Became(state, "It is safe with us and is being added to the timeline.")
    return Became(state, "It is on the timeline, and the partners who may see it can read it.")


FRIDAY = 4
FIRST_DAYS = timedelta(days=7)


def news_begins(*, last_seen: datetime | None, now: datetime) -> datetime:
    """Since when something counts as new: the sign-in before this one, but never later than the start of the
    working day before today, so that signing in twice in a morning takes nothing away. `now` in the reader's zone.
    """
    day = now.date() - timedelta(days=1)
    day -= timedelta(days=max(0, day.weekday() - FRIDAY))
    before = datetime.combine(day, time(), now.tzinfo)
    return min(last_seen or now - FIRST_DAYS, before)
