"""How an unsafe setting is told."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Refusal:
    """One reason why this installation may not serve, and what to do about it."""

    reason: str
    mend: str
