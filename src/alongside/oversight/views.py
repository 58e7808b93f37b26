"""Looking through the ledger."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from alongside.access.guard import requires
from alongside.access.permissions import Permission
from alongside.agencies.models import Agency
from alongside.chronology.filters import earlier_address, key_in
from alongside.ledger.sentences import sentence
from alongside.people.closing import ties_of

from .forms import LedgerForm
from .queries import Asked, look_through


@requires(Permission.READ_LEDGER)
@require_safe
def ledger(request: HttpRequest) -> HttpResponse:
    """Lines of the ledger, newest first, each a sentence. Why something was done may say what a child's team alone
    knows: whoever answers for an agency reads the reasons of its own people."""
    form, lines, before = LedgerForm(request.GET), [], None
    if form.is_valid():
        asked, key = Asked(**form.cleaned_data), key_in(request.GET)
        lines, before = look_through(viewer=request.user, asked=asked, at=timezone.now(), before=key)
    agencies = dict(Agency.objects.values_list("pk", "short_name"))
    own = {"", request.user.agency_id}
    said = []
    for line in lines:
        with_reason = line.agency in own and not line.reason_is_closed
        said.append((line, sentence(line, agency=agencies.get(line.agency, ""), with_reason=with_reason)))
    context = {"form": form, "lines": said, "earlier": earlier_address(request.GET.dict(), before)}
    # Of ties only: whoever is not named on a restriction is not told that there is one.
    context["knows_somebody"] = ties_of(request.user).exists()
    return render(request, "oversight/ledger.html", context)
