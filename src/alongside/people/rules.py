"""How near a practitioner stands to a child, and why."""

from collections.abc import Iterable
from dataclasses import dataclass

from alongside.access.rules import Level

EMERGENCY = "emergency:"


@dataclass(frozen=True)
class Seeker:
    """What the rules need to know of somebody who looks for a child."""

    practitioner: int
    team: str
    agency: str
    sees_children: bool
    is_front_door: bool


@dataclass(frozen=True)
class Near:
    """One open standing: somebody named, else a team, else a whole agency. A quiet one tells
    nobody else anything of the child."""

    agency: str
    level: Level
    team: str = ""
    practitioner: int | None = None
    is_quiet: bool = False

    def names(self, seeker: Seeker) -> bool:
        """Whether this standing is the seeker's own: by name, by team, or by the whole agency."""
        if self.practitioner is not None:
            return self.practitioner == seeker.practitioner
        if self.team:
            return self.team == seeker.team
        return self.agency == seeker.agency


def level_near(*, seeker: Seeker, standings: Iterable[Near], is_shared: bool) -> Level:
    """The seeker's level for a child with these open standings.

    `is_shared`: some partner shared with the whole partnership that it works with the child.
    """
    near = list(standings)
    if not seeker.sees_children:
        return Level.NONE
    if seeker.is_front_door or any(s.level is Level.TEAM and s.names(seeker) for s in near):
        return Level.TEAM
    # Any service that is open to the child makes the contact card useful to every other.
    is_known = is_shared or any(not s.is_quiet or s.names(seeker) for s in near)
    return Level.KNOWN if is_known else Level.NONE
