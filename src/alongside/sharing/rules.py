"""Who may give what to whom, on which bases, and how a decision stands."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from alongside.access.rules import Decision, Handling, Level, Reader

Kind = Literal["lawful", "special", "gateway"]


@dataclass(frozen=True)
class Told:
    """What the rules need to know of an entry: who told it, to whom, and what police said of it.

    `conditions`: the words of police on how it may be used (3x5x2, handling code C); "" where there are none.
    """

    teller: str
    handling: Handling
    readers: tuple[str, ...] = ()
    is_withdrawn: bool = False
    is_about_others: bool = False
    is_ungraded: bool = False
    conditions: str = ""


@dataclass(frozen=True)
class Recipient:
    """Who would get it. A body with no seat has no agency and counts as not statutory."""

    agency: str = ""
    is_statutory: bool = False


YES = Decision(True, "You may give it.")


def may_give(*, reader: Reader, level: Level, told: Told) -> Decision:
    """May this reader, standing this near to the child, give this entry to anybody outside the team?"""
    own = told.teller == reader.agency
    refusals = (
        (level is not Level.TEAM, "Only the team around the child gives what it knows to others."),
        (told.is_withdrawn, "It was taken back."),
        (told.is_about_others, "It is about another child: it is given from that child’s page."),
        (told.is_ungraded, "Police have not graded it yet."),
        (
            told.handling is Handling.RESTRICTED and not (own and reader.key in told.readers),
            "Only somebody named on it, of the agency that told it, may give it.",
        ),
        (
            told.handling is Handling.POLICE and not (own and reader.sees_police_only),
            "Only police may give it, of the force that told it.",
        ),
        (
            bool(told.conditions) and not reader.sees_police_only,
            "Police set conditions on it: ask the intelligence desk to give it.",
        ),
    )
    return next((Decision(False, why) for refused, why in refusals if refused), YES)


def may_go_to(*, reader: Reader, told: Told, to: Recipient) -> Decision:
    """May it go to this recipient? Whoever told it for a few agencies may widen that; others keep to it."""
    if told.teller == reader.agency:
        return YES
    if told.handling is Handling.STATUTORY and not to.is_statutory:
        return Decision(False, "It was told to statutory agencies only: ask the agency that told it.")
    if told.handling is Handling.AGENCIES and to.agency not in told.readers:
        return Decision(False, "It was told to named agencies only: ask the agency that told it.")
    return YES


def bases_missing(kinds: Iterable[Kind]) -> str:
    """What is wanting among the bases that were chosen, in a sentence, or ""."""
    chosen = set(kinds)
    if "lawful" not in chosen:
        return "Choose at least one basis of article 6, or of part 3 for police"
    if "special" not in chosen:
        return "Choose at least one basis of article 9: a child’s record may tell of health or ethnicity"
    return ""


@dataclass(frozen=True)
class Standing:
    """How far a decision has come: what `state_of` asks of it."""

    is_given: bool
    is_recorded: bool = True
    record_by: datetime | None = None
    is_ended: bool = False
    expires_on: date | None = None
    needs_second: bool = False
    second_agrees: bool | None = None
    is_read: bool = False
    is_gone: bool = False
    # Of somebody without a seat: whether nothing reached them yet; and where the giving ended, whether paper is out
    # still, and whether they were rung when it was given and not since.
    has_nobody: bool = False
    is_paper_out: bool = False
    is_untold: bool = False


def state_of(one: Standing, *, at: datetime, today: date) -> str:
    """One word of the table of status words."""
    return _given(one, at=at, today=today) if one.is_given else _withheld(one)


def _given(one: Standing, *, at: datetime, today: date) -> str:
    if not one.is_recorded:
        return "record_late" if one.record_by and one.record_by < at else "to_record"
    if one.is_ended:
        return _over(one)
    if one.is_gone or (one.expires_on and one.expires_on < today):
        return "ended"
    if one.has_nobody:
        return "no_paper"
    return "read" if one.is_read else "given"


def _over(one: Standing) -> str:
    if one.is_paper_out:
        return "paper_out"
    return "untold" if one.is_untold else "taken_back"


def _withheld(one: Standing) -> str:
    if one.needs_second and one.second_agrees is None:
        return "second_person"
    return "not_agreed" if one.needs_second and not one.second_agrees else "not_given"
