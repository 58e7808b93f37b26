"""The morning briefing as page, paper, data and text; each reading is in the ledger before it leaves."""

from collections.abc import Callable
from datetime import date, timedelta

from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.safestring import mark_safe
from django.views.decorators.http import require_safe

from alongside.access.guard import requires
from alongside.access.limits import Measure
from alongside.access.permissions import Permission
from alongside.agencies.held_back import held_back
from alongside.ledger.models import Operation, record
from alongside.places.queries import map_as_geojson
from alongside.shared.uncollected import uncollected
from alongside.web.exports import marked

from . import queries, rendering
from .picture import picture
from .wording import worded


def day_asked(request: HttpRequest) -> date:
    """The day in the address (`?on=2026-11-23`), today without one."""
    asked = request.GET.get("on", "")
    try:
        return date.fromisoformat(asked) if asked else timezone.localdate()
    except ValueError as problem:
        raise BadRequest("Write the day as in 2026-11-23.") from problem


@requires(Permission.SEE_BRIEFING)
@require_safe
@uncollected()
def briefing(request: HttpRequest) -> HttpResponse:
    viewer, at = request.user, timezone.now()
    made = queries.briefing(viewer=viewer, on=day_asked(request), at=at)
    drawn = mark_safe(picture(made))  # noqa: S308 - drawn by us, its words escaped
    days = [made.on + timedelta(days=more) for more in (-1, 1)]
    days = [day for day in days if not queries.why_not(viewer=viewer, on=day, at=at)]
    said = {"briefing": made, "said": worded(made), "picture": drawn, "other_days": days}
    said["may_raise"] = viewer.may(Permission.LEAD_MEETINGS)
    return render(request, "meetings/briefing.html", said)


def told_as(request: HttpRequest, form: str, kind: str, make: Callable[..., str | bytes]) -> HttpResponse:
    """The briefing in another form; the file's name carries the day and nobody's name."""
    on, at = day_asked(request), timezone.now()
    if instead := held_back(request, Measure.EXPORT, at=at):
        return instead
    made = queries.briefing(viewer=request.user, on=on, at=at, form=form)
    record(Operation.VIEW, "copy of the briefing", by=request.user, at=at, form=form)
    response = HttpResponse(make(made, printed_by=request.user.name, at=at), content_type=kind)
    return marked(response, f"briefing-{on.isoformat()}.{form}", opens=True)


@requires(Permission.SEE_BRIEFING)
@require_safe
def briefing_pdf(request: HttpRequest) -> HttpResponse:
    return told_as(request, "pdf", "application/pdf", rendering.as_pdf)


@requires(Permission.SEE_BRIEFING)
@require_safe
def briefing_json(request: HttpRequest) -> HttpResponse:
    return told_as(request, "json", "application/json", rendering.as_json)


@requires(Permission.SEE_BRIEFING)
@require_safe
def briefing_text(request: HttpRequest) -> HttpResponse:
    return told_as(request, "txt", "text/plain; charset=utf-8", rendering.as_text)


@requires(Permission.SEE_BRIEFING)
@require_safe
def briefing_places(request: HttpRequest) -> HttpResponse:
    """The numbered incidents and the areas around them, when the map is opened."""
    made = queries.briefing(viewer=request.user, on=day_asked(request), at=timezone.now(), form="map")
    return JsonResponse(map_as_geojson((one.number, one.longitude, one.latitude) for one in made.on_the_map))
