"""From what was told: until when a thing lasted, and when the child was seen. Pure, but for the partnership's facts."""

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from .same_incident import DAY_KNOWN
from .timeline_facts import Seen, TimelineFacts

LONDON = ZoneInfo("Europe/London")


def moment(text: object) -> datetime | None:
    """A moment as the envelope keeps it, a day as its first moment here; nothing where neither was told."""
    try:
        found = datetime.fromisoformat(str(text))
    except ValueError:
        return None
    return found if found.tzinfo else datetime.combine(found.date(), found.time(), LONDON)


def lasted_until(kind: str, details: dict[str, Any], began: datetime, facts: TimelineFacts) -> datetime | None:
    """When it ended, where the teller said so and it did not end before it began."""
    ended = moment(details.get(facts.lasts_until.get(kind, ""), ""))
    return ended if ended and ended > began else None


def group_told(kind: str, group: str, details: dict[str, Any], facts: TimelineFacts) -> str:
    """The group of what happened: danger only where the answers do not say that there was none."""
    for rule in facts.not_danger:
        if rule.kind == kind and all(str(details.get(key, "")) in said for key, said in rule.answers.items()):
            return "support"
    return group


def day_known(contribution: Any) -> datetime | None:
    """When it happened, where at least the day was told."""
    return contribution.occurred_at if contribution.occurred_to in DAY_KNOWN else None


def seen_at(kind: str, role: str, details: dict[str, Any], occurred_at: datetime | None, seen: Seen) -> datetime | None:
    """When somebody of the telling agency saw the child, by what they told; nothing where it does not say so, or
    on which day (`occurred_at` is then None)."""
    for by in seen.by:
        if by.kind != kind or role not in (by.roles or seen.roles):
            continue
        if all(details.get(field) in answers for field, answers in by.only.items()):
            return moment(details.get(by.on, "")) if by.on else occurred_at
    return None
