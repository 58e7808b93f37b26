"""What is wrong with something told, in words that say how to mend it."""

from base64 import b32encode
from dataclasses import asdict, dataclass
from datetime import timedelta
from hashlib import blake2b
from typing import Any

# What is told on our own pages comes from this system.
OUR_PAGES = "alongside"

# Agency, its system, its reference there: one thing told, in all its versions.
Key = tuple[str, str, str]

# "I am not sure" is read as soon as "yes": a child in danger is not the price of doubt.
IN_DANGER = frozenset({"yes", "not_sure"})


def in_danger_now(envelope: dict[str, Any]) -> bool:
    """Whoever told said that somebody may be in danger now."""
    return envelope.get("details", {}).get("at_risk_now") in IN_DANGER


def in_words(waited: timedelta) -> str:
    """How long something waited: "less than a minute", "12 minutes", "3 hours 5 minutes", "2 days 4 hours"."""
    minutes = int(waited.total_seconds()) // 60
    days, hours, rest = minutes // 1440, minutes // 60 % 24, minutes % 60
    parts = [(days, "day"), (hours, "hour"), (rest, "minute")]
    said = [f"{count} {thing}{'s' if count != 1 else ''}" for count, thing in parts if count]
    return " ".join(said[:2]) or "less than a minute"


def receipt_for(key: Key, version: int) -> str:
    """The same contribution always has the same receipt, whoever asks and however often."""
    digest = blake2b("\x1f".join((*key, str(version))).encode(), digest_size=16).digest()
    return b32encode(digest).decode().rstrip("=")


def subject_of(receipt: str) -> str:
    """How the ledger speaks of a contribution: who read it and who changed it is found by this."""
    return f"contribution:{receipt}"


@dataclass(frozen=True)
class Problem:
    """One reason why one row was not taken in: where, what stood there, which rule, how to mend it."""

    field: str
    value: str
    rule: str
    mend: str

    def as_dict(self) -> dict[str, str]:
        return asdict(self)
