"""Whether a child is missing now, or held by police now, by what every agency told.

A return that the reader may not read ends an episode all the same: nobody is looked for who is back.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils.timezone import localtime

from alongside.web.dates import day_and_year, happened

from .same_incident import SPANS
from .tellings import Telling
from .timeline_facts import CustodyNow, MissingNow, TimelineFacts


@dataclass(frozen=True)
class Whereabouts:
    """What tells that the child is missing, and in custody, where the reader may read it."""

    missing: Telling | None = None
    in_custody: Telling | None = None

    @property
    def lines(self) -> list[tuple[str, str, str]]:
        """What is so now, since when in words, and who told it."""
        said = (("Missing now", self.missing), ("In police custody now", self.in_custody))
        return [(what, since(one), one.agency_short) for what, one in said if one]


def missing_still(told: Iterable[Telling], of: MissingNow, *, at: datetime) -> list[Telling]:
    """The open episode of each child whom nobody says is back: the latest begun.

    A return that any agency told, or anything that follows a return, closes every episode begun before it, whoever
    told of that one.
    """
    known = [one for one in told if one.at <= at]
    episodes = [one for one in known if one.kind == of.kind]
    back = [(one.person, returned) for one in episodes if (returned := one.moment(of.returned))]
    after = [one for one in known if one.kind in of.after_return and one.known_to != "untold"]
    back += [(one.person, one.at + SPANS[one.known_to]) for one in after]
    latest_back: dict[int, datetime] = {}
    for person, when in back:
        if when <= at:
            latest_back[person] = max(when, latest_back.get(person, when))
    still: dict[int, Telling] = {}
    for episode in sorted(episodes, key=lambda one: (one.at, one.entry)):
        returned = episode.moment(of.returned)
        is_open = returned is None or returned > at
        if is_open and not (episode.person in latest_back and latest_back[episode.person] >= episode.at):
            still[episode.person] = episode
    return list(still.values())


def held_still(told: Iterable[Telling], of: CustodyNow, *, at: datetime) -> list[Telling]:
    """The latest custody of each child whom police hold still, as far as anybody told lately."""
    lately = [one for one in told if one.kind == of.kind and at - timedelta(hours=of.hours) < one.at <= at]
    latest = {one.person: one for one in sorted(lately, key=lambda one: (one.at, one.entry))}
    return [one for one in latest.values() if _is_held(one, of, at)]


def _is_held(one: Telling, of: CustodyNow, at: datetime) -> bool:
    if released := one.moment(of.released):
        return released > at
    return one.details.get(of.outcome, of.still_there[0]) in of.still_there


def whereabouts_in(told: Iterable[Telling], facts: TimelineFacts, *, at: datetime) -> Whereabouts:
    """Of the one child of whom this is told, as its reader may know it."""
    of, part_in_it = facts.missing_now, [one for one in told if one.role not in facts.same_incident.not_involved]
    lately = [one for one in part_in_it if one.at >= at - timedelta(days=of.days)]
    missing = [one for one in missing_still(lately, of, at=at) if one.is_read]
    held = [one for one in held_still(lately, facts.custody_now, at=at) if one.is_read]
    return Whereabouts(*(next(iter(one), None) for one in (missing, held)))


def since(one: Telling) -> str:
    """ "since 3 May 2026 at 8:02am", no more exactly than it was told."""
    if one.known_to == "untold":
        return f"since when was not told; told to us on {day_and_year(localtime(one.at))}"
    return f"since {happened(localtime(one.at), one.known_to)}"
