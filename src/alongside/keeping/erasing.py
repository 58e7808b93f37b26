"""All that goes when something told is disposed of, in one place, so that a reader can see that it is all."""

from collections.abc import Iterable
from datetime import datetime

from django.db.models import Q

from alongside.access_requests.disposing import forget_packed
from alongside.chronology.incidents import regroup
from alongside.chronology.models import ChronologyEntry, Release
from alongside.chronology.queries import tellings_of
from alongside.contributions.erasing import Decided, erase
from alongside.contributions.models import Contribution
from alongside.contributions.tombstones import Tombstone
from alongside.linkage.actions import link
from alongside.linkage.models import LinkDecision, LinkQuestion, RecordLink
from alongside.meetings.models import MeetingAction
from alongside.people.actions import know_anew, show_best
from alongside.people.models import AgencyRecord, NameKey, Person, Standing
from alongside.people.standings import source_of
from alongside.sharing.disposing import forget_given

from .shells import forget_shells, people_behind

# Whatever points to something told, or to how an agency knows somebody. A new row is a decision: what becomes of it?
POINTS_TO_TOLD = {
    "access_requests.PackItem.contribution",
    "chronology.ChronologyEntry.contribution",
    "chronology.Release.original",
    "chronology.Release.released",
    "contributions.Acknowledgement.contribution",
    "contributions.Call.contribution",
    "contributions.Draft.corrects",
    "contributions.Draft.sent_as",
    "contributions.Grade.contribution",
    "contributions.Pending.contribution",
    "contributions.SupervisorLook.contribution",
    "contributions.Unopened.contribution",
    "meetings.MeetingAction.because",
    "sharing.SharedEntry.contribution",
}
POINTS_TO_RECORD = {
    "access_requests.AccessRequest.known_as",
    "access_requests.PackItem.record",
    "chronology.ChronologyEntry.record",
    "linkage.LinkQuestion.doubted",
    "linkage.LinkQuestion.left",
    "linkage.LinkQuestion.right",
    "linkage.RecordLink.record",
    "people.NameKey.record",
    "sharing.SharedEntry.record",
}


def let_go(newest: Iterable[Contribution], *, decided: Decided) -> list[Tombstone]:
    """These in all their versions, and everything that is known from them alone. Called inside a transaction."""
    newest = list(newest)
    versions = [version for one in newest for version in _versions(one)]
    entries = ChronologyEntry.objects.filter(contribution__in=versions)
    records = set(entries.values_list("record", flat=True))
    people = set(entries.values_list("person", flat=True))
    behind = people_behind(versions, records)
    entries.delete()
    MeetingAction.objects.filter(because__in=versions).delete()
    Release.objects.filter(Q(original__in=versions) | Q(released__in=versions)).delete()
    forget_given(versions, at=decided.at)
    forget_packed(versions)
    Standing.objects.filter(source__in={source_of(one) for one in newest}).delete()
    stones = erase(versions, decided=decided)
    _know_less(records, at=decided.at)
    show_best(Person.objects.filter(pk__in=people))
    regroup(people)
    forget_shells(people | behind, at=decided.at)
    return stones


def _versions(one: Contribution) -> list[Contribution]:
    same = Contribution.objects.filter(agency=one.agency_id, system=one.system, reference=one.reference)
    return list(same.order_by("version"))


def _know_less(records: set[int], *, at: datetime) -> None:
    """What others still tell of a record stands; a record of which nothing is told any more goes."""
    tellings = tellings_of(records)
    link(know_anew({one: told for one, told in tellings.items() if told}, at=at), at=at)
    gone = [one.pk for one, told in tellings.items() if not told]
    forget_packed([], records=gone)
    questions = LinkQuestion.objects.filter(Q(left__in=gone) | Q(right__in=gone) | Q(doubted__in=gone))
    LinkDecision.objects.filter(question__in=questions.values("pk")).delete()
    questions.delete()
    RecordLink.objects.filter(record__in=gone).delete()
    NameKey.objects.filter(record__in=gone).delete()
    AgencyRecord.objects.filter(pk__in=gone).delete()
