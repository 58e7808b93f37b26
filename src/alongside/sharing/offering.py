"""The entries of a child that a reader may give to somebody outside the team, and those they may not, and why."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Q

from alongside.access.rules import Decision, Handling
from alongside.chronology.guard import Look
from alongside.chronology.models import ChronologyEntry
from alongside.chronology.queries import entries_of
from alongside.chronology.telling import happened
from alongside.chronology.timeline_facts import timeline_facts
from alongside.contributions.models import Grade

from .graded import conditions_of, grades_of, is_ungraded
from .rules import Told, may_give

# The latest; what is older is given from its own page, which leads here with it alone.
LATEST = 12


@dataclass(frozen=True)
class Offer:
    """One entry, what the rules need to know of it, and whether this reader may give it at all."""

    entry: ChronologyEntry
    told: Told
    may: Decision

    @property
    def receipt(self) -> str:
        return self.entry.contribution.receipt

    @property
    def label(self) -> str:
        told = f"{happened(self.entry)}: {self.entry.title} ({self.entry.agency.short_name})"
        return f"{told}. Conditions of police: {self.told.conditions}" if self.told.conditions else told


def offers(look: Look, *, only: str = "", also: Iterable[str] = ()) -> list[Offer]:
    """The latest entries that this reader sees of the child, newest first, or the one of the receipt `only`; and those
    of the receipts `also`, which were chosen before, however old they are."""
    seen = entries_of(look.person, viewer=look.viewer, at=look.at).defer(None).filter(withdrawn=False)
    named = timeline_facts().same_incident.not_involved
    concerned = ChronologyEntry.objects.filter(contribution=OuterRef("contribution")).exclude(role__in=named)
    chosen, many = {only, *also} - {""}, 0 if only else LATEST
    # Of several entries of one contribution one is offered.
    latest = seen.values("pk")[: 2 * many]
    seen = seen.filter(Q(pk__in=latest) | Q(contribution__receipt__in=chosen)) if chosen else seen[: 2 * many]
    found = enumerate(_once(seen.annotate(concerns_somebody=Exists(concerned))))
    entries = [one for place, one in found if place < many or one.contribution.receipt in chosen]
    grades = grades_of(one.contribution_id for one in entries)
    # The child is only named in an account about somebody else.
    others = {one.pk for one in entries if one.role in named and one.concerns_somebody}
    return [_offer(look, one, grades.get(one.contribution_id), one.pk in others) for one in entries]


def _once(entries: Iterable[ChronologyEntry]) -> list[ChronologyEntry]:
    """One entry a contribution: the one in which the child has a part of their own, where there is one."""
    named = timeline_facts().same_incident.not_involved
    found: dict[int, ChronologyEntry] = {}
    for one in entries:
        before = found.get(one.contribution_id)
        if before is None or before.role in named:
            found[one.contribution_id] = one
    return list(found.values())


def _offer(look: Look, entry: ChronologyEntry, grade: Grade | None, is_about_others: bool) -> Offer:
    told = Told(
        teller=entry.agency_id,
        handling=Handling(entry.handling),
        readers=tuple(name for name in entry.readers.split(",") if name),
        is_withdrawn=entry.withdrawn,
        is_about_others=is_about_others,
        is_ungraded=is_ungraded(entry.contribution, grade),
        conditions=conditions_of(entry.contribution, grade),
    )
    return Offer(entry, told, may_give(reader=look.viewer.reader, level=look.level, told=told))
