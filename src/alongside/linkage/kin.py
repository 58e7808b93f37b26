"""What a family has in common: a name, a home, sometimes a birthday. It must not be taken for one person.

In what families share, two of a family agree as one person's records do, slips of the pen and all; in the rest as
strangers do. How many pairs of records are of one family is learned from the records; how much they share is believed.
"""

from collections.abc import Sequence
from math import log2

from .levels import COMPARISONS
from .model import Model

# Share of pairs of one family that agree as one person's would: all but those who married; twins, who are few, but
# look most like one person; all but those who moved out.
SHARED = {"family_name": 0.95, "date_of_birth": 0.06, "postcode": 0.85, "sex": 0.0}
# Children are named after a father or mother, hardly after a living brother. Where no family name is known of both,
# what stands as the given name may be the family's.
GIVEN_SHARED = {"parent": 0.1, "sibling": 0.003, "unknown": 0.02, "alone": 0.5}
# Beyond so many bits apart the lesser of the two decides alone.
FAR_APART = 60.0
PLACE_OF = {comparison.key: place for place, comparison in enumerate(COMPARISONS)}
GIVEN, FAMILY, BORN = (PLACE_OF[key] for key in ("given_name", "family_name", "date_of_birth"))
GENERATION = next(place for place, level in enumerate(COMPARISONS[BORN].levels) if level.key == "generation")


class AgainstKin:
    """One model's bits for one person and against two of a family, ready for many pairs.

    `bits`: by field but the given name, a number for each level; `given`: the given name's, by what the two would be.
    Each ends with 0, for what is not known.
    """

    def __init__(self, model: Model):
        self.prior = log2(model.prior / model.kin)
        self.bits = {key: _bits(model, key, shared) for key, shared in SHARED.items()}
        self.given = {kind: _bits(model, COMPARISONS[GIVEN].key, shared) for kind, shared in GIVEN_SHARED.items()}

    def of(self, places: Sequence[int]) -> float:
        """From each field's level (-1: not known)."""
        rest = sum(own[places[PLACE_OF[key]]] for key, own in self.bits.items())
        return self.prior + rest + self.given[_would_be(places)][places[GIVEN]]


def _would_be(places: Sequence[int]) -> str:
    if places[FAMILY] < 0:
        return "alone"
    if places[BORN] < 0:
        return "unknown"
    return "parent" if places[BORN] == GENERATION else "sibling"


def _bits(model: Model, key: str, shared: float) -> list[float]:
    levels = zip(model.m[key], model.u[key], strict=True)
    return [*(log2(m / (shared * m + (1 - shared) * u)) for m, u in levels), 0.0]


def weaker(strangers: float, kin: float) -> float:
    """The bits that are left where two might be strangers or of one family: less than either."""
    return min(strangers, kin) - log2(1 + 2 ** -min(FAR_APART, abs(strangers - kin)))
