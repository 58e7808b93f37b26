"""People of whom nobody tells anything any more: a reference without a name, and no words about them."""

from collections.abc import Iterable
from datetime import datetime

from django.db.models import Exists, OuterRef, Q

from alongside.contributions.models import Contribution
from alongside.linkage.models import RecordLink
from alongside.people.forgetting import forget_reasons
from alongside.people.models import AgencyRecord, Person
from alongside.people.told import record_key
from alongside.shared.rows import with_key
from alongside.sharing.disposing import forget_decisions_about

# Whatever points to a person. A new row is a decision: what becomes of what it says, when they become a shell?
POINTS_TO_PERSON = {
    "access_requests.AccessRequest.person": "goes by a period of its own: an answer may be complained of",
    "chronology.ChronologyEntry.person": "went with what was told",
    "keeping.Hold.person": "stays, and is asked to name nobody",
    "linkage.RecordLink.person": "went with the record",
    "meetings.MeetingAction.person": "went with what was told",
    "people.AgencyRecord.person": "went with what was told",
    "people.Restriction.person": "its words go",
    "people.Standing.person": "went with what was told; of an emergency the words go",
    "people.Tie.person": "its words go",
    "sharing.ShareDecision.person": "its words go",
    "sharing.ShareDraft.person": "goes",
}


def people_behind(versions: Iterable[Contribution], records: Iterable[int]) -> set[int]:
    """Everybody to whom these records belong or ever did, and whom any of these versions named: what was written of
    somebody stays with them when their record moves on, or a correction names another."""
    named = {
        record_key(one, number, person)
        for one in versions
        for number, person in enumerate(one.told.get("people", []), start=1)
    }
    touched = AgencyRecord.objects.filter(Q(pk__in=set(records)) | with_key(named)).values("pk")
    return set(RecordLink.objects.filter(record__in=touched).order_by().values_list("person", flat=True))


def forget_shells(people: Iterable[int], *, at: datetime) -> None:
    """Of these, those are shells of whom no record that is or ever was theirs tells anything. Called inside a
    transaction, when what was disposed of is gone."""
    told = RecordLink.objects.filter(person=OuterRef("pk"), record__is_told=True)
    shells = Person.objects.filter(~Exists(told), pk__in=set(people), stands=False)
    gone = list(shells.values_list("pk", flat=True))
    forget_reasons(gone)
    forget_decisions_about(gone, at=at)
