"""Raising an action about a child in the meeting, and ticking it off. Both pages name the child, so both are
in the ledger before they leave."""

from datetime import timedelta

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from alongside.access.guard import requires
from alongside.access.permissions import Permission

from . import queries
from .actions import raise_action, tick_off
from .forms import ActionForm, OutcomeForm
from .views import day_asked


@requires(Permission.LEAD_MEETINGS)
@require_http_methods(["GET", "HEAD", "POST"])
def raised(request: HttpRequest, reference: str) -> HttpResponse:
    """One action about one child of that day's briefing."""
    on, at = day_asked(request), timezone.now()
    heard = queries.heard_about(reference, viewer=request.user, on=on, at=at)
    if heard is None:
        raise Http404
    person, because = heard
    given = request.POST if request.method == "POST" else None
    form = ActionForm(given, on=on, about=person, initial={"due": on + timedelta(days=1)})
    if not form.is_valid():
        return render(request, "meetings/raise_action.html", {"form": form, "person": person, "on": on})
    raise_action(person=person, because=because, on=on, by=request.user, at=at, **form.cleaned_data)
    messages.success(request, "The action is raised. Its owner finds it on their first page.")
    return redirect(f"{reverse('briefing')}?on={on.isoformat()}#carried")


@requires(Permission.SEE_CHILDREN)
@require_http_methods(["GET", "HEAD", "POST"])
def done(request: HttpRequest, pk: int) -> HttpResponse:
    """What came of an action: for its owner, and for whoever leads the meeting and may read it."""
    at = timezone.now()
    action = queries.action_to_tick(pk, viewer=request.user, at=at)
    if action is None:
        raise Http404
    form = OutcomeForm(request.POST if request.method == "POST" else None)
    if not form.is_valid():
        return render(request, "meetings/tick_off.html", {"form": form, "action": action})
    tick_off(action=action, by=request.user, at=at, **form.cleaned_data)
    messages.success(request, "The action is done. The next meeting reads what came of it.")
    return redirect("my_day" if action.owner_id == request.user.pk else "briefing")
