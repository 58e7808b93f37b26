"""What became of an entry after it was given: corrected or taken back by whoever told it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from alongside.contributions.models import Contribution, Grade

from .graded import conditions_of, is_ungraded
from .models import SharedEntry


@dataclass(frozen=True)
class Change:
    """When it changed, and the newest version."""

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


def is_as_wide(change: Change, given: Contribution) -> bool:
    """Whether its teller tells the newest version as widely as the one that was given."""
    return change.newest.handling == given.handling


def may_show(change: Change, given: SharedEntry, grade: Grade | None) -> bool:
    """Whether the corrected words go to whoever had the first, as if they were given today: their teller tells them
    as widely, and police, where they are asked, graded them and set no conditions but those of the first. `grade`:
    the last of the newest version."""
    if change.is_withdrawn or not is_as_wide(change, given.contribution) or is_ungraded(change.newest, grade):
        return False
    return conditions_of(change.newest, grade) in ("", given.conditions)


def _changed_at(now: Contribution) -> datetime:
    return now.withdrawn_at or now.received_at


def _key(told: Contribution) -> tuple[str, str, str]:
    return told.agency_id, told.system, told.reference


def _newest_of(older: list[Contribution]) -> dict[tuple[str, str, str], Contribution]:
    if not older:
        return {}
    same = {"agency__in": {one.agency_id for one in older}, "reference__in": {one.reference for one in older}}
    return {_key(one): one for one in Contribution.objects.filter(is_newest=True, **same)}
