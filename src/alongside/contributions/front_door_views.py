"""Pages of what came to the front door, for whoever opens it first."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from alongside.access.guard import requires
from alongside.access.permissions import Permission

from . import front_door
from .kinds import kinds
from .looks import too_many, write_down, write_down_names
from .rules import in_words
from .summary import names_in, told_rows

SHOWN = 50


@requires(Permission.FRONT_DOOR)
@require_safe
def not_opened(request: HttpRequest) -> HttpResponse:
    """What nobody of the front door has opened, longest waiting first; each child named is in the ledger."""
    at, waiting = timezone.now(), front_door.unopened(request.user)
    shown = waiting[:SHOWN]
    write_down_names("not opened yet", shown, by=request.user, at=at)
    rows = [(one, kinds()[one.kind].title_for(one.told), names_in(one), in_words(at - one.told_us_at)) for one in shown]
    context = {"rows": rows, "count": len(waiting), "being_filed": front_door.being_filed(request.user)}
    return render(request, "contributions/not_opened.html", context)


@requires(Permission.FRONT_DOOR)
@require_safe
def came_in(request: HttpRequest, receipt: str) -> HttpResponse:
    """One of them in full. Reading it is in the ledger, its author sees that it was read, and it waits no longer."""
    one, at = front_door.came_in(request.user, receipt), timezone.now()
    if one is None:
        raise Http404
    if instead := too_many(request, one, at=at):
        return instead
    write_down("came in", one, by=request.user, at=at)
    children = front_door.told_of(one)
    context = {"one": one, "rows": told_rows(one, all_answers=True), "children": children}
    return render(request, "contributions/came_in.html", context)
