"""One reason why an installation may not serve, and the rule that finds it."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Refusal:
    """One reason why this installation may not serve, and what to do about it."""

    reason: str
    mend: str


# Of each refusal: whether what is looked at deserves it.
Rules = dict[Refusal, Callable[[Any], bool]]


def refused_by(rules: Rules, looked_at: Any) -> list[Refusal]:
    """Every refusal that what is looked at deserves, in the order of the rules."""
    return [refusal for refusal, applies in rules.items() if applies(looked_at)]
