from uuid import UUID

from django.db import connection
from django.db.models import Case, Exists, OuterRef, Q, QuerySet, When

from alongside.access.rules import Level, may_see_entry, parse_handling
from alongside.agencies.models import Practitioner
from alongside.people.models import Person
from alongside.people.queries import not_closed

from .models import Contribution, Draft, Pending
from .rules import OUR_PAGES


def sent_by(viewer: Practitioner) -> QuerySet[Contribution]:
    """What this practitioner sent, newest first; every version they sent."""
    return Contribution.objects.filter(author=viewer).order_by("-received_at", "-pk")


def sent_by_system(*, agency: str) -> QuerySet[Contribution]:
    """What systems and files of this agency told. What was told on our pages is taken back there, by its author."""
    return Contribution.objects.filter(agency=agency).exclude(system=OUR_PAGES)


def told_by(viewer: Practitioner) -> QuerySet[Contribution]:
    """Every version of what this practitioner told, also those that their supervisor corrected; newest first. Their own
    words stay theirs; those of others are closed to them where the child is."""
    mine = Contribution.objects.filter(author=viewer)
    told = Contribution.objects.filter(
        agency__in=mine.values("agency"), system=OUR_PAGES, reference__in=mine.values("reference")
    )
    return told.filter(Q(author=viewer) | not_closed_to(viewer)).order_by("-received_at", "-pk")


def versions_of(one: Contribution) -> QuerySet[Contribution]:
    """Every version of what was told, newest first."""
    same = Contribution.objects.filter(agency=one.agency_id, system=one.system, reference=one.reference)
    return same.select_related("author", "withdrawn_by").order_by("-version")


def may_read(viewer: Practitioner, one: Contribution) -> bool:
    """Whether its handling lets this viewer read it, were they in the team around the child."""
    handling, readers = parse_handling(one.handling)
    return may_see_entry(reader=viewer.reader, level=Level.TEAM, handling=handling, readers=readers).allowed


def not_closed_to(viewer: Practitioner) -> Q:
    """Whether nobody whom it tells of, in whichever version, is closed to the viewer by a tie or a restriction. Of a
    first version that is not filed yet, `unfiled` knows."""
    same = {f"entries__contribution__{name}": OuterRef(name) for name in ("agency", "system", "reference")}
    of_it = Person.objects.filter(**same)
    return ~Q(Exists(of_it.exclude(not_closed(viewer, "pk"))))


def with_open(viewer: Practitioner, told: QuerySet[Contribution]) -> QuerySet[Contribution]:
    """Each with `is_open`, whether it is `not_closed_to` the viewer, and what `unfiled` asks for."""
    return told.annotate(is_open=Case(When(not_closed_to(viewer), then=True), default=False)).select_related("pending")


def pending(*, limit: int) -> list[Contribution]:
    """Accepted and not yet followed, oldest first. Inside a transaction: on PostgreSQL several followers
    share the work; SQLite has one writer at a time."""
    waiting = Pending.objects.order_by("contribution_id")
    if connection.features.has_select_for_update_skip_locked:
        waiting = waiting.select_for_update(skip_locked=True)
    keys = list(waiting.values_list("contribution_id", flat=True)[:limit])
    # Held, so that none is superseded between being read and being written onto a timeline.
    held = Contribution.objects.select_for_update() if waiting.query.select_for_update else Contribution.objects
    return list(held.filter(pk__in=keys).order_by("pk"))


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
