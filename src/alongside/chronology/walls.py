"""A record closes to somebody; what of it only they had opened at the front door waits there again, for whoever can go
on with it."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction

from alongside.agencies.models import Practitioner
from alongside.contributions.front_door import wait_again
from alongside.people import closing
from alongside.people.models import Person, Restriction


@transaction.atomic
def declare(*, people: Iterable[Person], by: Practitioner, at: datetime, because: str) -> None:
    """The records of these close to whoever says that they know them."""
    for person in people:
        closing.declare_tie(person=person, by=by, at=at, because=because)
        wait_again(person, at=at)


@transaction.atomic
def restrict(*, person: Person, readers: Iterable[Practitioner], by: Practitioner, at: datetime, because: str) -> None:
    """The record closes to all but those named."""
    closing.restrict(person=person, readers=readers, by=by, at=at, because=because)
    wait_again(person, at=at)


@transaction.atomic
def leave_out(*, restriction: Restriction, reader: Practitioner, by: Practitioner, at: datetime) -> bool:
    """It closes to one of those named; returns whether it does."""
    is_so = closing.leave_out(restriction=restriction, reader=reader, by=by, at=at)
    wait_again(restriction.person, at=at)
    return is_so
