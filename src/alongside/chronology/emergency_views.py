"""Opening a child's record in an emergency: whom to call first, then a reason that is kept and told."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from alongside.access.guard import requires
from alongside.access.permissions import Permission
from alongside.access.rules import Level
from alongside.people.emergency import ask_in_emergency

from .forms import EmergencyForm
from .guard import CARD, Look, looking, too_much, write_down
from .overview import involved_of


@requires(Permission.SEE_CHILDREN)
@require_http_methods(["GET", "HEAD", "POST"])
def emergency(request: HttpRequest, reference: str) -> HttpResponse:
    """Opens a record for two hours, with a reason that is kept and told; the answer is the same where there is none.
    Whoever is in the team already is led to the record, unless it is closed to them for having looked at much."""
    look = looking(request, reference)
    if look is not None and look.level is Level.TEAM and not look.emergency and too_much(request, look) is None:
        return redirect("child", reference)
    form = EmergencyForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        use = ask_in_emergency(reference=reference, by=request.user, at=timezone.now(), because=form.because)
        # Whoever may not know of the child is not told that there was one to stay closed.
        if look is not None and look.level is not Level.NONE and (use is None or use.level != Level.TEAM):
            messages.error(request, "The record stays closed to you. That you asked is kept: call one of those below.")
        return redirect("child", reference)
    look = known_of(look)
    context = {"form": form, "reference": reference, "look": look, "call": involved_of(look) if look else []}
    return render(request, "chronology/not_in_the_team.html", context)


def known_of(look: Look | None) -> Look | None:
    """The child, where the reader may know of them: then whom to call is named as on the contact card, and recorded
    as such. Nobody for whom there is nothing to know."""
    if look is None or look.level is Level.NONE:
        return None
    write_down(look, CARD)
    return look
