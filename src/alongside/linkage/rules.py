"""Whether two records are sure to be one child, doubtful, or different: the score, and what no score may overrule.

A verified number comes first. Twins, brothers and sisters at one address, and a father and son with one name
stay apart whatever the score says.
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Protocol

from rapidfuzz.distance import OSA

from .names import may_be_the_same_given_name, normalise
from .sounds import sound_alike

Record = dict[str, Any]

NUMBERS = {"nhs_number": "NHS number", "upn": "pupil number", "la_child_id": "council's number"}
A_GENERATION = 12  # years between a parent and a child, at the least


class Judged(StrEnum):
    SAME = "same"
    DOUBTFUL = "doubtful"
    DIFFERENT = "different"


@dataclass(frozen=True)
class Decision:
    """The verdict, the rule that gave it, and the reason in words. `contradicts`: the facts speak against one
    person, so that no chain of other links may join the two."""

    verdict: Judged
    rule: str
    reason: str
    contradicts: bool = False


class Pair(Protocol):
    @property
    def weight(self) -> float: ...


class Thresholds(Protocol):
    """Bits of evidence from which a pair is sure, and from which a person is asked."""

    @property
    def same_above(self) -> float: ...
    @property
    def doubtful_above(self) -> float: ...


def decide(pair: Pair, left: Record, right: Record, thresholds: Thresholds) -> Decision:
    """The verdict on a scored pair of records."""
    against = why_not(left, right)
    number = shared_number(left, right)
    if number and against:
        return Decision(Judged.DOUBTFUL, "number", f"Same {number}, but {against[0].lower()}{against[1:]}")
    if number:
        return Decision(Judged.SAME, "number", f"Linked by {number}.")
    if against:
        return Decision(Judged.DIFFERENT, "contradiction", against, contradicts=True)
    return _by_details(pair, left, right, thresholds)


def _by_details(pair: Pair, left: Record, right: Record, thresholds: Thresholds) -> Decision:
    if pair.weight < thresholds.doubtful_above:
        return Decision(Judged.DIFFERENT, "details", "Too little agrees.")
    doubt = why_unsure(left, right)
    if pair.weight >= thresholds.same_above and not doubt:
        return Decision(Judged.SAME, "details", f"Linked by {agreeing(left, right)}.")
    return Decision(Judged.DOUBTFUL, "details", doubt or "The details agree in part.")


def shared_number(left: Record, right: Record) -> str:
    """The name of a verified number that both records hold."""
    return next((words for name, words in NUMBERS.items() if left.get(name) and left[name] == right.get(name)), "")


def why_not(left: Record, right: Record) -> str:
    """What speaks against one person so plainly that no score may overrule it, or nothing."""
    if _whole(left) and _whole(right) and abs(_year(left) - _year(right)) >= A_GENERATION:
        return f"Born {abs(_year(left) - _year(right))} years apart: a generation."
    if _clearly_other_given_name(left, right):
        if _same(left, right, "date_of_birth"):
            return "The same birthday but another given name: twins, or two children."
        if _same(left, right, "postcode"):
            return "The same address but another given name: brothers and sisters, or a family."
    return ""


def why_unsure(left: Record, right: Record) -> str:
    """What leaves room for doubt however much else agrees, or nothing."""
    for name, words in NUMBERS.items():
        if left.get(name) and right.get(name) and left[name] != right[name]:
            return f"Each has a {words} of their own."
    if not (_whole(left) and _whole(right)):
        return "No whole date of birth on both records."
    if not (left.get("given_name") and right.get("given_name")):
        return "No given name on both records."
    if left.get("sex") in ("M", "F") and right.get("sex") in ("M", "F") and left["sex"] != right["sex"]:
        return "One says a boy, the other a girl."
    return ""


def agreeing(left: Record, right: Record) -> str:
    """The details that agree, in words."""
    parts = ["name"]
    if _same(left, right, "date_of_birth"):
        parts.append("date of birth")
    if {left.get("postcode"), *left.get("postcodes", [])} & {right.get("postcode"), *right.get("postcodes", [])} - {""}:
        parts.append("postcode")
    return " and ".join([", ".join(parts[:-1]), parts[-1]]) if len(parts) > 1 else "how alike the names are"


def _whole(record: Record) -> bool:
    return len(record.get("date_of_birth") or "") == len("2010-05-01")


def _year(record: Record) -> int:
    return int(record["date_of_birth"][:4])


def _same(left: Record, right: Record, name: str) -> bool:
    return bool(left.get(name)) and left[name] == right.get(name)


def _clearly_other_given_name(left: Record, right: Record) -> bool:
    """Two given names that are neither forms, sounds nor parts of one another, nor of an alias, nor swapped
    with the family name."""
    names, others = _given_names(left), _given_names(right)
    if not names or not others or _swapped(left, right):
        return False
    return not any(_may_be_one(one, other) for one in names for other in others)


def _given_names(record: Record) -> set[str]:
    """Every word that this person may be called by."""
    if not normalise(record.get("given_name")):
        return set()
    words = set(normalise(record["given_name"]).split())
    return words | {normalise(text).split()[0] for text in record.get("aliases", []) if normalise(text)}


def _swapped(left: Record, right: Record) -> bool:
    given, family = normalise(left.get("given_name")), normalise(left.get("family_name"))
    return bool(family) and (given, family) == (
        normalise(right.get("family_name")),
        normalise(right.get("given_name")),
    )


def _may_be_one(one: str, other: str) -> bool:
    if may_be_the_same_given_name(one, other) or sound_alike(one, other):
        return True
    return _edits(one, other) <= (1 if min(len(one), len(other)) < 5 else 2)


def _edits(one: str, other: str) -> int:
    return OSA.distance(one, other, score_cutoff=2)
