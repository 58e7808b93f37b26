"""Opening a child's record in an emergency: with a reason, for hours, in the ledger, and told."""

from datetime import datetime, timedelta

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import QuerySet

from alongside.access.permissions import Permission
from alongside.access.policy import Act
from alongside.access.rules import Level
from alongside.agencies.models import Practitioner
from alongside.ledger import subjects
from alongside.ledger.models import Operation, record

from .closing import named_to_tell, restriction_of
from .leads import leads_for, those_who
from .models import EmergencyNotice, Person, Standing
from .queries import decision
from .rules import EMERGENCY

LASTS = timedelta(hours=2)
ROLE = "Emergency access"
GOVERNANCE = "information governance lead"
NAMED = "one of those named on this restricted record"
ORPHANED = "one who may restrict: nobody named on this record has a seat"


@transaction.atomic
def ask_in_emergency(*, reference: str, by: Practitioner, at: datetime, because: str) -> None:
    """Open the record of that reference. Where there is none, the asking is kept all the same, so that nobody finds
    out by guessing without a trace."""
    person = Person.objects.filter(reference=reference).first()
    if person is not None:
        allowed = decision(Act.OPEN_IN_EMERGENCY, viewer=by, person=person, at=at).allowed
        (open_in_emergency if allowed else tell_that_it_was_asked)(person=person, by=by, at=at, because=because)
        return
    about = subjects.child(reference)[:80]
    record(Operation.ALTER, "emergency access to nobody", by=by, at=at, about=about, purpose=because[:200])


@transaction.atomic
def open_in_emergency(*, person: Person, by: Practitioner, at: datetime, because: str) -> Standing:
    """Two hours in the team around this child. The child's lead practitioner and the information governance lead
    of whoever opens it are told at once; everybody who works with the child reads of it on their first page.
    While it is open, opening it again keeps the reason, and neither lasts longer nor tells anybody twice."""
    Person.objects.select_for_update().get(pk=person.pk)
    about = subjects.child(person.reference)
    if still := _open(person, by=by, at=at):
        record(Operation.ALTER, "emergency access again", by=by, at=at, about=about, purpose=because[:200])
        return still
    opened = _standing(Level.TEAM, until=at + LASTS, person=person, by=by, at=at, because=because)
    record(Operation.ALTER, "emergency access", by=by, at=at, about=about, purpose=because[:200])
    tell_of(opened, by=by, at=at)
    return opened


def tell_that_it_was_asked(*, person: Person, by: Practitioner, at: datetime, because: str) -> Standing:
    """A record that a tie or a restriction closes to whoever asks stays closed; those named on it, or who lead for
    the child, hear at once that somebody asked, and can call them."""
    asked = _standing(Level.NONE, until=at, person=person, by=by, at=at, because=because)
    about = subjects.child(person.reference)
    record(Operation.ALTER, "emergency access refused", by=by, at=at, about=about, purpose=because[:200])
    tell_of(asked, by=by, at=at)
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


def tell_of(opened: Standing, *, by: Practitioner, at: datetime) -> None:
    """A notice for each who has to look into it; nobody judges their own."""
    named = dict.fromkeys(named_to_tell(opened.person), NAMED) or _who_may_restrict(opened.person)
    leads = named or leads_for(opened.person, at=at)
    told = {one.pk: (one, told_as) for one, told_as in leads.items()}
    governing = those_who(Permission.HEAR_EMERGENCIES, agency=by.agency_id) or those_who(Permission.HEAR_EMERGENCIES)
    told |= {one.pk: (one, GOVERNANCE) for one in governing}
    told.pop(by.pk, None)
    EmergencyNotice.objects.bulk_create(
        EmergencyNotice(standing=opened, told=one, told_at=at, told_as=told_as) for one, told_as in told.values()
    )


def _who_may_restrict(person: Person) -> dict[Practitioner, str]:
    """Of a restricted record on which nobody named has a seat any longer: whoever may restrict, and so call the one
    who runs the server."""
    return dict.fromkeys(those_who(Permission.RESTRICT_CHILDREN), ORPHANED) if restriction_of(person) else {}


def notices_for(viewer: Practitioner) -> QuerySet[EmergencyNotice]:
    """The viewer's own notices, the longest told first."""
    own = EmergencyNotice.objects.filter(told=viewer)
    return own.select_related("standing__person", "standing__practitioner", "standing__agency")


def notices_waiting_for(viewer: Practitioner) -> list[EmergencyNotice]:
    """Those on which the viewer has still to say a word."""
    return list(notices_for(viewer).filter(judged_at=None))


@transaction.atomic
def judge(*, notice: EmergencyNotice, verdict: str, because: str, by: Practitioner, at: datetime) -> None:
    """Whether the emergency use was fair, and why: once, by whom it was told to. PermissionDenied for others."""
    if notice.told_id != by.pk:
        raise PermissionDenied
    waits = EmergencyNotice.objects.filter(pk=notice.pk, judged_at=None)
    if waits.update(judged_at=at, verdict=verdict, because=because):
        about = subjects.child(notice.standing.person.reference)
        what = f"emergency access {verdict.replace('_', ' ')}"
        record(Operation.ALTER, what, by=by, at=at, about=about, purpose=because[:200])
