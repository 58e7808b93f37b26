"""A request is about whoever the record belongs to that was asked for, however often links are decided and undone."""

from collections.abc import Iterable

from django.db.models import F

from .models import AccessRequest


def follow_records(people: Iterable[int]) -> None:
    """Called inside the transaction in which a record moved between these people."""
    moved = AccessRequest.objects.filter(known_as__person__in=people).exclude(person=F("known_as__person"))
    for request in moved.select_related("known_as"):
        request.person_id = request.known_as.person_id
        request.save(update_fields=["person"])
