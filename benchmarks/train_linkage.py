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
# Ten bits are odds of a thousand to one; what families have in common is kept apart by rule, not by weight.
SURE, DOUBTFUL = 10.0, 0.0
STORY = (
    f"Begun with the beliefs and fitted without labels to the records of {PEOPLE} invented people "
    f"(seed {SEED}); the share of matching pairs set for a city."
)


def trained() -> Model:
    """The model fitted to the invented records."""
    bulk = BulkScoring(invented_records(PEOPLE, SEED))
    fitted = adapt(bulk, load_model("beliefs"))
    rounded = {name: _rounded(getattr(fitted, name)) for name in ("m", "u")}
    return replace(fitted, version="v1", description=STORY, prior=CITY_PRIOR, **rounded).with_thresholds(
        same_above=SURE, doubtful_above=DOUBTFUL
    )


def _rounded(shares: dict[str, tuple[float, ...]]) -> dict[str, tuple[float, ...]]:
    return {key: tuple(float(f"{share:.5g}") for share in own) for key, own in shares.items()}


if __name__ == "__main__":
    save_model(trained(), Path(sys.argv[1]))
