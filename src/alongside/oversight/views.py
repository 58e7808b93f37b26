"""Looking through the ledger."""

from typing import Any

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from alongside.access.guard import requires
from alongside.access.permissions import Permission
from alongside.agencies.models import Agency, Practitioner
from alongside.chronology.filters import earlier_address, key_in
from alongside.chronology.typed import keep_typed, typed
from alongside.ledger.models import LedgerEvent
from alongside.ledger.sentences import sentence
from alongside.people.closing import ties_of

from .forms import LedgerForm
from .queries import Asked, look_through

UNDER = "asked of the ledger"


@requires(Permission.READ_LEDGER)
@require_http_methods(["GET", "HEAD", "POST"])
def ledger(request: HttpRequest) -> HttpResponse:
    """Lines of the ledger, newest first. What is asked for may be a name, put where it does not belong: it travels by
    POST, on to an address that does not tell it."""
    if request.method == "POST":
        form = LedgerForm(request.POST)
        if form.is_valid():
            return redirect(f"{reverse('ledger')}?asked={keep_typed(request, form.typed(), under=UNDER)}")
        return _page(request, form)
    key = request.GET.get("asked", "")
    boxes = typed(request, key, under=UNDER) if key else ""
    if boxes is None:
        return redirect("ledger")
    form, earlier = LedgerForm(QueryDict(boxes)), ""
    lines: list[LedgerEvent] = []
    if form.is_valid():
        asked, before = Asked(**form.cleaned_data), key_in(request.GET)
        lines, following = look_through(viewer=request.user, asked=asked, at=timezone.now(), before=before)
        earlier = earlier_address({"asked": key} if key else {}, following)
    return _page(request, form, lines=_said(lines, viewer=request.user), earlier=earlier)


def _said(lines: list[LedgerEvent], *, viewer: Practitioner) -> list[tuple[LedgerEvent, str]]:
    """Each line with its sentence. Why something was done may say what a child's team alone knows: whoever answers for
    an agency reads the reasons of its own people."""
    agencies = dict(Agency.objects.values_list("pk", "short_name"))
    own = {"", viewer.agency_id}
    said = []
    for line in lines:
        with_reason = line.agency in own and not line.reason_is_closed
        said.append((line, sentence(line, agency=agencies.get(line.agency, ""), with_reason=with_reason)))
    return said


def _page(request: HttpRequest, form: LedgerForm, **more: Any) -> HttpResponse:
    # Of ties only: whoever is not named on a restriction is not told that there is one.
    context = {"form": form, "knows_somebody": ties_of(request.user).exists()}
    return render(request, "oversight/ledger.html", context | more)
