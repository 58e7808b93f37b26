"""What would still help the next person. Advice, never a condition: nothing here stops anything being sent."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from .about_people import people_questions
from .kinds import Field, Kind, kinds
from .moments import NOT_TOLD
from .rules import Problem

# Words that fill a box and say nothing.
SAYS_NOTHING = frozenset(
    {"n/a", "na", "nil", "none", "as above", "see above", "unknown", "not known", "tbc", "x", "?", "-", "."}
)
NOT_THE_CHILD = frozenset({"parent", "associate", "suspect", "linked"})


@dataclass(frozen=True)
class Gap:
    """Something not told: where it would stand, what it is called, why it would help."""

    field: str
    label: str
    why: str

    @property
    def key(self) -> str:
        """The question alone, whichever child it is asked of."""
        return self.field.rpartition(".")[2]


# As many gaps as are read before sending; the others stand folded beneath.
FEW = 4
WHO = Gap("people", "Who this is about", "Partners can find the child, and can help.")
NARRATIVE = Gap("narrative", "What happened", "Nobody else was there: two lines are enough.")
WHEN = Gap("occurred_at", "When it happened", "It finds its place among what others know. A month alone will do.")
PLACE = Gap("place", "Where it was", "Places can be made safer, and other accounts of it can be found.")


def gaps_in(kind: Kind, envelope: dict[str, Any]) -> list[Gap]:
    """Every gap, not only the first, so that whoever writes is asked once."""
    details = envelope.get("details", {})
    return [
        *_gaps_about_people(kind, envelope.get("people", [])),
        *([NARRATIVE] if not says_something(envelope.get("narrative")) else []),
        *([WHEN] if envelope.get("occurred_at") == NOT_TOLD else []),
        *([PLACE] if kind.wants_place and not envelope.get("place") else []),
        *_not_answered(kind, envelope),
        *_too_little(kind, details),
    ]


def still_missing(envelope: dict[str, Any]) -> list[Problem]:
    """Every gap of something that was taken in, for whoever told it without a form."""
    gaps = gaps_in(kinds()[envelope["kind"]], envelope)
    return [Problem(gap.field, "", f"This is kept. It would still help to know: {gap.label}", gap.why) for gap in gaps]


def foremost(kind: Kind, gaps: list[Gap]) -> tuple[list[Gap], list[Gap]]:
    """The gaps to name first, in the order of the kind's own list, and the others; where none of these is missing,
    few of the others."""
    place = {key: number for number, key in enumerate(("people", "narrative", "occurred_at", *kind.foremost))}
    named = [gap for gap in gaps if gap.key in place]
    if not kind.foremost or not named:
        return gaps[:FEW], gaps[FEW:]
    return sorted(named, key=lambda gap: place[gap.key]), [gap for gap in gaps if gap.key not in place]


def _not_answered(kind: Kind, envelope: dict[str, Any]) -> Iterator[Gap]:
    """Each wanted question without an answer; of several children, each has a voice of their own."""
    details, people = envelope.get("details", {}), envelope.get("people", [])
    children = [person for person in people if person.get("role") not in NOT_THE_CHILD]
    for field in kind.fields:
        if not field.wanted or answered(field, details):
            continue
        if not field.childs_words or len(people) < 2:
            yield Gap(f"details.{field.key}", field.label, field.helps)
            continue
        for child in children:
            if not says_something(child.get("childs_words")):
                called = child.get("likes_to_be_called") or child.get("given_name") or "A child"
                yield Gap(f"details.{field.key}", f"{called}: {field.label}", field.helps)


def says_something(value: object, least: int = 0) -> bool:
    """True for an answer, false for "", "n/a" and text shorter than `least` characters."""
    if isinstance(value, str):
        text = value.strip().rstrip(".").lower()
        return bool(text) and text not in SAYS_NOTHING and len(text) >= least
    return value is not None and value not in ([], {})


def answered(field: Field, answers: dict[str, Any]) -> bool:
    """Told, or the reason told why it could not be."""
    value = answers.get(field.key)
    if says_something(value, field.least) or (field.choices and value):
        return True
    return bool(field.gap_answer) and says_something(answers.get(field.gap_answer))


def _too_little(kind: Kind, details: dict[str, Any]) -> Iterator[Gap]:
    for enough in kind.enough:
        parts = [field for field in kind.fields if field.counts_towards == enough.key]
        if sum(answered(field, details) for field in parts) < enough.least:
            yield Gap(f"details.{parts[0].key}", enough.label, enough.helps)


def _told_of(value: object) -> bool:
    """Of an ethnicity: the code, or why it is not known; who said so is not yet an answer."""
    if isinstance(value, dict):
        return says_something(value.get("code")) or says_something(value.get("why_not_known"))
    return says_something(value)


def _gaps_about_people(kind: Kind, people: list[dict[str, Any]]) -> Iterator[Gap]:
    if kind.about_people and not people:
        yield WHO
    questions = people_questions()
    for number, person in enumerate(people, start=1):
        if person.get("role") in NOT_THE_CHILD:
            continue
        called = person.get("likes_to_be_called") or person.get("given_name") or ""
        for field in map(questions.__getitem__, kind.wanted_about_people):
            if not _told_of(person.get(field.key)):
                label = f"{called}: {field.label}" if called and len(people) > 1 else field.label
                yield Gap(f"people.{number}.{field.key}", label, field.helps)
