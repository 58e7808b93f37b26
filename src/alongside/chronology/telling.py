"""Entries as a reader meets them: accounts of one incident together, under the month they happened in."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, time
from functools import cached_property
from itertools import groupby

from django.utils import timezone

from alongside.contributions.kinds import kinds
from alongside.web import dates
from alongside.web.dates import day_and_year, short_moment

from .models import ChronologyEntry
from .timeline_facts import timeline_facts


@dataclass(frozen=True)
class Item:
    """One thing that happened, with each agency's account of it."""

    accounts: tuple[ChronologyEntry, ...]
    # What was owed after it, and has not come: (when, words).
    owed: tuple[tuple[str, str], ...] = ()
    # The wait that it tells of, in words.
    wait: str = ""

    @cached_property
    def first(self) -> ChronologyEntry:
        """The account that names what happened: one that stands, and of those the nearest to the scene."""
        kinds_in_order = timeline_facts().same_incident.kinds
        order = {kind: place for place, kind in enumerate(kinds_in_order)}
        return min(self.accounts, key=lambda one: (one.withdrawn, order.get(one.kind, len(order))))

    @property
    def happened(self) -> str:
        return happened(self.first)

    @property
    def tellers(self) -> str:
        """ "Police, A&E and School"."""
        names = list(dict.fromkeys(one.agency.short_name for one in self.accounts))
        return " and ".join([", ".join(names[:-1]), names[-1]] if len(names) > 1 else names)


def happened(entry: ChronologyEntry) -> str:
    """When it happened, no more exactly than the teller knew."""
    return dates.happened(timezone.localtime(entry.occurred_at), entry.occurred_to)


def until_in_words(entry: ChronologyEntry) -> str:
    """When it ended: the day alone, where only days are told."""
    ended = timezone.localtime(entry.until)
    return short_moment(ended) if ended.time() != time() else day_and_year(ended.date())


def items_of(entries: Iterable[ChronologyEntry]) -> list[Item]:
    """One item an incident, in the order of its newest account."""
    together: dict[str, list[ChronologyEntry]] = {}
    for entry in entries:
        entry.is_folded = is_folded(entry)
        together.setdefault(entry.incident or f"entry {entry.pk}", []).append(entry)
    return [Item(tuple(accounts)) for accounts in together.values()]


def months_of(items: Iterable[Item]) -> list[tuple[date, list[Item]]]:
    """Items under the first day of their month, in the order they came."""

    def of(item: Item) -> date:
        return timezone.localtime(item.first.occurred_at).date().replace(day=1)

    return [(first, list(some)) for first, some in groupby(items, key=of)]


def kind_in_words(key: str) -> str:
    """ "Police protection notification"; a kind that the playbook no longer has, by its key."""
    kind = kinds().get(key)
    return kind.name if kind else key.replace("_", " ").capitalize()


def group_of(entry: ChronologyEntry) -> str:
    """The playbook's group of what happened to this person; "" where they were only named in it, and for a kind
    that the playbook no longer has."""
    kind = kinds().get(entry.kind)
    only_named = entry.role in timeline_facts().same_incident.not_involved
    return entry.group or kind.group if kind and not only_named else ""


def is_folded(entry: ChronologyEntry) -> bool:
    """Whether what was said may tell of injury or sexual harm, and opens in a list only when asked for."""
    kind = kinds().get(entry.kind)
    return kind is None or kind.group == "danger" or entry.kind in timeline_facts().folded
