"""After a restore: what was closed when the list was last written is closed again, and what cannot be is counted.

Nothing opens by it: what was opened since the backup was made stays closed, until somebody opens it again.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import Max

from alongside.agencies import seats
from alongside.agencies.after_restore import ask_for_a_new_link
from alongside.agencies.models import Practitioner
from alongside.contributions.models import ApiToken
from alongside.contributions.tokens import end_token
from alongside.people.closed_again import Listed, PutBack, closed_people, restrict_again, tie_again
from alongside.people.models import Person

from .sealed_list import Line

BY = "alongside restore"
BECAUSE = "Put back after a restore."
# What became of one line of the list.
AGAIN, STOOD, NOT_HERE = "closed again", "closed already", "not in this copy"


def _seat(line: Line, at: datetime) -> str:
    seat = Practitioner.objects.filter(key=line["seat"]).first()
    if seat is None:
        return NOT_HERE
    if seat.ended_at or (seat.suspended_at and not line["is_ended"]):
        return STOOD
    close = seats.end_seat if line["is_ended"] else seats.suspend
    close(practitioner=seat, because=BECAUSE, by=BY, at=at)
    return AGAIN


def _link(line: Line, at: datetime) -> str:
    seat = Practitioner.objects.filter(key=line["seat"]).annotate(last=Max("invitations__made_at")).first()
    if seat is None:
        return NOT_HERE
    if seat.last and seat.last >= datetime.fromisoformat(line["at"]):
        return STOOD
    ask_for_a_new_link(practitioner=seat, by=BY, at=at)
    return AGAIN


def _key(line: Line, at: datetime) -> str:
    token = ApiToken.objects.filter(hashed=line["hashed"]).first()
    if token is None:
        return NOT_HERE
    if token.ended_at:
        return STOOD
    end_token(token=token, by=BY, at=at)
    return AGAIN


def _tie(line: Line, at: datetime) -> str:
    seat = Practitioner.objects.filter(key=line["seat"]).first()
    people = closed_people(line["child"], line["records"])
    if seat is None or not people:
        return NOT_HERE
    since = datetime.fromisoformat(line["at"])
    were_open = [tie_again(practitioner=seat, person=one, since=since, by=BY, at=at) for one in people]
    return AGAIN if any(were_open) else STOOD


def _restrictions(lines: list[Line], at: datetime) -> tuple[list[str], dict[Person, PutBack]]:
    """What became of each line, and of whom it is in the copy. All of one person together: several lines may be of
    one, and none undoes another."""
    whose = [closed_people(line["child"], line["records"]) for line in lines]
    listed: dict[Person, list[Listed]] = defaultdict(list)
    for line, people in zip(lines, whose, strict=True):
        for one in people:
            listed[one].append(_listed(line))
    tried = {one: restrict_again(person=one, listed=told, by=BY, at=at) for one, told in listed.items()}
    put_back = {one: what for one, what in tried.items() if what}
    return [_what_became([put_back[one] for one in people if one in put_back]) for people in whose], put_back


def _what_became(put_back: list[PutBack]) -> str:
    if not put_back:
        return NOT_HERE
    return AGAIN if any(one.was_open for one in put_back) else STOOD


def _listed(line: Line) -> Listed:
    named = {key: datetime.fromisoformat(named_at) for key, named_at in line["named"].items()}
    return Listed(line["child"], named, maker=line["maker"], since=datetime.fromisoformat(line["at"]))


# By the word of the list: what it is called, and how it is closed, one by one; restrictions are closed together.
CLOSING: dict[str, tuple[str, Callable[[Line, datetime], str]]] = {
    "seat": ("seats", _seat),
    "link": ("replaced sign-ins", _link),
    "key": ("API keys", _key),
    "tie": ("ties", _tie),
}
RESTRICTION = "restriction"


@dataclass(frozen=True)
class Closed:
    """Of each of AGAIN, STOOD and NOT_HERE, how many of which doors, in words. Of restrictions, by the reference of the
    child: who is to be named by their keys and is not in the copy, and those that nobody in it can lift."""

    counted: dict[str, Counter[str]]
    absent: dict[str, list[str]]
    unkept: list[str]


@transaction.atomic
def close_again(listed: Iterable[Line], *, at: datetime) -> Closed:
    """Every door on the list; restrictions last, when it is known whose seats are closed."""
    counted: dict[str, Counter[str]] = {AGAIN: Counter(), STOOD: Counter(), NOT_HERE: Counter()}
    restrictions = []
    for line in listed:
        if line["door"] == RESTRICTION:
            restrictions.append(line)
            continue
        words, close = CLOSING[line["door"]]
        counted[close(line, at)][words] += 1
    became, put_back = _restrictions(restrictions, at)
    for what in became:
        counted[what]["restrictions"] += 1
    absent = {person.reference: one.absent for person, one in put_back.items() if one.absent}
    return Closed(counted, absent, [person.reference for person, one in put_back.items() if one.is_unkept])
