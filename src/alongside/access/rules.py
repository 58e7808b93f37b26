"""Who may see an entry about a child: architecture, section 7, stated once.

`queries` in the rooms above say the same in SQL; a test holds the two together.
"""

from dataclasses import dataclass
from enum import StrEnum


class Level(StrEnum):
    """How near a practitioner stands to a child."""

    NONE = "none"
    KNOWN = "known"
    TEAM = "team"


class Handling(StrEnum):
    """Who the teller said may see what they told."""

    PARTNERSHIP = "partnership"
    TEAM = "team"
    STATUTORY = "statutory"
    AGENCIES = "agencies"
    POLICE = "police"
    RESTRICTED = "restricted"


@dataclass(frozen=True)
class Reader:
    """What the rules need to know of somebody who asks."""

    agency: str
    is_statutory: bool
    sees_police_only: bool
    key: str
    team: str = ""
    sees_children: bool = False
    is_front_door: bool = False


@dataclass(frozen=True)
class Decision:
    allowed: bool
    reason: str


def parse_handling(text: str) -> tuple[Handling, tuple[str, ...]]:
    """`agencies:wyp,lcc` → (AGENCIES, ("wyp", "lcc")). Raises ValueError for a word it does not know."""
    word, _, names = text.strip().partition(":")
    readers = tuple(sorted({name.strip() for name in names.split(",") if name.strip()}))
    handling = Handling(word.strip())
    if readers and handling not in {Handling.AGENCIES, Handling.RESTRICTED}:
        raise ValueError(f"{handling} takes no names")
    if handling is Handling.AGENCIES and not readers:
        raise ValueError("agencies: names at least one agency")
    return handling, readers


def may_see_entry(*, reader: Reader, level: Level, handling: Handling, readers: tuple[str, ...] = ()) -> Decision:
    """May this reader, standing this near to the child, see an entry with this handling?"""
    if handling is Handling.RESTRICTED:
        named = reader.key in readers
        return Decision(named, "You are named on it." if named else "Only the people named on it may see it.")
    if level is not Level.TEAM:
        return Decision(False, "You are not in the team around this child.")
    checks = {
        Handling.PARTNERSHIP: (True, "You are in the team around this child."),
        Handling.TEAM: (True, "You are in the team around this child."),
        Handling.STATUTORY: (reader.is_statutory, "Statutory agencies only."),
        Handling.AGENCIES: (reader.agency in readers, "Only the agencies named on it."),
        Handling.POLICE: (reader.sees_police_only, "Police only."),
    }
    return Decision(*checks[handling])


def may_read_account(*, is_involved: bool, concerns_others: bool) -> Decision:
    """May a reader who may see an entry read the account behind it, on the page of this person?

    A brother, sister or parent who is only named in it does not take on what another child did, said or went
    through: their page says that they were named, by whom and when. The account stands on the pages of those it
    concerns, for whoever may see it there.
    """
    if is_involved:
        return Decision(True, "The account is about them.")
    if concerns_others:
        return Decision(False, "They are only named in an account about somebody else.")
    return Decision(True, "The account is about nobody else.")
