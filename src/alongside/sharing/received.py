"""What was given to a reader: only that, in words; and what was corrected or taken back since."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone

from alongside.agencies.models import Practitioner
from alongside.chronology.named_in import part_in_words
from alongside.chronology.versions import named_team
from alongside.contributions.kinds import kinds
from alongside.contributions.models import Contribution, Grade
from alongside.contributions.voices import voice_of
from alongside.ledger import subjects
from alongside.ledger.models import Operation, record_each
from alongside.web.dates import day_and_year, month, short_moment

from .changes import Change, changes_in, is_as_wide, may_show
from .graded import conditions_of, grades_of
from .models import ShareDecision, SharedEntry
from .queries import READ

Fact = tuple[str, str]


@dataclass(frozen=True)
class GivenEntry:
    """One entry as its recipient reads it; empty of what was told where its teller took it back."""

    title: str
    happened: str
    teller: str
    told: datetime
    narrative: str
    facts: list[Fact]
    conditions: str
    change: str


def entries_given(decision: ShareDecision) -> list[GivenEntry]:
    """Each entry that was given, as it may be relied on now."""
    entries = list(decision.entries.all())
    changes = changes_in(entries)
    grades = grades_of({*(one.contribution_id for one in entries), *(how.newest.pk for how in changes.values())})
    return [_given(one, changes.get(one.pk), grades) for one in entries]


def _given(one: SharedEntry, change: Change | None, grades: dict[int, Grade]) -> GivenEntry:
    told = one.contribution
    if change and may_show(change, one, grades.get(change.newest.pk)):
        told = change.newest
    hidden = change is not None and told is one.contribution
    # Conditions that police set later on the very words that were given hold from then on.
    conditions = conditions_of(told, grades.get(told.pk)) or (one.conditions if told is one.contribution else "")
    return GivenEntry(
        title=one.title,
        happened=_when(told),
        teller=told.agency.name,
        told=told.told_us_at,
        narrative="" if hidden else str(told.told.get("narrative") or ""),
        facts=[] if hidden else _facts(one, told),
        conditions=conditions,
        change=_in_words(change, one.contribution, hidden=hidden) if change else "",
    )


def _facts(one: SharedEntry, told: Contribution) -> list[Fact]:
    """What was answered, without what could show who told it, nor how sure police are of them."""
    part = [] if one.role == "subject" else [("Their part in it", part_in_words(one.role))]
    place, kind = (told.told.get("place") or {}).get("name", ""), kinds().get(told.kind)
    details = named_team(told.told.get("details") or {})
    answers = [(field.label, words) for field, words in kind.given(details)] if kind else []
    where = [("Place", place)] if place else []
    return [*where, *voice_of(told, one.record.reference), *answers, *part]


def _in_words(change: Change, given: Contribution, *, hidden: bool) -> str:
    when = short_moment(timezone.localtime(change.at))
    if change.is_withdrawn:
        because = change.newest.withdrawn_because or "no reason is recorded"
        return f"Taken back by whoever told it, {when}: {because}. Rely on it no longer, and tell whom you told."
    if hidden:
        how = "and not given anew" if is_as_wide(change, given) else "for fewer readers than before"
        return f"Corrected, {when}, {how}. Rely on it no longer: ask whoever gave it to you."
    return f"Corrected, {when}. What stands here is the newer version: tell whom you told the first."


def _when(told: Contribution) -> str:
    here = timezone.localtime(told.occurred_at)
    words = {"month": month, "day": day_and_year}.get(told.occurred_to)
    return words(here.date()) if words else short_moment(here)


def write_down(what: str, decision: ShareDecision, *, by: Practitioner, at: datetime) -> None:
    """A line for the child, one for the giving and one for each entry that is shown, before the page leaves."""
    entries = [one.contribution.subject for one in decision.entries.all()]
    about = [subjects.child(decision.person.reference), decision.subject, *entries]
    record_each(Operation.VIEW, what, by=by, at=at, about=about, purpose=f"Given by {decision.by.name}"[:200])


def write_down_reading(decision: ShareDecision, *, by: Practitioner, at: datetime) -> None:
    write_down(READ, decision, by=by, at=at)


def sort_unread_first(given: Iterable[ShareDecision], unread: set[str]) -> list[ShareDecision]:
    """What the reader has not read first, then the newest."""
    return sorted(given, key=lambda one: one.subject not in unread)
