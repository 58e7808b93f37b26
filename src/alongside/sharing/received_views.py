"""What was given to the reader on purpose. Only that: no page of the child opens by it."""

from http import HTTPStatus

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from alongside.access.guard import open_to_signed_in
from alongside.ledger.models import Operation, record_each

from . import queries
from .received import entries_given, write_down_reading
from .waiting import last_read


@open_to_signed_in("only what was given to the reader or their team; no child is named here")
@require_safe
def received(request: HttpRequest) -> HttpResponse:
    """What was given to the reader, unread first, then the newest."""
    given = list(queries.received_by(request.user, at=timezone.now())[: queries.MOST])
    read = last_read(given, request.user)
    rows = [(one, read.get(one.subject)) for one in given]
    ended = queries.ended_for(request.user, at=timezone.now())[: queries.MOST]
    context = {"rows": sorted(rows, key=lambda row: row[1] is not None), "ended": ended}
    return render(request, "sharing/received.html", context)


@open_to_signed_in("only what was given to the reader or their team; each record shown is in the ledger first")
@require_safe
def received_one(request: HttpRequest, pk: int) -> HttpResponse:
    """What was given, as it may be relied on now, with the day until which it can be read; or that it has ended."""
    at = timezone.now()
    one = queries.received_by(request.user, at=at).filter(pk=pk).first()
    if one is None:
        over = get_object_or_404(queries.ended_for(request.user, at=at), pk=pk)
        record_each(Operation.VIEW, queries.ENDED, by=request.user, at=at, about=[over.subject])
        return render(request, "sharing/received_ended.html", {"one": over}, status=HTTPStatus.GONE)
    write_down_reading(one, by=request.user, at=at)
    return render(request, "sharing/received_one.html", {"one": one, "entries": entries_given(one)})
