"""Looking at every record again, with all that is known now: who is who, and what moved.

A record that arrived early was matched with what was known then. Here the surest pairs of all records join
first, so the order of arrival plays no part. What a person decided stays decided.
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import transaction

from alongside.people.actions import show_best
from alongside.people.models import AgencyRecord, Person

from .actions import move
from .candidates import candidates_of, index
from .linking import Compared, Linked, group
from .model import load_model
from .models import LinkQuestion, RecordLink, Verdict
from .pairs import score_one
from .record import as_compared

BATCH = 500
Pair = tuple[int, int]


@dataclass
class Relinked:
    """What moved, a line each, in words."""

    lines: list[str] = field(default_factory=list)


@transaction.atomic
def relink_all(*, by: Any, at: datetime) -> Relinked:
    """Link every record again and explain what moved, and show of each person the best of what their records say
    now. In one transaction: all of it, or nothing."""
    records = AgencyRecord.objects.in_bulk()
    together, apart = _decided()
    linked = group(_compared(list(records.values())), load_model(), together=together, apart=apart)
    relinked = _move_into(linked, records, at=at)
    show_best(Person.objects.all())
    return relinked


def _compared(records: list[AgencyRecord]) -> Iterator[Compared]:
    """Every pair of records that share a key, once."""
    keys: dict[int, set[str]] = {}
    for start in range(0, len(records), BATCH):
        keys |= index(records[start : start + BATCH])
    compared = {one.pk: as_compared(one) for one in records}
    for start in range(0, len(records), BATCH):
        batch = {one.pk: keys[one.pk] for one in records[start : start + BATCH]}
        for pk, others in candidates_of(batch).items():
            for pair in score_one(compared[pk], [compared[other] for other in others if other > pk]):
                yield pk, int(pair.right_id), pair.evidence


def _decided() -> tuple[set[Pair], set[Pair]]:
    """What people decided: pairs that are one person, and pairs that are not."""
    together, apart = set(), set()
    for left, right, verdict in LinkQuestion.objects.values_list("left", "right", "verdict"):
        if verdict == Verdict.SAME:
            together.add((left, right))
        elif verdict == Verdict.DIFFERENT:
            apart.add((left, right))
    undone = RecordLink.objects.filter(undone_by__isnull=False, rule__in=["number", "details"])
    for record, person in undone.values_list("record", "person"):
        others = AgencyRecord.objects.filter(person=person).exclude(pk=record).values_list("pk", flat=True)
        apart.update((record, other) for other in others)
    return together, apart


def _move_into(linked: Linked, records: dict[int, AgencyRecord], *, at: datetime) -> Relinked:
    relinked = Relinked()
    joined = {pk for members in linked.people for pk in members}
    groups = [*linked.people, *([pk] for pk in records if pk not in joined)]
    taken: set[int] = set()
    for members in sorted(groups, key=lambda members: (-len(members), members[0])):
        person_id = _person_for([records[pk] for pk in members], taken)
        person = Person.objects.get(pk=person_id) if person_id else None
        alone = "It stands alone now." if len(members) == 1 else "The others of this person joined it."
        for pk in members:
            if person is None or records[pk].person_id != person.pk:
                before = records[pk].person
                because = linked.reasons.get(pk, alone)
                person = move(records[pk], person, by=None, at=at, rule="details", because=because)
                relinked.lines.append(f"{records[pk]}: from {before} to {person}. {because}")
        taken.add(person.pk if person else 0)
    return relinked


def _person_for(records: list[AgencyRecord], taken: set[int]) -> int | None:
    """The person whom most of these records belong to already, if no other group has taken them."""
    counts = Counter(one.person_id for one in records if one.person_id and one.person_id not in taken)
    return min(counts, key=lambda pk: (-counts[pk], pk)) if counts else None
