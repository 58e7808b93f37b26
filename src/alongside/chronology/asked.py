"""Of which children somebody is asked whether another record is theirs.

What a reader may know of that is long to ask, and few children have a pair: the rest are passed over first.
"""

from collections.abc import Iterable
from datetime import datetime

from django.db.models import Exists, OuterRef, Q

from alongside.agencies.models import Practitioner
from alongside.linkage.models import LinkQuestion
from alongside.linkage.queries import asked_about
from alongside.people.models import Person

# The briefing says it word for word as a search does.
ANOTHER_RECORD = "Another record may be of this child: a person is being asked."


def in_a_pair() -> Q:
    """Whether there ever was a pair with a record of this person in it."""
    left, right = ({f"{side}__person": OuterRef("pk")} for side in ("left", "right"))
    return Q(Exists(LinkQuestion.objects.filter(**left))) | Q(Exists(LinkQuestion.objects.filter(**right)))


def asked_of(people: Iterable[int], *, viewer: Practitioner, at: datetime) -> set[int]:
    """Those of these people, each in a pair, of whom somebody is asked now, as far as the viewer may know."""
    paired = list(people)
    if not paired:
        return set()
    asked = Person.objects.filter(asked_about(viewer, at=at, person="pk"), pk__in=paired)
    return set(asked.values_list("pk", flat=True))
