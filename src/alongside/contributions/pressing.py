"""What goes before everything else until somebody has it, and why, as the questions of the playbook say."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from .kinds import kinds

# What was told longer ago than this was answered by somebody else, or is a file of old news.
NOW_LASTS = timedelta(days=2)


def why_at_once(kind: str, details: Mapping[str, Any]) -> str:
    """What the teller's answers say of it: "Someone may be in danger". "" where it can wait its turn."""
    asked = [field for field in kinds()[kind].fields if field.at_once]
    return next((why for field in asked if (why := field.at_once.get(str(details.get(field.key)), ""))), "")


def is_urgent(envelope: Mapping[str, Any], *, at: datetime, was: bool = False) -> bool:
    """Its teller asked for somebody at once, it was told now, and police have not graded it where they told it. `was`:
    the version before it was urgent, and this one asks so too, however late."""
    details = envelope.get("details", {})
    if details.get("source_grade") or not why_at_once(envelope["kind"], details):
        return False
    return was or datetime.fromisoformat(envelope.get("reported_at") or envelope["occurred_at"]) > at - NOW_LASTS
