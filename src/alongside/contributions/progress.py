"""What became of what somebody sent, for its author."""

from datetime import datetime

from django.db.models import OuterRef, QuerySet, Subquery

from alongside.agencies.models import Agency, Practitioner
from alongside.ledger.models import LedgerEvent, Operation
from alongside.people.models import AgencyRecord
from alongside.people.told import record_key
from alongside.shared.rows import with_key

from .grading import state_of, with_grade
from .held import held
from .kinds import kinds
from .models import Contribution, SupervisorLook
from .queries import told_by, with_open
from .unfiled import closed_since

Look = tuple[str, datetime]


def sent_with_progress(viewer: Practitioner, *, limit: int = 100) -> list[Contribution]:
    """The newest version of what the viewer sent, with what became of each."""
    return with_progress(told_by(viewer).filter(is_newest=True), viewer, limit=limit)


def with_progress(told: QuerySet[Contribution], viewer: Practitioner, *, limit: int = 1) -> list[Contribution]:
    """These, which the viewer sent, each with `followed`, `linked`, `look` (what a supervisor said), `answered_at`
    (when somebody said that they have it), `intelligence` (how far it has come with police), `read_by` (which
    agencies opened it, and when first) and `is_closed` (to the viewer, since: then with nothing that was said of
    it)."""
    sent = list(with_open(viewer, _with_looks(with_grade(told)))[:limit])
    linked, readers, closed = _linked(sent), _readers(sent, viewer), closed_since(viewer, sent)
    for one in sent:
        one.is_closed = one.pk in closed
        one.look = "" if one.is_closed else one.look
        one.followed = not hasattr(one, "pending")
        one.linked = one.reference in linked
        one.read_by = readers.get(one.subject, [])
        one.intelligence = _intelligence(one)
    return sent


def _intelligence(one: Contribution) -> str:
    is_said = kinds()[one.kind].graded and not one.is_closed
    return state_of(one, is_read=bool(one.read_by)) if is_said else ""


def _with_looks(sent: QuerySet[Contribution]) -> QuerySet[Contribution]:
    looks = SupervisorLook.objects.filter(contribution=OuterRef("pk")).order_by("-at", "-pk")
    answers = held().filter(contribution=OuterRef("pk"))
    return sent.annotate(
        look=Subquery(looks.values("outcome")[:1]),
        answered_at=Subquery(answers.values("at")[:1]),
    )


def _linked(sent: list[Contribution]) -> set[str]:
    """References of contributions all of whose people were found to be somebody."""
    of = {
        record_key(one, number, person): one.reference
        for one in sent
        for number, person in enumerate(one.told.get("people", []), start=1)
    }
    found = AgencyRecord.objects.filter(with_key(of), person__isnull=False)
    return {of[key] for key in found.values_list("agency", "system", "reference")}


def _readers(sent: list[Contribution], viewer: Practitioner) -> dict[str, list[Look]]:
    subjects = [one.subject for one in sent]
    looks = LedgerEvent.objects.filter(subject__in=subjects, operation=Operation.VIEW).exclude(actor=viewer.key)
    names = dict(Agency.objects.values_list("pk", "short_name"))
    first: dict[str, dict[str, datetime]] = {}
    for subject, at, agency in looks.order_by("at").values_list("subject", "at", "agency"):
        first.setdefault(subject, {}).setdefault(names.get(agency, agency), at)
    return {subject: list(readers.items()) for subject, readers in first.items()}
