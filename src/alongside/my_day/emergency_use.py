"""What was looked at while a record was open in an emergency, as far as whoever judges it may know."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from alongside.agencies.models import Practitioner
from alongside.chronology.models import ChronologyEntry
from alongside.chronology.queries import entries_seen_by
from alongside.contributions.rules import subject_of
from alongside.ledger import subjects
from alongside.ledger.models import LedgerEvent, Operation
from alongside.people.models import Standing

CLOSED = "an entry that you may not read"
ENTRY = "entry"


@dataclass(frozen=True)
class LookedAt:
    """One page that was opened, in words, and when."""

    at: datetime
    what: str


def looked_at(use: Standing, *, viewer: Practitioner, at: datetime) -> list[LookedAt]:
    """Each page that was opened during this use, first to last; an entry by its title where the viewer may read it."""
    opener, told = use.practitioner, _told_of(use)
    looks = LedgerEvent.objects.filter(
        actor=opener.key if opener else "",
        operation=Operation.VIEW,
        subject__in=[subjects.child(use.person.reference), *told],
        at__gte=use.since,
        at__lte=use.until or at,
    )
    titles = _titles(told, [one.subject for one in looks], viewer=viewer, at=at)
    found = [(one.at, one.pk, titles.get(one.subject, one.what)) for one in looks if _is_said(one)]
    return [LookedAt(when, what) for when, _, what in sorted(found)]


def _told_of(use: Standing) -> dict[str, str]:
    """What the ledger calls everything told of the child, and its receipt."""
    receipts = ChronologyEntry.objects.filter(person=use.person_id).values_list("contribution__receipt", flat=True)
    return {subject_of(receipt): receipt for receipt in receipts}


def _is_said(look: LedgerEvent) -> bool:
    """An entry's page leaves a line under the child and one under what was told: the second says it."""
    return look.what != ENTRY or not look.subject.startswith(subjects.child(""))


def _titles(told: dict[str, str], looked: Iterable[str], *, viewer: Practitioner, at: datetime) -> dict[str, str]:
    """Of each entry that was opened, its title, or that the viewer may not read it."""
    opened = {told[subject]: subject for subject in looked if subject in told}
    titles = dict.fromkeys(opened.values(), CLOSED)
    for entry in entries_seen_by(viewer, at=at).filter(contribution__receipt__in=opened).select_related("contribution"):
        titles[opened[entry.contribution.receipt]] = f"entry: {entry.title}"
    return titles
