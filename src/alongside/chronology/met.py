"""What somebody meets a child in who need not stand near them: something told, a pair of records, an emergency use.
Whoever knows the child outside work says so there; it closes to them, and a colleague goes on with it."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime

from django.db.models import Q

from alongside.access.permissions import Permission
from alongside.agencies.models import Practitioner
from alongside.agencies.queries import those_who
from alongside.contributions.models import Contribution
from alongside.contributions.summary import who_in
from alongside.linkage.actions import OPEN
from alongside.linkage.models import LinkQuestion
from alongside.linkage.queries import questions_seen_by
from alongside.people.closing import kept_with
from alongside.people.emergency import GOVERNANCE, notices_for
from alongside.people.models import EmergencyNotice, Person
from alongside.people.told import record_key

LEFT_TO_NOBODY = (
    "Nobody named on the record can lift its restriction now. Tell whoever runs Alongside for the partnership, so that "
    "somebody is named who can."
)
Finds = Callable[[Practitioner, str], Contribution | None]


@dataclass(frozen=True)
class Met:
    """`people`: of whom it is. `choices`: whom of them one may say one knows, by a key and as the page itself names
    them; none where it is one, or where who is who is the question. `goes_on_with`: whether it is open to a
    colleague."""

    people: list[Person]
    colleagues: Iterable[Practitioner]
    goes_on_with: Callable[[Practitioner], bool]
    choices: dict[str, tuple[str, Person]] = field(default_factory=dict)

    def known(self, keys: Iterable[str]) -> list[Person]:
        """Whom somebody says they know: those they chose, or everybody where there is no choice."""
        return [self.choices[key][1] for key in keys] or self.people


def in_told(one: Contribution, *, find: Finds, permission: Permission) -> Met:
    """Something told: the tie is to those on whose timelines it stands whom somebody chooses, named as it names them.
    Nobody, until it is filed."""
    told = zip(one.told.get("people", []), who_in(one), strict=True)
    names = {record_key(one, number, person): words for number, (person, words) in enumerate(told, start=1)}
    choices, people = {}, {}
    for entry in one.entries.select_related("person", "record").order_by("pk"):
        key = entry.record.agency_id, entry.record.system, entry.record.reference
        choices[str(entry.record_id)] = names.get(key, entry.role), entry.person
        people[entry.person_id] = entry.person
    return Met(
        list(people.values()),
        those_who(permission),
        lambda other: find(other, one.receipt) is not None,
        choices if len(people) > 1 else {},
    )


def in_pair(question: LinkQuestion) -> Met:
    """A pair of records: the tie is to everybody whose the two are now, and to nobody for a record that is nobody's
    yet. Whether they are one child is what is asked, so that whoever knows one may well know the other."""
    people = {one.person_id: one.person for one in (question.left, question.right) if one.person}
    return Met(
        list(people.values()),
        those_who(Permission.REVIEW_LINKS),
        lambda other: question.verdict not in OPEN or questions_seen_by(other).filter(pk=question.pk).exists(),
    )


def in_notice(notice: EmergencyNotice, *, at: datetime) -> Met:
    """An emergency use: the tie is to the child it names, and where the records are somebody else's by now, to them
    too. In place of information governance nobody but information governance goes on with it: theirs is the word that
    counts."""
    child, use = notice.standing.person, notice.standing
    moved = Q(pk__in=()) if child.stands else Q(records__links__person=child)
    asked = Q(standing=use) & (Q(told_as=GOVERNANCE) if notice.told_as == GOVERNANCE else Q())
    told = Practitioner.objects.filter(pk__in=use.notices.values("told"), is_active=True)
    return Met(
        list(Person.objects.filter(Q(pk=child.pk) | moved).distinct().order_by("pk")),
        [*told, *those_who(Permission.HEAR_EMERGENCIES)],
        lambda other: notice.judged_at is not None or notices_for(other, at=at).filter(asked).exists(),
    )


def whom_to_tell(met: Met, *, by: Practitioner) -> list[Practitioner] | None:
    """Asked once the tie stands: nothing where a colleague can go on with it. Else who can give it to one: whoever
    keeps the restriction on which `by` was named, or gives out the seats of their agency. Who these are may be nobody.
    Why a colleague cannot is not said: it may be a tie of theirs."""
    if any(met.goes_on_with(one) for one in met.colleagues if one.pk != by.pk):
        return None
    keepers = {one for person in met.people for one in kept_with(person, by=by) or ()}
    return sorted(keepers, key=lambda one: one.name) or those_who(Permission.MANAGE_SEATS, agency=by.agency_id)


def left_to_nobody(people: Iterable[Person], *, by: Practitioner) -> bool:
    """Whether `by` keeps the restriction on one of these records, and nobody else does."""
    return by.may(Permission.RESTRICT_CHILDREN) and any(kept_with(person, by=by) == [] for person in people)
