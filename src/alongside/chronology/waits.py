"""A wait for a service: time in which a child still needs somebody. From what the reader may read."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from django.utils import timezone

from alongside.web.dates import counted, day_and_year

from .moments import moment
from .same_incident import DAY_KNOWN
from .telling import Item
from .tellings import Telling
from .timeline_facts import Waits

SUBJECT = "subject"
# Shorter waits are said in days.
TWO_WEEKS = 14


@dataclass(frozen=True)
class Wait:
    """One wait: for what, since when and until when, by which tellings; `until` is empty while it goes on."""

    service: str
    agency: str
    agency_short: str
    since: date
    receipts: tuple[str, ...]
    until: date | None = None
    ended: bool = False
    meanwhile: str = ""

    def days(self, today: date) -> int:
        return ((self.until or today) - self.since).days


def waits_in(told: Iterable[Telling], rules: Iterable[Waits]) -> list[Wait]:
    """The waits that these tellings, oldest first, make for their reader, that of longest ago first: each begins with a
    referral and ends with a first meeting, or with the word that there will be none."""
    tellings, waits = [one for one in told if one.is_read and one.role == SUBJECT], []
    for rule in rules:
        for agency in sorted({one.agency for one in tellings}):
            waits += _of_one([one for one in tellings if (one.kind, one.agency) == (rule.kind, agency)], rule)
    return sorted(waits, key=lambda one: one.since)


def _of_one(tellings: Iterable[Telling], rule: Waits) -> list[Wait]:
    waits: list[Wait] = []
    for one in tellings:
        if since := rule.says_that_it_goes_on(one.details) and moment(one.details.get(rule.since)):
            begun = _begun(one, rule, timezone.localdate(since))
            waits[-1:] = [_told_again(waits[-1], begun)] if _goes_on(waits) else [*waits[-1:], begun]
        # What was waited for until the work was closed is a wait and its end in one.
        if rule.says_that_it_ended(one.details) and _goes_on(waits):
            waits[-1] = _ended(waits[-1], one, rule)
    return waits


def _goes_on(waits: Sequence[Wait]) -> bool:
    return bool(waits) and not waits[-1].ended


def _begun(one: Telling, rule: Waits, since: date) -> Wait:
    meanwhile = str(one.details.get(rule.meanwhile, ""))
    return Wait(rule.service, one.agency, one.agency_short, since, (one.receipt,), meanwhile=meanwhile)


def _told_again(wait: Wait, again: Wait) -> Wait:
    """The same wait, told once more: since the earlier day, with the newest word of who looks in."""
    told_by = {"receipts": wait.receipts + again.receipts, "meanwhile": again.meanwhile or wait.meanwhile}
    return replace(wait, since=min(wait.since, again.since), **told_by)


def _ended(wait: Wait, by: Telling, rule: Waits) -> Wait:
    at = moment(by.details.get(rule.until)) or (by.at if by.known_to in DAY_KNOWN else None)
    return replace(wait, until=max(timezone.localdate(at), wait.since) if at else None, ended=True)


def how_long(days: int) -> str:
    """ "9 days", "41 weeks"."""
    return counted(days, "day") if days < TWO_WEEKS else counted(days // 7, "week")


def in_words(wait: Wait, *, today: date) -> str:
    """ "Waiting for CAMHS since 3 February 2026, 41 weeks"."""
    since = day_and_year(wait.since)
    if not wait.ended:
        return f"Waiting for {wait.service} since {since}, {how_long(wait.days(today))}"
    if wait.until is None:
        return f"Waited for {wait.service} from {since}; the day it ended was not told"
    return f"Waited for {wait.service} from {since} to {day_and_year(wait.until)}, {how_long(wait.days(today))}"


def meanwhile_in_words(wait: Wait) -> str:
    """Who looks in on the child during a wait that goes on, as far as somebody told."""
    return (
        f"Meanwhile: {wait.meanwhile.rstrip('. ')}" if wait.meanwhile else "Nobody has told us who looks in meanwhile"
    )


def waiting_of(waits: Iterable[Wait], *, today: date) -> list[str]:
    """Each wait that goes on, in a sentence, with who looks in meanwhile."""
    return [f"{in_words(one, today=today)}. {meanwhile_in_words(one)}." for one in waits if not one.ended]


def with_waits(items: Sequence[Item], waits: Sequence[Wait], *, today: date) -> list[Item]:
    """The items, each with the wait that it tells of."""
    told = {receipt: in_words(wait, today=today) for wait in waits for receipt in wait.receipts}

    def of(item: Item) -> str:
        return next((told[key] for one in item.accounts if (key := one.contribution.receipt) in told), "")

    return [replace(item, wait=of(item)) for item in items]
