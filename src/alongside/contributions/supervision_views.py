"""Pages on which a supervisor looks over what their team has sent."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from alongside.access.guard import requires
from alongside.access.permissions import Permission

from . import supervision
from .kinds import kinds
from .looks import too_many, write_down
from .models import Draft
from .quality import gaps_in
from .sent_forms import LookForm
from .summary import told_rows


@requires(Permission.SUPERVISE)
@require_safe
def team_sent(request: HttpRequest) -> HttpResponse:
    """What the team sent: first what waits for a look, then the rest. No child is named here."""
    waiting = supervision.waiting_for_a_look(request.user)
    keys = {one.pk for one in waiting}
    rest = [one for one in supervision.readable_team_sent(request.user) if one.pk not in keys]
    context = {"waiting": waiting, "rest": rest}
    return render(request, "contributions/team_sent.html", context)


@requires(Permission.SUPERVISE)
@require_http_methods(["GET", "HEAD", "POST"])
def look_over(request: HttpRequest, receipt: str) -> HttpResponse:
    """One thing the team sent, in full; reading it is in the ledger."""
    sent = supervision.told_by_the_team(request.user, receipt)
    if sent is None:
        raise Http404
    at, form = timezone.now(), LookForm(request.POST or None)
    if form.is_valid():
        supervision.look_over(contribution=sent, by=request.user, at=at, **form.cleaned_data)
        messages.success(request, supervision.SAID[form.cleaned_data["outcome"]])
        return redirect("team_sent")
    if instead := too_many(request, sent, at=at):
        return instead
    write_down("supervision", sent, by=request.user, at=at)
    context = {
        "sent": sent,
        "form": form,
        "kind": kinds()[sent.kind],
        "rows": told_rows(sent),
        "gaps": gaps_in(kinds()[sent.kind], sent.told),
        "looks": sent.supervisor_looks.select_related("by"),
        "can_correct": sent.stands and Draft.objects.filter(sent_as=sent).exists(),
    }
    return render(request, "contributions/look_over.html", context)
