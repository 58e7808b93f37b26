"""How common each name and each postcode is: agreeing on a rare one says more."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from .levels import FREQUENCY_COLUMNS
from .model import Model, exact_u_of

STEADYING_RECORDS = 10_000


@dataclass(frozen=True)
class Frequencies:
    """Column → value → share of the records that know the column."""

    shares: Mapping[str, Mapping[str, float]] = field(default_factory=dict)

    def of(self, column: str, value: str | None) -> float | None:
        return self.shares.get(column, {}).get(value) if value else None


def count_frequencies(ready: Iterable[dict], steadied_by: Model | None = None) -> Frequencies:
    """Shares counted over comparable records.

    A few hundred records of a few families make every home and name among them look common. With a model,
    what is usual in its city weighs in as so many records more; a large table hardly feels it.
    """
    counts: dict[str, Counter[str]] = {column: Counter() for column in FREQUENCY_COLUMNS}
    for record in ready:
        for column, counter in counts.items():
            if record[column]:
                counter[record[column]] += 1
    usual = {column: exact_u_of(steadied_by, column) if steadied_by else 0.0 for column in counts}
    extra = STEADYING_RECORDS if steadied_by else 0
    return Frequencies({column: _shares(counts[column], usual[column], extra) for column in counts})


def _shares(counter: Counter[str], usual: float, extra: int) -> dict[str, float]:
    total = counter.total() + extra
    return {value: (count + extra * usual) / total for value, count in counter.items()}
