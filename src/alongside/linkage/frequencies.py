"""How common each name and each postcode is: agreeing on a rare one says more."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from .levels import FREQUENCY_COLUMNS


@dataclass(frozen=True)
class Frequencies:
    """Column → value → share of the records that know the column."""

    shares: Mapping[str, Mapping[str, float]] = field(default_factory=dict)

    def of(self, column: str, value: str | None) -> float | None:
        return self.shares.get(column, {}).get(value) if value else None


def count_frequencies(ready: Iterable[dict]) -> Frequencies:
    """Shares counted over comparable records."""
    counts: dict[str, Counter[str]] = {column: Counter() for column in FREQUENCY_COLUMNS}
    for record in ready:
        for column, counter in counts.items():
            if record[column]:
                counter[record[column]] += 1
    return Frequencies({column: _shares(counter) for column, counter in counts.items()})


def _shares(counter: Counter[str]) -> dict[str, float]:
    total = counter.total()
    return {value: count / total for value, count in counter.items()}
