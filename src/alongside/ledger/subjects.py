"""What a line of the ledger is about, spelt in one place, so that whoever writes and whoever looks up agree."""


def child(reference: str) -> str:
    """A person, by their short reference."""
    return f"person:{reference}"
