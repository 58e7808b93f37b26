"""What became of an entry after it was given: corrected or taken back by whoever told it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from alongside.contributions.models import Contribution

from .models import SharedEntry


@dataclass(frozen=True)
class Change:
    """When it changed, and the newest version; `now` may be read by whoever may read what was given: it is told
    under the same handling as before, and stands."""

    at: datetime
    newest: Contribution

    @property
    def is_withdrawn(self) -> bool:
        return self.newest.withdrawn_at is not None


def changes_in(entries: Iterable[SharedEntry]) -> dict[int, Change]:
    """Of each given entry that changed since, how."""
    given = list(entries)
    newest = _newest_of([one.contribution for one in given if not one.contribution.is_newest])
    stands = [(one, newest.get(_key(one.contribution), one.contribution)) for one in given]
    return {
        one.pk: Change(_changed_at(now), now)
        for one, now in stands
        if now.pk != one.contribution_id or now.withdrawn_at is not None
    }


def may_show(change: Change, given: Contribution) -> bool:
    """Whether the corrected words go to whoever had the first: only where their teller tells them as widely."""
    return not change.is_withdrawn and change.newest.handling == given.handling


def _changed_at(now: Contribution) -> datetime:
    return now.withdrawn_at or now.received_at


def _key(told: Contribution) -> tuple[str, str, str]:
    return told.agency_id, told.system, told.reference


def _newest_of(older: list[Contribution]) -> dict[tuple[str, str, str], Contribution]:
    if not older:
        return {}
    same = {"agency__in": {one.agency_id for one in older}, "reference__in": {one.reference for one in older}}
    return {_key(one): one for one in Contribution.objects.filter(is_newest=True, **same)}
