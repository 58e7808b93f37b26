"""Pairs that wait for a person, and what was decided."""

from django.db.models import QuerySet

from alongside.access.permissions import Permission
from alongside.agencies.models import Practitioner

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
