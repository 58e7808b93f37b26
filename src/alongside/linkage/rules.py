"""Are two records of one person? Identifiers first, then what twins and families teach, then the weight."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum
from functools import lru_cache

IDENTIFIERS = {
    "nhs_number": "NHS number",
    "upn": "unique pupil number",
    "la_child_id": "local authority child id",
}

GIVEN_DIFFERS = frozenset({"other_name", "else"})
# Alike enough for a slip of the pen, and for the names that parents give to twins.
GIVEN_UNSURE = frozenset({"initial", "either_way", "crossed", "alike", "short", "near", "sounds"})
GIVEN_AGREES = frozenset({"exact", "swapped", "first", "form", "known_as", "typed"})
FAMILY_AGREES = frozenset({"exact", "swapped", "typed", "part", "known_as", "sounds", "alike", "crossed"})
BORN_AGREES = frozenset({"exact", "swapped", "typed", "partial", "new_year"})
PLACE_AGREES = frozenset({"exact", "earlier", "typed", "sector"})


class Verdict(StrEnum):
    SAME = "same"
    DOUBTFUL = "doubtful"
    DIFFERENT = "different"


@dataclass(frozen=True)
class Decision:
    """A verdict and the reason for it, in words for the person who reads it.

    `by_number`: a verified number says so. `contradicts`: the facts speak against one person, so that no chain
    of other links may join the two.
    """

    verdict: Verdict
    reason: str
    by_number: bool = False
    contradicts: bool = False


class Levels(dict[str, str]):
    """A level per field. Not to be changed, so that what follows from it need be worked out only once."""

    def __init__(self, levels: Iterable[tuple[str, str]]) -> None:
        super().__init__(levels)
        self.hash = hash(tuple(self.items()))

    def __hash__(self) -> int:  # type: ignore[override]
        return self.hash


@dataclass(frozen=True)
class Evidence:
    """What is known between two records: a level per field, the weight in bits, identifiers known of both.

    `kin`: the part of the weight (0 or less) that is taken off because two of a family would agree so too.
    """

    levels: Levels
    weight: float
    same_identifiers: tuple[str, ...] = ()
    different_identifiers: tuple[str, ...] = field(default=())
    kin: float = 0.0

    def is_in(self, name: str, levels: frozenset[str]) -> bool:
        return self.levels.get(name) in levels


@dataclass(frozen=True)
class Thresholds:
    """Bits above which a pair is the same person, or worth a person's look.

    `same_above` is asked against strangers, `kin_above` when two of a family are thought of too, and
    `sure_above`, with both, where there is a reason to doubt.
    """

    same_above: float
    kin_above: float
    sure_above: float
    doubtful_above: float


AGREED = "Name, date of birth and what else is known agree"


def decide(evidence: Evidence, thresholds: Thresholds) -> Decision:
    """The verdict; "same" only where nothing that twins, siblings or a parent would show is seen."""
    weight = evidence.weight
    over = (
        weight > thresholds.doubtful_above,
        weight - evidence.kin > thresholds.same_above,
        weight > thresholds.kin_above,
        weight > thresholds.sure_above,
    )
    return _decided(evidence.levels, over, evidence.same_identifiers, evidence.different_identifiers)


# Pairs of a table look alike by the thousand: what decides is worked out once for all of them.
@lru_cache(maxsize=100_000)
def _decided(
    levels: Levels, over: tuple[bool, bool, bool, bool], same: tuple[str, ...], different: tuple[str, ...]
) -> Decision:
    worth_a_look, against_strangers, against_kin, sure = over
    evidence = Evidence(levels, 0.0, same, different)
    if same:
        return _by_identifier(evidence)
    apart = bool(different) or perhaps_twins_family_name_first(evidence)
    family = another_of_the_family(evidence)
    if family:
        return Decision(Verdict.DIFFERENT, family, contradicts=True)
    if not worth_a_look:
        return Decision(Verdict.DIFFERENT, "Too little speaks for one person", contradicts=apart)
    doubt = reason_to_doubt(evidence)
    if doubt and (apart or not sure):
        return Decision(Verdict.DOUBTFUL, doubt, contradicts=apart)
    if not against_strangers:
        return Decision(Verdict.DOUBTFUL, "Much speaks for one person, but not enough to be sure")
    if not against_kin:
        return Decision(Verdict.DOUBTFUL, "Much speaks for one person, but a family might have as much in common")
    return Decision(Verdict.SAME, "What is known of both agrees" if doubt else AGREED)


def _by_identifier(evidence: Evidence) -> Decision:
    name = IDENTIFIERS[evidence.same_identifiers[0]]
    if evidence.different_identifiers:
        other = IDENTIFIERS[evidence.different_identifiers[0]]
        return Decision(Verdict.DOUBTFUL, f"The same {name}, but another {other}", by_number=True)
    given_differs = evidence.is_in("given_name", GIVEN_DIFFERS)
    sex_differs = evidence.levels.get("sex") == "else"
    if another_of_the_family(evidence) or (given_differs and sex_differs):
        reason = f"The same {name}, but it seems to be written on another's record"
        return Decision(Verdict.DOUBTFUL, reason, by_number=True)
    return Decision(Verdict.SAME, f"The same {name}", by_number=True)


def another_of_the_family(evidence: Evidence) -> str:
    """Why the two are relatives rather than one person; empty when they need not be."""
    given_differs = evidence.is_in("given_name", GIVEN_DIFFERS)
    same_family = evidence.is_in("family_name", FAMILY_AGREES)
    born = evidence.levels.get("date_of_birth")
    if born == "generation":
        return "Born twelve years or more apart: as a parent and a child may be, even with one name"
    if given_differs and same_family and evidence.is_in("date_of_birth", BORN_AGREES):
        return "Born together with one family name, and another given name: as twins are"
    if given_differs and same_family and evidence.is_in("postcode", PLACE_AGREES):
        return "Another given name at one home: as brothers and sisters are"
    return ""


def perhaps_twins_family_name_first(evidence: Evidence) -> bool:
    """Whether what stands as the given name may be the family name of two children."""
    return evidence.levels.get("family_name") == "perhaps_given" and evidence.is_in("given_name", GIVEN_AGREES)


def reason_to_doubt(evidence: Evidence) -> str:
    """Why a person must look before the two can be one; empty when the weight may decide."""
    if evidence.different_identifiers:
        return f"Each has another {IDENTIFIERS[evidence.different_identifiers[0]]}"
    if "date_of_birth" not in evidence.levels:
        return "The date of birth is not known of both"
    if not evidence.is_in("date_of_birth", BORN_AGREES):
        return "The dates of birth do not agree"
    # Among a hundred thousand people some have one name, and birthdays that are one digit apart.
    if evidence.levels["date_of_birth"] != "exact" and not evidence.is_in("postcode", PLACE_AGREES):
        return "Neither the whole date of birth nor the home agrees"
    return _doubt_of_the_names(evidence)


def _doubt_of_the_names(evidence: Evidence) -> str:
    at_home = evidence.is_in("postcode", PLACE_AGREES)
    if "family_name" not in evidence.levels:
        return "The one name that both have may be the family's"
    if perhaps_twins_family_name_first(evidence):
        return "The family name may stand first, and the given names differ: as of twins or brothers and sisters"
    exchanged = at_home and evidence.levels["date_of_birth"] == "exact"
    if not evidence.is_in("given_name", GIVEN_AGREES | ({"either_way"} if exchanged else set())):
        return "The given names are alike, but may be two names"
    if evidence.levels.get("sex") == "else" and evidence.levels.get("given_name") != "exact":
        return "The given names are alike, and the sex differs"
    if not at_home and not evidence.is_in("family_name", FAMILY_AGREES):
        return "Neither the family name nor the home agrees"
    return ""
