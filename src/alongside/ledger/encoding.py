"""One line of the ledger as bytes: every column, each with its length before it, so that no two lines are spelt alike.

The bytes are the same on every database. Times are in UTC, `2026-11-23 09:20:00`, with six more digits where there are
any; details are JSON with sorted keys and no spaces.
"""

import hmac
import json
from collections.abc import Sequence
from datetime import UTC, datetime
from functools import lru_cache
from typing import Any

# Without its number, which the database gives when the line is written, and without the mark itself.
MARKED = ("at", "operation", "what", "actor", "actor_name", "agency", "subject", "purpose", "details")
COLUMNS = ("id", *MARKED, "mark")
LINE = b"alongside ledger line 1\n" + b"%d:%b," * len(COLUMNS)
MARK = b"alongside ledger mark 1\n" + b"%d:%b," * len(MARKED)


def entry(values: Sequence[bytes]) -> bytes:
    """What a leaf is the hash of: the columns of COLUMNS, in their order."""
    number, at, operation, what, actor, name, agency, subject, purpose, details, mark = values
    return LINE % (
        *(len(number), number, len(at), at, len(operation), operation, len(what), what, len(actor), actor),
        *(len(name), name, len(agency), agency, len(subject), subject, len(purpose), purpose),
        *(len(details), details, len(mark), mark),
    )


def mark(values: Sequence[bytes], key: bytes) -> bytes:
    """A keyed hash of the columns of MARKED: only who holds the key can write such a line."""
    spelt = MARK % tuple(part for value in values for part in (len(value), value))
    return hmac.digest(key, spelt, "sha256")[:16].hex().encode()


def moment(at: datetime) -> bytes:
    return str(at.astimezone(UTC).replace(tzinfo=None)).encode()


def canonical(details: Any) -> bytes:
    return json.dumps(details, sort_keys=True, ensure_ascii=False, separators=(",", ":")).encode()


@lru_cache(maxsize=8192)
def canonical_of(raw: bytes) -> bytes:
    """The same from the text that a database holds; what is no JSON stays as it is, and will not fit its seal."""
    try:
        return canonical(json.loads(raw, object_pairs_hook=_each_once))
    except ValueError:
        return raw


def _each_once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """A key that stands twice would be read as one of the two: such text is not what we wrote."""
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("a key stands twice")
    return found
