"""The policy, stated once: may this practitioner do this to this child, or to what was told of them, now, and why.

Plain Python: what bears on the answer comes in as facts. `people.queries` and `chronology.queries` say the same in
SQL, for lists and counts; tests hold them to this page.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from .rules import Decision, Handling, Level, Reader, may_see_entry


class Act(StrEnum):
    """What somebody may want to do to a child's record."""

    KNOW_OF = "know that there is a record, and whom to call"
    READ = "read the record"
    CHANGE = "change the record"
    OPEN_IN_EMERGENCY = "open the record in an emergency"


@dataclass(frozen=True)
class Near:
    """One open standing: somebody named, else a team, else a whole agency. A quiet one tells
    nobody else anything of the child."""

    agency: str
    level: Level
    team: str = ""
    practitioner: str = ""
    is_quiet: bool = False
    is_emergency: bool = False

    def names(self, reader: Reader) -> bool:
        """Whether this standing is the reader's own: by name, by team, or by the whole agency."""
        if self.practitioner:
            return self.practitioner == reader.key
        if self.team:
            return self.team == reader.team
        return self.agency == reader.agency


@dataclass(frozen=True)
class Child:
    """What bears on who may see one child's record, at one moment.

    `is_shared`: some partner shared with the whole partnership that it works with the child. `is_tied`: the
    reader declared a tie to the child. `only_for`: the keys of those named, where the record is restricted.
    `before_forum`: the child is on the agenda of a meeting whose reader this is.
    """

    standings: tuple[Near, ...] = ()
    is_shared: bool = False
    is_tied: bool = False
    only_for: frozenset[str] | None = None
    before_forum: bool = False


@dataclass(frozen=True)
class Nearness:
    """How near a reader stands to a child, and why, in a sentence for the reader."""

    level: Level
    reason: str


TIED = Nearness(Level.NONE, "You declared a tie to this child, so that their record is closed to you.")
# In the words of any child whom the reader may not know of: a restriction does not show.
UNKNOWN = Nearness(Level.NONE, "You are not in the team around this child.")
NAMED = Nearness(Level.TEAM, "You are named on this restricted record.")


def nearness(reader: Reader, child: Child) -> Nearness:
    """A tie closes the record, then a restriction; else the team around the child reads it, and others may know
    whom to call."""
    if child.is_tied:
        return TIED
    if child.only_for is not None and reader.key not in child.only_for:
        return UNKNOWN
    if child.before_forum:
        return Nearness(Level.TEAM, "The child is before your meeting.")
    if not reader.sees_children:
        return Nearness(Level.NONE, "Your role sees no child’s record.")
    if child.only_for is not None:
        return NAMED
    return _by_work(reader, child)


def _by_work(reader: Reader, child: Child) -> Nearness:
    if reader.is_front_door:
        return Nearness(Level.TEAM, "Every referral comes to the front door first.")
    own = [one for one in child.standings if one.names(reader)]
    if any(one.level is Level.TEAM for one in own):
        is_emergency = all(one.is_emergency for one in own if one.level is Level.TEAM)
        return Nearness(Level.TEAM, "You opened it in an emergency." if is_emergency else "You work with this child.")
    # Any service that is open to the child makes the contact card useful to every other.
    if child.is_shared or own or any(not one.is_quiet for one in child.standings):
        return Nearness(Level.KNOWN, "A partner works with this child: you may know whom to call.")
    return UNKNOWN


def may(act: Act, *, reader: Reader, child: Child) -> Decision:
    """May this reader do this to this child's record, now, and why?"""
    near = nearness(reader, child)
    if act is Act.OPEN_IN_EMERGENCY:
        closed = child.is_tied or (child.only_for is not None and reader.key not in child.only_for)
        return Decision(reader.sees_children and not closed, near.reason)
    if act is Act.KNOW_OF:
        return Decision(near.level is not Level.NONE, near.reason)
    if act is Act.CHANGE and _only_in_emergency(reader, child):
        return Decision(False, "Emergency access is for reading. It changes nothing of a child’s record.")
    return Decision(near.level is Level.TEAM, near.reason)


def _only_in_emergency(reader: Reader, child: Child) -> bool:
    own = [one for one in child.standings if one.names(reader) and one.level is Level.TEAM]
    return bool(own) and all(one.is_emergency for one in own) and not reader.is_front_door


def may_read_entry(*, reader: Reader, child: Child, handling: Handling, readers: Iterable[str] = ()) -> Decision:
    """May this reader see an entry of this child with this handling? Whoever a restricted entry names reads it,
    near the child or not, but for a tie or a restriction that closes the child to them."""
    near = nearness(reader, child)
    named = tuple(readers)
    closed = child.is_tied or (child.only_for is not None and reader.key not in child.only_for)
    if closed:
        return Decision(False, near.reason)
    return may_see_entry(reader=reader, level=near.level, handling=handling, readers=named)
