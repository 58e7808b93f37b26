"""What is wrong with something told, in words that say how to mend it."""

from dataclasses import asdict, dataclass

# What is told on our own pages comes from this system.
OUR_PAGES = "alongside"


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
