"""Which entries of one child's timeline tell of one incident: kept beside them, so that they are shown once.

Each child's entries are grouped whole, so the outcome is the same whatever the order in which they came.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

from django.db.models import F, QuerySet

from alongside.shared.rows import update_rows

from .models import ChronologyEntry
from .same_incident import Nearness, Report, same_incident
from .timeline_facts import SameIncident, timeline_facts

AT_ONCE = 500


class Account(NamedTuple):
    """One entry as grouping needs it."""

    report: Report
    person: int
    receipt: str


def regroup(people: Iterable[int]) -> None:
    """Say anew, for each of these people, which of their entries tell of one incident."""
    wanted = sorted(set(people))
    for start in range(0, len(wanted), AT_ONCE):
        _regroup(wanted[start : start + AT_ONCE])


def _regroup(people: list[int]) -> None:
    facts = timeline_facts().same_incident
    of: dict[int, list[Account]] = defaultdict(list)
    entries: dict[tuple[int, int], list[tuple[int, str]]] = defaultdict(list)
    for account, pk, incident in _accounts(people, facts):
        of[account.person].append(account)
        entries[account.person, account.report.id].append((pk, incident))
    keys = {found: key for accounts in of.values() for found, key in keys_of(accounts, facts.nearness)}
    changed = [
        ChronologyEntry(pk=pk, incident=keys.get(found, ""))
        for found, several in entries.items()
        for pk, incident in several
        if incident != keys.get(found, "")
    ]
    update_rows(changed, ["incident"])


def keys_of(accounts: list[Account], near: Nearness) -> Iterator[tuple[tuple[int, int], str]]:
    """((person, contribution), key) of each account that is not alone: the receipt of the first account told."""
    receipts = {one.report.id: one.receipt for one in accounts}
    person = accounts[0].person
    for together in clusters({one.report.id: one.report for one in accounts}.values(), near):
        # Most are alone.
        for incident in same_incident(together, near) if len(together) > 1 else ():
            if len(incident.reports) > 1:
                first = min(report.id for report in incident.reports)
                yield from (((person, report.id), receipts[first]) for report in incident.reports)


def clusters(reports: Iterable[Report], near: Nearness) -> list[list[Report]]:
    """Reports parted where no incident can reach across, which keeps the work small on a long timeline."""
    parted: list[list[Report]] = []
    last = None
    for start, end, report in sorted(((*near.could_have_been(one), one) for one in reports), key=lambda one: one[:2]):
        if last is None or start > last:
            parted.append([])
        parted[-1].append(report)
        last = end if last is None else max(last, end)
    return parted


def _accounts(people: list[int], facts: SameIncident) -> Iterator[tuple[Account, int, str]]:
    """Every entry of theirs that may tell of an incident, with the key that it has now."""
    told: QuerySet[ChronologyEntry, Any] = (
        ChronologyEntry.objects.filter(person__in=people, kind__in=facts.kinds, withdrawn=False)
        .exclude(role__in=facts.not_involved)
        .exclude(occurred_to="month")
        .annotate(receipt=F("contribution__receipt"))
        .annotate(**{f"ref_{name}": F(f"contribution__told__details__{name}") for name in facts.references})
        .order_by("contribution_id", "pk")
    )
    names = ("pk", "incident", "person_id", "receipt", "contribution_id", "agency_id", "kind", "occurred_at")
    more = ("occurred_to", "latitude", "longitude", "place", *(f"ref_{name}" for name in facts.references))
    for pk, incident, person, receipt, *row in told.values_list(*names, *more).iterator():
        said = frozenset(str(one).strip().casefold() for one in row[8:] if one)
        report = Report(*row[:8], frozenset({person}), said)
        yield Account(report, person, receipt), pk, incident
