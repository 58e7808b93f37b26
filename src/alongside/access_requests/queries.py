"""Requests as an officer may see them: their own agency's part alone."""

from datetime import date

from django.db.models import Count, F, Prefetch, Q, QuerySet
from django.db.models.functions import Coalesce

from alongside.access.permissions import Permission
from alongside.agencies.models import Practitioner
from alongside.agencies.partners import agencies_with
from alongside.people.models import AgencyRecord, Person
from alongside.people.queries import not_closed

from .models import Mark, PackItem, RequestPart

MOST = 200


def parts_seen_by(viewer: Practitioner) -> QuerySet[RequestPart]:
    """What the viewer's own agency answers, soonest due first, but about somebody whose record a tie or a restriction
    closes to them. Nobody else knows that a request was made. For an agency that may have no officer here, the agency
    that wrote the request down answers: the law's clock runs for it all the same."""
    answer = agencies_with(Permission.HANDLE_ACCESS_REQUESTS)
    theirs = Q(agency=viewer.agency_id) | (Q(request__logged_by__agency=viewer.agency_id) & ~Q(agency__in=answer))
    parts = RequestPart.objects.filter(theirs, not_closed(viewer, "request__person"))
    parts = parts if viewer.may(Permission.HANDLE_ACCESS_REQUESTS) else parts.none()
    due = Coalesce(F("request__extended_to"), F("request__due_on"))
    whose = ("request__person", "request__logged_by__agency", "agency", "ready_by", "released_by")
    return parts.select_related(*whose).annotate(due=due).order_by("due", "pk")


def listed(viewer: Practitioner) -> tuple[list[RequestPart], list[RequestPart]]:
    """(not released yet, soonest due first; released, newest first), each with how many items still want a look."""
    unread = Count("items", filter=Q(items__looked_at=None))
    parts = parts_seen_by(viewer).annotate(unread=unread)
    released = parts.filter(released_at__isnull=False).order_by("-released_at", "-pk")
    return list(parts.filter(released_at=None)[:MOST]), list(released[:MOST])


def own_items(part: RequestPart) -> QuerySet[PackItem]:
    """Without those that turned out to be another's since they were collected."""
    return PackItem.objects.filter(part=part, record__person=part.request.person_id)


def items_of(part: RequestPart) -> list[PackItem]:
    """Every item of the part with the marks that stand, in the order in which things happened; none whose record is
    somebody else's now."""
    return _with_marks(own_items(part))


def all_items_of(part: RequestPart) -> list[PackItem]:
    """The same, with those whose record is somebody else's now: a copy that went out says their words still."""
    return _with_marks(PackItem.objects.filter(part=part))


def _with_marks(found: QuerySet[PackItem]) -> list[PackItem]:
    marks = Prefetch("marks", Mark.objects.filter(undone_at=None).select_related("by"), to_attr="standing")
    found = found.select_related("record__agency", "contribution__agency", "looked_by", "part__request")
    return list(found.prefetch_related(marks).order_by(F("contribution__occurred_at").asc(nulls_first=True), "pk"))


def record_known_as(reference: str, *, viewer: Practitioner) -> AgencyRecord | None:
    """The record that the viewer's own agency holds under that reference; none of somebody whose record a tie or
    a restriction closes to them."""
    own = AgencyRecord.objects.filter(not_closed(viewer, "person"), agency=viewer.agency_id, is_told=True)
    own = own.filter(person__isnull=False)
    return (
        own.filter(reference__iexact=reference.replace("\0", "").strip())
        .select_related("person")
        .order_by("pk")
        .first()
    )


def record_of(person: Person, *, agency: str) -> AgencyRecord | None:
    """By which a request about the person is kept: the agency's own record where it has one."""
    records = list(AgencyRecord.objects.filter(person=person).order_by("pk"))
    return next((one for one in records if one.agency_id == agency), records[0] if records else None)


def is_past(due: date, *, today: date) -> bool:
    return due < today
