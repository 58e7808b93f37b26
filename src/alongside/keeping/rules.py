"""When something told falls due to be disposed of: hold beats retain beats purge. Plain, and reads no clock."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

ANY = "*"


class Begins(StrEnum):
    """From when a period runs."""

    EVENT = "event"
    BIRTH = "date_of_birth"
    CLOSED = "case_closed"


class Outcome(StrEnum):
    HELD = "held"
    KEPT = "kept"
    DUE = "due"
    CANNOT_TELL = "cannot_tell"


@dataclass(frozen=True)
class Rule:
    """One controller's period for some kinds; `words` are what a tombstone says of it."""

    controllers: tuple[str, ...]
    kinds: tuple[str, ...]
    begins: Begins
    years: int = 0
    months: int = 0
    words: str = ""

    def is_for(self, controller: str) -> bool:
        return controller in self.controllers

    def names(self, kind: str) -> bool:
        """Whether it names this kind, rather than meaning any."""
        return kind in self.kinds


@dataclass(frozen=True)
class Facts:
    """What is known of one thing told. `births`: of each child it concerns, as far as known ("2010-05", ""). `closed`:
    when the last work of its agency with them ended; nothing where there was none."""

    happened: date
    births: tuple[str, ...] = ()
    closed: date | None = None
    is_open: bool = False


@dataclass(frozen=True)
class Judgement:
    """What follows, since when or when it will, and by which rule."""

    outcome: Outcome
    due: date | None = None
    rule: Rule | None = None


def later(day: date, *, years: int, months: int) -> date:
    """So long after that day; where that month is shorter, on the first of the next: never sooner."""
    month = day.month - 1 + months
    year, month = day.year + years + month // 12, month % 12 + 1
    if year > date.max.year:
        return date.max
    try:
        return date(year, month, day.day)
    except ValueError:
        return date(year + month // 12, month % 12 + 1, 1)


def latest(born: str) -> date | None:
    """The last day that a date of birth, known whole or in part, may mean."""
    parts = [int(part) for part in born.split("-") if part.isdigit()]
    if not parts:
        return None
    year, month = parts[0], parts[1] if len(parts) > 1 else 12
    last = date(year + month // 12, month % 12 + 1, 1) - timedelta(days=1)
    return date(*parts) if len(parts) == 3 else last


def answered_on(due: date, released: Iterable[date | None]) -> date:
    """When a request was answered: with the last part that went out. One that was never answered whole counts from the
    day on which it was due, or from the last part that went out, if that was later."""
    parts = list(released)
    known = [day for day in parts if day]
    return max(known) if parts and len(known) == len(parts) else max([due, *known])


def begins_on(begins: Begins, facts: Facts) -> date | None:
    """From when the period runs; nothing where that cannot be told, or has not begun."""
    if begins is Begins.EVENT:
        return facts.happened
    if begins is Begins.CLOSED:
        return None if facts.is_open else max(facts.closed or facts.happened, facts.happened)
    births = [latest(born) for born in facts.births]
    return None if not births or None in births else max(day for day in births if day)


def due_on(rule: Rule, facts: Facts) -> date | None:
    """The first day on which nothing of this rule keeps it any longer."""
    began = begins_on(rule.begins, facts)
    return later(began, years=rule.years, months=rule.months) if began else None


def rules_for(rules: Iterable[Rule], *, controller: str, kind: str) -> list[Rule]:
    """The controller's rules that name the kind; where none does, those for any kind."""
    own = [rule for rule in rules if rule.is_for(controller)]
    return [rule for rule in own if rule.names(kind)] or [rule for rule in own if rule.names(ANY)]


def judge(rules: Iterable[Rule], facts: Facts, *, is_held: bool, today: date) -> Judgement:
    """Of rules that all apply the longest keeps it. Without a rule, or a date, it is kept until a person says more."""
    dues = [(due_on(rule, facts), rule) for rule in rules]
    known = [(day, rule) for day, rule in dues if day]
    if not dues or len(known) < len(dues):
        unknown = Outcome.KEPT if facts.is_open else Outcome.CANNOT_TELL
        return Judgement(Outcome.HELD if is_held else unknown)
    day, rule = max(known, key=lambda one: one[0])
    if is_held:
        return Judgement(Outcome.HELD, day, rule)
    return Judgement(Outcome.DUE if day <= today else Outcome.KEPT, day, rule)
