"""What an agency owed after something happened, and no answer that the reader may see has come."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from .models import ChronologyEntry
from .telling import group_of
from .timeline_facts import Owed

# An answer may name a moment a little before the thing that it answers.
EARLY = timedelta(hours=12)


@dataclass(frozen=True)
class Debt:
    """What is owed (`kind`), by which agency, since when it was due, and after what."""

    kind: str
    by: str
    due: datetime
    after: ChronologyEntry


def owed_of(entries: Iterable[ChronologyEntry], rules: Iterable[Owed], *, at: datetime) -> list[Debt]:
    """Each debt once an incident, newest first. Made of what the reader may see, so it tells of nothing else:
    an answer that is restricted to others is, to this reader, none that they may see."""
    shown = [one for one in entries if not one.withdrawn and one.handling != "restricted" and group_of(one)]
    debts: dict[tuple[str, str], Debt] = {}
    for rule in rules:
        answers = [one for one in shown if one.kind == rule.kind and one.agency_id == rule.by]
        for one in shown:
            base = began_at(one, rule)
            if base is None or base + timedelta(hours=rule.hours) > at or answered(one, base, answers, rule):
                continue
            debt = Debt(rule.kind, rule.by, base + timedelta(hours=rule.hours), one)
            debts.setdefault((rule.kind, one.incident or str(one.contribution_id)), debt)
    return sorted(debts.values(), key=lambda debt: debt.due, reverse=True)


def began_at(entry: ChronologyEntry, rule: Owed) -> datetime | None:
    """From when the hours of the rule count, if it speaks of this entry."""
    if entry.kind != rule.after or entry.role not in rule.roles:
        return None
    return entry.until if rule.from_its_end else entry.occurred_at


def answered(entry: ChronologyEntry, base: datetime, answers: list[ChronologyEntry], rule: Owed) -> bool:
    """Whether one of these tells of the same incident, or of that time."""
    last = base + timedelta(hours=rule.answered_within)
    return any(
        (entry.incident and one.incident == entry.incident) or base - EARLY <= one.occurred_at <= last
        for one in answers
    )
