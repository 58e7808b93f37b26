from datetime import datetime
from uuid import UUID

from django.db import connection
from django.db.models import Exists, OuterRef, QuerySet, Subquery

from alongside.access.rules import Level, may_see_entry, parse_handling
from alongside.agencies.models import Agency, Practitioner
from alongside.ledger.models import LedgerEvent, Operation
from alongside.people.models import AgencyRecord

from .models import Contribution, Draft, Pending, SupervisorLook
from .rules import OUR_PAGES

Look = tuple[str, datetime]


def sent_by(viewer: Practitioner) -> QuerySet[Contribution]:
    """What this practitioner sent, newest first; every version they sent."""
    return Contribution.objects.filter(author=viewer).order_by("-received_at", "-pk")


def told_by(viewer: Practitioner) -> QuerySet[Contribution]:
    """Every version of what this practitioner told, also those that their supervisor corrected; newest first."""
    mine = Contribution.objects.filter(author=viewer)
    return Contribution.objects.filter(
        agency__in=mine.values("agency"), system=OUR_PAGES, reference__in=mine.values("reference")
    ).order_by("-received_at", "-pk")


def versions_of(one: Contribution) -> QuerySet[Contribution]:
    """Every version of what was told, newest first."""
    same = Contribution.objects.filter(agency=one.agency_id, system=one.system, reference=one.reference)
    return same.select_related("author", "withdrawn_by").order_by("-version")


def may_read(viewer: Practitioner, one: Contribution) -> bool:
    """Whether its handling lets this viewer read it, were they in the team around the child."""
    handling, readers = parse_handling(one.handling)
    return may_see_entry(reader=viewer.reader, level=Level.TEAM, handling=handling, readers=readers).allowed


def pending(*, limit: int) -> list[Contribution]:
    """Accepted and not yet followed, oldest first. Inside a transaction: on PostgreSQL several followers
    share the work; SQLite has one writer at a time."""
    waiting = Pending.objects.order_by("contribution_id")
    if connection.features.has_select_for_update_skip_locked:
        waiting = waiting.select_for_update(skip_locked=True)
    keys = list(waiting.values_list("contribution_id", flat=True)[:limit])
    return list(Contribution.objects.filter(pk__in=keys).order_by("pk"))


def drafts_of(viewer: Practitioner) -> QuerySet[Draft]:
    """What this practitioner began and has not sent, newest first. Nobody else ever sees it."""
    return Draft.objects.filter(author=viewer, sent_as=None).order_by("-saved_at", "-pk")


def draft_of(viewer: Practitioner, *, key: UUID, kind: str) -> Draft:
    """The viewer's draft with this key, or a new one that is not kept yet. Raises Draft.DoesNotExist where
    the key is somebody else's, or of another kind."""
    found = Draft.objects.select_related("author", "sent_as", "corrects").filter(key=key).first()
    if found is None:
        return Draft(key=key, author=viewer, kind=kind)
    if found.author_id != viewer.pk or found.kind != kind:
        raise Draft.DoesNotExist(key)
    return found


def sent_with_progress(viewer: Practitioner, *, limit: int = 100) -> list[Contribution]:
    """The newest version of what the viewer sent, each with `followed`, `linked` and `read_by` (who opened it,
    in words): what became of it."""
    sent = list(
        told_by(viewer)
        .filter(is_newest=True)
        .annotate(waits=Exists(Pending.objects.filter(contribution=OuterRef("pk"))), look=Subquery(_last_look()))[
            :limit
        ]
    )
    linked, readers = _linked(sent), _readers(sent, viewer)
    for one in sent:
        one.followed = not one.waits
        one.linked = one.reference in linked
        one.read_by = readers.get(one.subject, [])
    return sent


def _last_look() -> QuerySet[SupervisorLook]:
    """What a supervisor last said of it."""
    return SupervisorLook.objects.filter(contribution=OuterRef("pk")).order_by("-at", "-pk").values("outcome")[:1]


def _linked(sent: list[Contribution]) -> set[str]:
    """References of contributions all of whose people were found to be somebody."""
    references = {
        person.get("reference") or f"{one.reference}#{number}": one.reference
        for one in sent
        for number, person in enumerate(one.told.get("people", []), start=1)
    }
    found = AgencyRecord.objects.filter(
        agency__in={one.agency_id for one in sent}, reference__in=references, person__isnull=False
    )
    return {references[reference] for reference in found.values_list("reference", flat=True)}


def _readers(sent: list[Contribution], viewer: Practitioner) -> dict[str, list[Look]]:
    subjects = [one.subject for one in sent]
    looks = LedgerEvent.objects.filter(subject__in=subjects, operation=Operation.VIEW).exclude(actor=viewer.key)
    names = dict(Agency.objects.values_list("pk", "short_name"))
    readers: dict[str, list[Look]] = {}
    for subject, at, agency in looks.order_by("at").values_list("subject", "at", "agency"):
        readers.setdefault(subject, []).append((names.get(agency, agency), at))
    return readers
