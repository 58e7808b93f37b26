"""Trains the model that ships, the same each time: python -m benchmarks.train_linkage OUT.json"""

import sys
from dataclasses import replace
from pathlib import Path

from alongside.linkage.model import Model, load_model, save_model
from alongside.linkage.scoring import BulkScoring
from alongside.linkage.training import adapt

from .linkage_people import invented_records

PEOPLE, SEED = 8_000, 2026
# The share of pairs of one person expected among all pairs of a city's records.
CITY_PRIOR = 1e-5
# Ten bits are odds of a thousand to one that two strangers do not agree so by chance. Families are kept apart by rule,
# and four bits are asked against them. No weight overcomes a reason to doubt, where there are families.
THRESHOLDS = {"same_above": 10.0, "kin_above": 4.0, "sure_above": 100.0, "doubtful_above": 0.0}
STORY = (
    f"Begun with the beliefs and fitted without labels to the records of {PEOPLE} invented people "
    f"(seed {SEED}); the share of matching pairs set for a city, and that of families' pairs in proportion."
)


def trained() -> Model:
    """The model fitted to the invented records."""
    bulk = BulkScoring(invented_records(PEOPLE, SEED))
    fitted = adapt(bulk, load_model("beliefs"))
    rounded = {name: _rounded(getattr(fitted, name)) for name in ("m", "u")}
    kin = float(f"{CITY_PRIOR * fitted.kin / fitted.prior:.5g}")
    return replace(fitted, version="v2", description=STORY, prior=CITY_PRIOR, kin=kin, **THRESHOLDS, **rounded)


def _rounded(shares: dict[str, tuple[float, ...]]) -> dict[str, tuple[float, ...]]:
    return {key: tuple(float(f"{share:.5g}") for share in own) for key, own in shares.items()}


if __name__ == "__main__":
    save_model(trained(), Path(sys.argv[1]))
