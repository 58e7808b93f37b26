"""Whose it is to say that a service works with a child, and how near the service comes by saying so."""

from alongside.access.permissions import Permission
from alongside.access.policy import Act
from alongside.access.rules import Level
from alongside.people.models import Person
from alongside.people.queries import decision

from .kinds import kinds
from .models import Contribution


def may_open(contribution: Contribution, person: Person) -> Level:
    """The level that its team gets. An agency's own system says so for its own services; somebody who says so on
    our pages opens no record by it, unless they are near already, and not for an emergency only: somebody near the
    child confirms it."""
    if contribution.agency_id not in kinds()[contribution.kind].told_by:
        return Level.NONE
    author = contribution.author
    if author is None or author.may(Permission.FRONT_DOOR):
        return Level.TEAM
    is_near = decision(Act.CHANGE, viewer=author, person=person, at=contribution.received_at).allowed
    return Level.TEAM if is_near else Level.KNOWN
