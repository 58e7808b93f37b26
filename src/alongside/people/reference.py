"""A short reference for a person: goes where a name must not (addresses, titles, file names)."""

from hashlib import blake2b

# Without letters and digits that are mistaken for one another, or that make words.
LETTERS = "23456789BCDFGHJKMNPQRSTVWXYZ"
LENGTH = 8


def reference_for(agency: str, system: str, reference: str) -> str:
    """Eight signs from a person's first record: the same on every database, and nobody's name."""
    digest = blake2b("\x1f".join((agency, system, reference)).encode(), digest_size=16).digest()
    number = int.from_bytes(digest)
    signs = []
    for _ in range(LENGTH):
        number, rest = divmod(number, len(LETTERS))
        signs.append(LETTERS[rest])
    return "".join(signs)
