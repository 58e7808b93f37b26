"""Releasing what only police may read: the same, in words that the team around the child may read."""

import secrets
from datetime import datetime
from itertools import count
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from alongside.access.permissions import Permission
from alongside.access.rules import Handling, parse_handling
from alongside.agencies.models import Practitioner
from alongside.contributions.actions import accept
from alongside.contributions.models import Contribution
from alongside.contributions.queries import may_read, not_closed_to
from alongside.ledger import subjects
from alongside.ledger.models import Operation, record, record_each
from alongside.linkage.models import LinkQuestion, RecordLink, Verdict
from alongside.people.models import AgencyRecord, Person

from .models import ChronologyEntry, Release
from .timeline_facts import timeline_facts

SYSTEM, KIND, RULE = "released", "released_information", "released"
REASON = "Police released this from what they hold about this child."

# For whom it may be released.
WIDER = (Handling.TEAM, Handling.STATUTORY)


def releasable(viewer: Practitioner, receipt: str) -> Contribution | None:
    """What stands under that receipt, is for police only, and is this viewer's to release."""
    if not viewer.may(Permission.RELEASE_POLICE):
        return None
    standing = Contribution.objects.filter(not_closed_to(viewer), is_newest=True, withdrawn_at=None)
    # Until it is filed nobody knows of whom it tells, and words of it would be about no child.
    one = standing.filter(receipt=receipt, pending=None).select_related("agency", "author").first()
    closely = one is not None and parse_handling(one.handling)[0] is Handling.POLICE
    return one if one and closely and may_read(viewer, one) else None


def releases_of(viewer: Practitioner, one: Contribution) -> QuerySet[Release]:
    """What was released from this, and what this was released from, for police alone; the latest first."""
    if not viewer.may(Permission.SEE_POLICE_ONLY):
        return Release.objects.none()
    both = Release.objects.filter(original=one) | Release.objects.filter(released=one)
    return both.select_related("original", "released", "by").order_by("-at", "-pk")


@transaction.atomic
def release(
    *, original: Contribution, words: str, conditions: str, handling: str, by: Practitioner, at: datetime
) -> Contribution:
    """Tell it anew as police's own, in these words, of the children whom the original concerns. PermissionDenied
    for whoever may not release it."""
    if releasable(by, original.receipt) is None:
        raise PermissionDenied(Permission.RELEASE_POLICE)
    entries = _concerned(original)
    (verdict,) = accept([_envelope(original, entries, words, conditions, handling, by, at)], by=by, at=at, author=by)
    released = Contribution.objects.get(receipt=verdict.receipt)
    Release.objects.create(original=original, released=released, by=by, at=at)
    for entry in entries:
        _same_child(entry, by=by, at=at)
    about = [original.subject, *(subjects.child(one.person.reference) for one in entries)]
    record_each(Operation.DISCLOSE, "released in other words", by=by, at=at, about=about, handling=handling)
    return released


def _concerned(original: Contribution) -> list[ChronologyEntry]:
    """One entry for each person whom it concerns; brothers, sisters and parents who are only named stay out."""
    only_named = timeline_facts().same_incident.not_involved
    entries = ChronologyEntry.objects.filter(contribution=original).exclude(role__in=only_named)
    first: dict[int, ChronologyEntry] = {}
    for entry in entries.select_related("person", "record").order_by("pk"):
        first.setdefault(entry.person_id, entry)
    return list(first.values())


def _envelope(
    original: Contribution,
    entries: list[ChronologyEntry],
    words: str,
    conditions: str,
    handling: str,
    by: Practitioner,
    at: datetime,
) -> dict[str, Any]:
    # Of chance: every reader sees a reference, and only police may know of what lies behind the words.
    return {
        "kind": KIND,
        "source": {"agency": by.agency_id, "system": SYSTEM, "reference": f"R-{secrets.token_hex(8).upper()}"},
        "occurred_at": timezone.localtime(original.occurred_at).date().isoformat(),
        "reported_at": at.isoformat(),
        "handling": handling,
        "narrative": words,
        "people": [_named(entry.person, by) | {"role": entry.role} for entry in entries],
        "details": {"conditions": conditions} if conditions else {},
    }


def _known_as(person: Person, by: Practitioner) -> str:
    """Under which reference a release tells of this person: never one whose record was found to be another's since."""
    mine = AgencyRecord.objects.filter(agency=by.agency_id, system=SYSTEM)
    told = mine.filter(person=person).order_by("pk").values_list("reference", flat=True).first()
    if told or not mine.filter(reference=person.reference).exists():
        return told or person.reference
    taken = set(mine.values_list("reference", flat=True).filter(reference__startswith=person.reference))
    return next(free for n in count(2) if (free := f"{person.reference}-{n}") not in taken)


def _named(person: Person, by: Practitioner) -> dict[str, str]:
    told = {"given_name": person.given_name, "family_name": person.family_name, "date_of_birth": person.date_of_birth}
    return {"reference": _known_as(person, by)} | {name: value for name, value in told.items() if value}


def _same_child(entry: ChronologyEntry, *, by: Practitioner, at: datetime) -> None:
    """The record under which the release is told is of the same child by decision: no weighing of names comes in."""
    one, is_new = AgencyRecord.objects.get_or_create(
        agency=by.agency,
        system=SYSTEM,
        reference=_known_as(entry.person, by),
        defaults={"person": entry.person, "told_at": at},
    )
    if not is_new:
        return
    decided = {"reason": REASON, "weight": 0.0, "asked_at": at, "verdict": Verdict.SAME}
    left, right = sorted((one, entry.record), key=lambda each: each.pk)
    LinkQuestion.objects.create(left=left, right=right, **decided)
    RecordLink.objects.create(record=one, person=entry.person, rule=RULE, reason=REASON, linked_at=at, linked_by=by)
    about = subjects.child(entry.person.reference)
    record(Operation.COMBINE, "records linked", by=by, at=at, about=about, rule=RULE)
