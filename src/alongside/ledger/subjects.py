"""What a line of the ledger is about, spelt in one place, so that whoever writes and whoever looks up agree."""

CHILD = "person:"


def child(reference: str) -> str:
    """A person, by their short reference."""
    return f"{CHILD}{reference}"


def is_child(subject: str) -> bool:
    return subject.startswith(CHILD)
