"""Imports that somebody may read: those of their own agency, because a report quotes what its files hold."""

from django.db.models import QuerySet

from alongside.access.permissions import Permission
from alongside.agencies.models import Practitioner

from .models import ImportRun


def imports_seen_by(viewer: Practitioner) -> QuerySet[ImportRun]:
    if not viewer.may(Permission.IMPORT_FILES):
        return ImportRun.objects.none()
    return ImportRun.objects.filter(by__agency=viewer.agency_id).select_related("by").order_by("-asked_at", "-pk")
