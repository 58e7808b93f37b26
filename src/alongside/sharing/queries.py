"""Decisions to give or not to give, as their reader may know them."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet
from django.utils import timezone

from alongside.access.permissions import Permission
from alongside.access.rules import Level
from alongside.agencies.models import Practitioner
from alongside.chronology.queries import entries_seen_by
from alongside.ledger.models import LedgerEvent, Operation
from alongside.people.models import Person
from alongside.people.queries import (
    doors_of_each,
    is_in_team,
    level_of,
    not_closed_wherever,
    open_since,
    open_standings,
    standings_of,
)
from alongside.people.rules import EMERGENCY

from .bases import Basis, terms
from .changes import Change, changes_in
from .models import Choice, ShareDecision, SharedEntry
from .moved import given_before_they_moved
from .recipients import is_kept_from
from .rules import Standing, state_of

READ = "given to me"
PAPER = "given on paper"
ENDED = "given to me, ended"
MOST = 100
PEOPLE = ("by", "second_by", "second_asked", "ended_by", "recorded_by", "told_by", "seen_to_by")
WHOM = ("to_practitioner__agency", "to_team__agency", "agency", "person", "by__agency", "second_asked__agency", *PEOPLE)


def decisions() -> QuerySet[ShareDecision]:
    """Every decision with what its words need, newest first."""
    entries = SharedEntry.objects.select_related("contribution__agency", "record").order_by("pk")
    found = ShareDecision.objects.select_related(*WHOM).prefetch_related(Prefetch("entries", entries))
    return found.order_by("-at", "-pk")


def is_in_the_team(viewer: Practitioner, person: Person, *, at: datetime) -> bool:
    """Whether they stand in the team around this child but for an emergency, which is for reading."""
    lasting = [one for one in standings_of(person, at=at) if not one.source.startswith(EMERGENCY)]
    return level_of(viewer=viewer, person=person, at=at, standings=lasting) is Level.TEAM


def may_say_a_word(pairs: Iterable[tuple[Practitioner, Person]], *, at: datetime) -> set[tuple[int, int]]:
    """Of pairs of a seat and a child, those where the seat may open the page of a second word, by their keys; with as
    many looks for many as for one."""
    asked = [(who, child) for who, child in pairs if who.is_active and who.may(Permission.SHARE)]
    if not asked:
        return set()
    doors = doors_of_each(who for who, _ in asked)
    lasting = defaultdict(list)
    near = open_standings(at).filter(person__in={child.pk for _, child in asked}).select_related("practitioner")
    for one in near.exclude(source__startswith=EMERGENCY):
        lasting[one.person_id].append(one)
    return {
        (who.pk, child.pk)
        for who, child in asked
        if is_in_team(who, child.pk, standings=lasting[child.pk], doors=doors[who.pk])
    }


def made_by(viewer: Practitioner) -> QuerySet[ShareDecision]:
    """What this practitioner gave, or decided not to give, but of a child whose record a tie or a restriction has
    closed to them since."""
    return decisions().filter(not_closed_wherever(viewer, "person"), by=viewer)


def to_record(viewer: Practitioner) -> Q:
    """What this practitioner gave first and has to record the rest of: their own reason is theirs to say, also where
    the record was closed to them since."""
    if not viewer.may(Permission.SHARE):
        return Q(pk__in=())
    return Q(by=viewer, choice=Choice.GIVE, recorded_at=None)


def on_paper() -> Q:
    """What was given to somebody without a seat, but what ended and whose paper is back, or destroyed."""
    return Q(choice=Choice.GIVE) & ~Q(to_outside="") & (Q(ended_at=None) | Q(told_gone_at=None))


def decided_since(by: Q | None = None) -> Exists:
    """Whether whoever made a decision made another since, about the same child and recipient. `by`: or who else."""
    same = (
        Q(to_practitioner=OuterRef("to_practitioner"))
        | Q(to_team=OuterRef("to_team"))
        | (Q(to_outside=OuterRef("to_outside")) & ~Q(to_outside=""))
    )
    by = by or Q(by=OuterRef("by"))
    return Exists(ShareDecision.objects.filter(same, by, person=OuterRef("person"), pk__gt=OuterRef("pk")))


def wants_deciding(found: Iterable[ShareDecision], can: Collection[tuple[int, int]]) -> list[ShareDecision]:
    """Of what was not given, that where the second person thinks otherwise, or can say nothing any more. `can`: who
    may say a word, as above."""
    return [
        one
        for one in found
        if one.second_agrees is False
        or (one.second_agrees is None and one.second_asked and not _can_answer(one, one.second_asked, can))
    ]


def _can_answer(one: ShareDecision, who: Practitioner, can: Collection[tuple[int, int]]) -> bool:
    return (who.pk, one.person_id) in can and not is_kept_from(one, who)


def pairs_of(found: Iterable[ShareDecision]) -> list[tuple[Practitioner, Person]]:
    """Whoever decided each, and who is asked for a second word on it, with the child."""
    found = list(found)
    asked = [(one.second_asked, one.person) for one in found if one.second_asked and one.second_agrees is None]
    return [*((one.by, one.person) for one in found), *asked]


def received_by(viewer: Practitioner, *, at: datetime) -> QuerySet[ShareDecision]:
    """What was given to this practitioner or their team and can still be read: not what was given before the child's
    record was restricted to others."""
    if not isinstance(viewer, Practitioner) or not viewer.is_active:
        return decisions().none()
    return decisions().filter(to_me(viewer, at=at))


def read_still(at: datetime) -> Q:
    """What was given, and whoever it was given to can read now."""
    return Q(choice=Choice.GIVE, ended_at=None, gone_at=None, expires_on__gte=timezone.localdate(at))


def to_me(viewer: Practitioner, *, at: datetime) -> Q:
    return _mine(viewer) & read_still(at)


def _mine(viewer: Practitioner) -> Q:
    mine = Q(to_practitioner=viewer) | (Q(to_team=viewer.team_id) if viewer.team_id else Q(pk__in=()))
    return mine & Q(choice=Choice.GIVE) & ~Q(by=viewer) & open_since(viewer, "person", since="at")


def ended_for_me(viewer: Practitioner, *, at: datetime) -> Q:
    """What was given to them, and somebody ended, until the day to which it could have been read."""
    return _mine(viewer) & Q(ended_at__isnull=False, expires_on__gte=timezone.localdate(at))


def ended_for(viewer: Practitioner, *, at: datetime) -> QuerySet[ShareDecision]:
    """The same, for whoever read it before: it is not to be used any more. Where a restriction closed it, nothing is
    said."""
    if not isinstance(viewer, Practitioner) or not viewer.is_active:
        return decisions().none()
    return decisions().filter(ended_for_me(viewer, at=at))


def decisions_seen_by(viewer: Practitioner, *, person: Person, at: datetime) -> list[ShareDecision]:
    """What was decided about this child, for a reader in the team: their own, and each whose every entry they may
    read. One that holds an entry closed to them would tell that the entry is there. Not what is kept from them.
    `is_of_another`: made of another child, and here for an entry that is of this one by now."""
    # By reference: of what was corrected since, the timeline holds the newest version alone.
    same = {f"contribution__{key}": OuterRef(f"contribution__{key}") for key in ("agency", "system", "reference")}
    closed = SharedEntry.objects.filter(~Exists(entries_seen_by(viewer, at=at).filter(**same)), decision=OuterRef("pk"))
    theirs = Q(person=person) | given_before_they_moved(viewer, person, at=at)
    ids = ShareDecision.objects.filter(theirs | Q(entries__record__person=person)).values("pk")
    found = decisions().filter(Q(by=viewer) | ~Exists(closed), pk__in=ids).annotate(is_of_another=~theirs)[:MOST]
    return [one for one in found if one.by_id == viewer.pk or not is_kept_from(one, viewer)]


@dataclass(frozen=True)
class Shown:
    """One decision in words. `is_mine`: its maker or their agency reads what was written, others only that it was; so
    do all on the page of another child than it was written of."""

    decision: ShareDecision
    state: str
    bases: list[Basis]
    is_mine: bool
    read_by: list[LedgerEvent]
    papers: list[LedgerEvent]
    changes: list[tuple[SharedEntry, Change]]

    @property
    def waits_for(self) -> str:
        """Whose word it waits for."""
        asked = self.decision.second_asked
        return asked.name if asked and self.state == "second_person" else ""

    @property
    def untold(self) -> list[tuple[SharedEntry, Change]]:
        """Corrections of which a holder of paper was not told yet. Once it ended, they are asked for the paper."""
        if self.decision.has_seat or self.decision.ended_at:
            return []
        return [
            (one, how) for one, how in self.changes if not one.told_of_changes_at or one.told_of_changes_at < how.at
        ]

    @property
    def untold_gone(self) -> bool:
        """Whether any of it was disposed of, or it ended, and whoever holds paper or was rung was not told yet."""
        return bool(self._over_at and not self.decision.told_gone_at)

    @property
    def is_out(self) -> bool:
        """Whether somebody without a seat has it: on paper, or because they were rung."""
        return not self.decision.has_seat and bool(self.papers or self.decision.rang_at)

    @property
    def marks(self) -> dict[str, tuple[int | None, datetime]]:
        """What a holder was not told yet, each by the mark that the page carries: the key of the entry, or
        None for what was disposed of, and when it became so. A later change of the same has another mark."""
        became: list[tuple[int | None, datetime]] = [(one.pk, how.at) for one, how in self.untold]
        if self.untold_gone:
            became.append((None, self._over_at))
        return {f"{key or 'gone'}@{when.isoformat()}": (key, when) for key, when in became}

    @property
    def _over_at(self) -> datetime | None:
        """Since when nobody should go by it any more, where somebody without a seat has it."""
        return (self.decision.ended_at or self.decision.gone_at) if self.is_out else None


def shown(made: Iterable[ShareDecision], *, viewer: Practitioner, at: datetime) -> list[Shown]:
    """Each with its state, who read it, and what changed since it was given."""
    found, today = list(made), timezone.localdate(at)
    looks = looks_at(found)
    changes = changes_in(entry for one in found for entry in one.entries.all())
    return [
        Shown(
            one,
            state_of(standing_of(one, looks), at=at, today=today),
            terms().named(one.bases),
            viewer.agency_id == one.agency_id and (viewer.pk == one.by_id or not getattr(one, "is_of_another", False)),
            looks.get((READ, one.subject), []),
            looks.get((PAPER, one.subject), []),
            [(entry, changes[entry.pk]) for entry in one.entries.all() if entry.pk in changes],
        )
        for one in found
    ]


def to_tell(paper: Iterable[ShareDecision], *, viewer: Practitioner, at: datetime) -> list[Shown]:
    """Of these, those whose holder was not told yet what was corrected, taken back or disposed of."""
    found = list(paper)
    all_of_it = shown(found, viewer=viewer, at=at) if found else []
    return [one for one in all_of_it if one.untold or one.untold_gone]


def standing_of(one: ShareDecision, looks: Collection[tuple[str, str]]) -> Standing:
    is_printed = (PAPER, one.subject) in looks
    return Standing(
        is_given=one.choice == Choice.GIVE,
        is_recorded=one.recorded_at is not None,
        record_by=one.record_by,
        is_ended=one.ended_at is not None,
        expires_on=one.expires_on,
        # Some decisions that could not harm were made before all were asked for a second person.
        needs_second=one.second_asked_id is not None,
        second_agrees=one.second_agrees,
        is_read=(READ, one.subject) in looks,
        is_gone=one.gone_at is not None and not one.entries.all(),
        has_nobody=not one.has_seat and not is_printed and one.rang_at is None,
        is_paper_out=not one.has_seat and is_printed and one.told_gone_at is None,
        is_untold=one.rang_at is not None and one.told_gone_at is None,
    )


def looks_at(made: Iterable[ShareDecision]) -> dict[tuple[str, str], list[LedgerEvent]]:
    """Who read what was given, and when paper of it was made, first to last: by which of both, and by what the ledger
    calls it."""
    found: dict[tuple[str, str], list[LedgerEvent]] = defaultdict(list)
    subjects = [one.subject for one in made]
    looks = LedgerEvent.objects.filter(subject__in=subjects, operation=Operation.VIEW, what__in=[READ, PAPER])
    for look in looks.order_by("at", "pk"):
        found[look.what, look.subject].append(look)
    return found
