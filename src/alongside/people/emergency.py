"""Opening a child's record in an emergency: with a reason, for hours, in the ledger, and told."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet

from alongside.access.permissions import Permission
from alongside.access.policy import Act
from alongside.access.rules import Level
from alongside.agencies.models import Practitioner
from alongside.agencies.queries import those_who
from alongside.agencies.same_person import a_seat_of
from alongside.ledger import subjects
from alongside.ledger.models import Operation, record

from .closing import named_to_tell, restriction_of
from .leads import leads_for, leads_still
from .letters import written_to_lately
from .models import EmergencyNotice, Person, Standing, Tie, Verdict
from .queries import children_near, decision, near_the_child, no_tie, not_closed
from .rules import EMERGENCY
from .tasks import write_what_is_due

LASTS = timedelta(hours=2)
ROLE = "Emergency access"
GOVERNANCE = "information governance lead"
NAMED = "one of those named on this restricted record"
ORPHANED = "one who may restrict: nobody named on this record has a seat"
# Who is told by what they are and not by whom they work with, and what they must still be to look into it.
OFFICES = {GOVERNANCE: Permission.HEAR_EMERGENCIES, ORPHANED: Permission.RESTRICT_CHILDREN}


@transaction.atomic
def ask_in_emergency(*, reference: str, by: Practitioner, at: datetime, because: str) -> Standing | None:
    """Open the record of that reference, or keep that it was asked for and tell of it. Where there is none, the asking
    is kept all the same, so that nobody finds out by guessing without a trace."""
    person = Person.objects.filter(reference=reference).first()
    if person is not None:
        allowed = decision(Act.OPEN_IN_EMERGENCY, viewer=by, person=person, at=at).allowed
        act = open_in_emergency if allowed else tell_that_it_was_asked
        return act(person=person, by=by, at=at, because=because)
    about = subjects.child(reference)[:80]
    record(Operation.ALTER, "emergency access to nobody", by=by, at=at, about=about, purpose=because[:200])
    return None


@transaction.atomic
def open_in_emergency(*, person: Person, by: Practitioner, at: datetime, because: str) -> Standing:
    """Two hours in the team around this child. The child's lead practitioner and the information governance lead
    of whoever opens it are told at once; everybody who works with the child reads of it on their first page.
    While it is open, opening it again keeps the reason, and neither lasts longer nor tells anybody twice.
    It stays closed where nobody can be told, and for as long as a use that was judged not fair would have lasted."""
    Person.objects.select_for_update().get(pk=person.pk)
    about = subjects.child(person.reference)
    if still := _open(person, by=by, at=at):
        record(Operation.ALTER, "emergency access again", by=by, at=at, about=about, purpose=because[:200])
        return still
    told = _to_tell(person, by=by, at=at)
    if not told or _was_not_fair(person, by=by, at=at):
        return tell_that_it_was_asked(person=person, by=by, at=at, because=because)
    opened = _standing(Level.TEAM, until=at + LASTS, person=person, by=by, at=at, because=because)
    record(Operation.ALTER, "emergency access", by=by, at=at, about=about, purpose=because[:200])
    tell_of(opened, told, at=at)
    return opened


def tell_that_it_was_asked(*, person: Person, by: Practitioner, at: datetime, because: str) -> Standing:
    """A record that does not open to whoever asks stays closed; those named on it, or who lead for the child, hear at
    once that somebody asked, and can call them."""
    # Held, so that of two who ask at once one is first.
    Person.objects.select_for_update().get(pk=person.pk)
    asked = _standing(Level.NONE, until=at, person=person, by=by, at=at, because=because)
    about = subjects.child(person.reference)
    record(Operation.ALTER, "emergency access refused", by=by, at=at, about=about, purpose=because[:200])
    tell_of(asked, _to_tell(person, by=by, at=at), at=at)
    return asked


def _standing(
    level: Level, *, until: datetime, person: Person, by: Practitioner, at: datetime, because: str
) -> Standing:
    """What an emergency gives, or with no level that it was asked for."""
    return Standing.objects.create(
        person=person,
        practitioner=by,
        agency=by.agency,
        level=level,
        role=ROLE,
        worker=by.name,
        phone=by.phone,
        because=because[:200],
        is_quiet=True,
        source=f"{EMERGENCY}{by.key}:{at.isoformat()}"[:160],
        since=at,
        until=until,
    )


def _open(person: Person, *, by: Practitioner, at: datetime) -> Standing | None:
    """This practitioner's own emergency access to the child, where it is open still."""
    own = Standing.objects.filter(person=person, practitioner=by, source__startswith=EMERGENCY)
    return own.filter(since__lte=at, until__gt=at).first()


def _was_not_fair(person: Person, *, by: Practitioner, at: datetime) -> bool:
    """Whether their use was judged not fair within the hours that it would have lasted: of this child's record, or of
    any that holds records which were the other's."""
    own = a_seat_of(by, "standing__practitioner")
    uses = EmergencyNotice.objects.filter(own, standing__since__gt=at - LASTS)
    came = Person.objects.filter(pk=person.pk, records__links__person=OuterRef("standing__person"))
    same = Q(standing__person=person) | Q(Exists(came)) | Q(standing__person__records__links__person=person)
    return uses.filter(same, verdict=Verdict.NOT_FAIR).exists()


def end_with_the_seat(*, practitioner: Practitioner, at: datetime, **_: object) -> None:
    """What a seat opened in an emergency is closed once the seat is suspended or ends, also where it comes back."""
    _end(Standing.objects.filter(practitioner=practitioner), at=at)


def _end(uses: QuerySet[Standing], *, at: datetime) -> None:
    uses.filter(source__startswith=EMERGENCY, since__lte=at, until__gt=at).update(until=at)


def tell_of(opened: Standing, told: Mapping[Practitioner, str], *, at: datetime) -> None:
    """A notice for each who has to look into it, and a letter once it is kept, but not of each asking of many."""
    lately = written_to_lately(opened, at=at)
    EmergencyNotice.objects.bulk_create(
        EmergencyNotice(
            standing=opened, told=one, told_at=at, told_as=told_as, write_at=None if one.pk in lately else at
        )
        for one, told_as in told.items()
    )
    transaction.on_commit(lambda: write_what_is_due(at=at), robust=True)


def _to_tell(person: Person, *, by: Practitioner, at: datetime) -> dict[Practitioner, str]:
    """Who has to look into it, and as what. Nobody judges their own, and nobody hears of a child to whom they
    declared a tie: whoever comes next hears instead."""
    tied = Tie.objects.filter(person=person, ended_at=None).values_list("practitioner", flat=True)
    but = {by.pk, *tied}
    leads = _of_restricted(person, but) if restriction_of(person) else leads_for(person, at=at, but=but)
    offices = those_who(Permission.HEAR_EMERGENCIES, agency=by.agency_id), those_who(Permission.HEAR_EMERGENCIES)
    own, every = ({one: GOVERNANCE for one in office if one.pk not in but} for office in offices)
    return leads | (own or every)


def _of_restricted(person: Person, but: set[int]) -> dict[Practitioner, str]:
    """Those named on a restricted record; where none of them has a seat any longer, whoever may restrict, and so call
    the one who runs the server."""
    named = {one: NAMED for one in named_to_tell(person) if one.pk not in but}
    return named or {one: ORPHANED for one in those_who(Permission.RESTRICT_CHILDREN) if one.pk not in but}


def is_open_to(viewer: Practitioner, *, at: datetime) -> Q:
    """Of a notice, whether the viewer may look into it now, whatever they were when it was told: by the office that has
    to, unless a tie closes the child, or as one who leads for the child still: of a child whose records are another's
    now, as one who is near whoever has them."""
    offices = [word for word, needed in OFFICES.items() if viewer.may(needed)]
    by_office = Q(told_as__in=offices) & no_tie(viewer, "standing__person")
    leads = leads_still(viewer, at=at, person="standing__person")
    has_the_records = children_near(viewer, at=at).filter(records__links__person=OuterRef("standing__person"))
    moved = Q(Exists(has_the_records), standing__person__stands=False)
    near = near_the_child(viewer, at=at, person="standing__person") | leads | moved
    return by_office | (~Q(told_as__in=OFFICES) & near & not_closed(viewer, "standing__person"))


def is_for(viewer: Practitioner) -> Q:
    """Of a notice, whether it is the viewer's: told to them, or to an office of theirs that nobody told holds any
    longer, so that somebody looks into each use; and what they said of it. Never their own use, from whichever seat."""
    others = ~a_seat_of(viewer, "standing__practitioner")
    own = others & (Q(told=viewer) | Q(judged_by=viewer))
    if not viewer.may(Permission.HEAR_EMERGENCIES):
        return own
    of_the_use = EmergencyNotice.objects.filter(standing=OuterRef("standing"))
    by_office = of_the_use.filter(told_as=GOVERNANCE)
    tied = Tie.objects.filter(person=OuterRef("standing__person"), practitioner=OuterRef("told"), ended_at=None)
    in_office = Q(told__in=those_who(Permission.HEAR_EMERGENCIES)) & ~Exists(tied)
    answered = by_office.filter(in_office | Q(judged_at__isnull=False))
    theirs = Q(standing__agency=viewer.agency_id) | Q(told__agency=viewer.agency_id)
    left = Q(told_as=GOVERNANCE, judged_at=None) & theirs & others
    once = ~Exists(by_office.filter(theirs, pk__lt=OuterRef("pk"))) & ~Exists(of_the_use.filter(told=viewer))
    return own | (left & ~Exists(answered) & once)


def notices_for(viewer: Practitioner, *, at: datetime) -> QuerySet[EmergencyNotice]:
    """The viewer's notices, the longest told first, but of a child whose record was closed to them since."""
    found = EmergencyNotice.objects.filter(is_for(viewer) & is_open_to(viewer, at=at))
    return found.select_related("standing__person", "standing__practitioner", "standing__agency", "judged_by")


def notices_waiting_for(viewer: Practitioner, *, at: datetime) -> list[EmergencyNotice]:
    """Those on which the viewer has still to say a word."""
    return list(notices_for(viewer, at=at).filter(judged_at=None))


@transaction.atomic
def judge(*, notice: EmergencyNotice, verdict: str, because: str, by: Practitioner, at: datetime) -> bool:
    """Whether the emergency use was fair, and why: once, by whom it is for. One that was not ends at once. Returns
    whether this is the word that counts: of two, the first is.
    PermissionDenied for others, and for whom the record is closed since."""
    if not notices_for(by, at=at).filter(pk=notice.pk).exists():
        raise PermissionDenied
    waits = EmergencyNotice.objects.filter(pk=notice.pk, judged_at=None)
    if not waits.update(judged_by=by, judged_at=at, verdict=verdict, because=because):
        return False
    about = subjects.child(notice.standing.person.reference)
    if verdict == Verdict.NOT_FAIR:
        _end(Standing.objects.filter(pk=notice.standing_id), at=at)
    what = f"emergency access {verdict.replace('_', ' ')}"
    record(Operation.ALTER, what, by=by, at=at, about=about, purpose=because[:200])
    return True
