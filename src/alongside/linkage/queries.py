"""Pairs that wait for a person, and what was decided."""

from datetime import datetime

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from alongside.access.permissions import Permission
from alongside.agencies.models import Practitioner
from alongside.people.queries import children_seen_by

from .models import LinkDecision, LinkQuestion, Verdict


def questions_seen_by(viewer: Practitioner) -> QuerySet[LinkQuestion]:
    """Pairs that the viewer may decide on: every one, or none."""
    if not isinstance(viewer, Practitioner) or not viewer.may(Permission.REVIEW_LINKS):
        return LinkQuestion.objects.none()
    return LinkQuestion.objects.select_related("left__agency", "left__person", "right__agency", "right__person")


def waiting(viewer: Practitioner) -> QuerySet[LinkQuestion]:
    """Pairs that nobody has decided on, the longest wait first."""
    return questions_seen_by(viewer).filter(verdict=Verdict.WAITING).order_by("asked_at", "pk")


def decided(viewer: Practitioner, *, limit: int = 25) -> list[LinkDecision]:
    """The latest decisions, undone ones too, newest first."""
    return list(
        LinkDecision.objects.filter(question__in=questions_seen_by(viewer).values("pk"))
        .select_related("question__left__agency", "question__right__agency", "decided_by", "undone_by")
        .order_by("-decided_at", "-pk")[:limit]
    )


def asked_about(viewer: Practitioner, *, at: datetime, person: str) -> Q:
    """Whether another record may be of the person to whom a row's column `person` points, while somebody is asked.

    Only where the viewer may know of both: told to anybody else, it would betray that there is another child.
    """
    seen = children_seen_by(viewer, at=at)
    both = LinkQuestion.objects.filter(
        Exists(seen.filter(pk=OuterRef("left__person"))),
        Exists(seen.filter(pk=OuterRef("right__person"))),
        verdict__in=[Verdict.WAITING, Verdict.NOT_SURE],
    ).exclude(left__person=F("right__person"))
    # Each side by an index of its own: "left or right" in one look would read every pair that waits.
    return Q(Exists(both.filter(left__person=OuterRef(person)))) | Q(
        Exists(both.filter(right__person=OuterRef(person)))
    )
