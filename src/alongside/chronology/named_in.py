"""Being named in an account about somebody else: a brother's or sister's page says so, and says nothing more.

What another child did, said or went through is never written onto this timeline, so no list, map, search or
picture made from it can tell it as if it were theirs.
"""

from dataclasses import dataclass
from datetime import datetime

from alongside.access.rules import may_read_account
from alongside.agencies.models import Practitioner
from alongside.contributions.kinds import ROLES, kinds

from .models import ChronologyEntry
from .queries import entries_seen_by
from .timeline_facts import timeline_facts


@dataclass(frozen=True)
class OnlyNamed:
    """What stands in the place of the account; `elsewhere` are the entries of those it concerns that the reader
    may see."""

    elsewhere: list[ChronologyEntry]


def only_named(entry: ChronologyEntry, *, viewer: Practitioner, at: datetime) -> OnlyNamed | None:
    """Why the account is not read on this entry's page; nothing where it is read there."""
    roles = timeline_facts().same_incident.not_involved
    concerned = ChronologyEntry.objects.filter(contribution=entry.contribution_id).exclude(role__in=roles)
    may = may_read_account(is_involved=entry.role not in roles, concerns_others=concerned.exists())
    if may.allowed:
        return None
    seen = entries_seen_by(viewer, at=at).filter(pk__in=concerned).select_related("person", "contribution")
    return OnlyNamed(list(seen.order_by("person__reference")))


def part_in_words(role: str) -> str:
    """The part of this person in what was told: "Brother or sister"."""
    return ROLES.get(role, role.replace("_", " ").capitalize())


def named_title(kind: str, role: str) -> str:
    """ "Named as a brother or sister: Police notification about another child"."""
    known = kinds().get(kind)
    part = part_in_words(role)
    return f"Named as a {part[:1].lower()}{part[1:]}: {known.short if known else kind} about another child"
