"""Opening a child's record in an emergency: whom to call first, then a reason that is kept and told."""

from time import monotonic, sleep

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from alongside.access.guard import requires
from alongside.access.permissions import Permission
from alongside.access.rules import Level
from alongside.people.emergency import ask_in_emergency

from .forms import EmergencyForm
from .guard import CARD, Look, looking, refusal, too_much, write_down
from .overview import involved_of

# Seconds. Telling those named on a record takes longer than keeping a guess: neither is answered sooner than this.
ANSWERED_AFTER = 1.0


@requires(Permission.SEE_CHILDREN)
@require_http_methods(["GET", "HEAD", "POST"])
def emergency(request: HttpRequest, reference: str) -> HttpResponse:
    """Opens a record for two hours, with a reason that is kept and told; the answer is the same where there is none.
    Whoever is in the team already is led to the record, unless it is closed to them for having looked at much."""
    began, look = monotonic(), looking(request, reference)
    if look is not None and look.level is Level.TEAM and not look.emergency and too_much(request, look) is None:
        return redirect("child", reference)
    form = EmergencyForm(request.POST if request.method == "POST" else None)
    if not form.is_valid():
        return _asked(request, reference, look, form)
    use = ask_in_emergency(reference=reference, by=request.user, at=timezone.now(), because=form.because)
    if use is not None and use.level == Level.TEAM:
        return redirect("child", reference)
    if look and look.person.is_tied:
        return refusal(request, reference, look)
    # Word for word alike, and as late, whether there is such a child or none.
    sleep(max(0.0, began + ANSWERED_AFTER - monotonic()))
    return _asked(request, reference, look, form, not_opened=True)


def _asked(
    request: HttpRequest, reference: str, look: Look | None, form: EmergencyForm, *, not_opened: bool = False
) -> HttpResponse:
    look = known_of(look)
    context = {"form": form, "reference": reference, "look": look, "call": involved_of(look) if look else []}
    context["not_opened"] = not_opened
    return render(request, "chronology/not_in_the_team.html", context, status=403 if not_opened else 200)


def known_of(look: Look | None) -> Look | None:
    """The child, where the reader may know of them: then whom to call is named as on the contact card, and recorded
    as such. Nobody for whom there is nothing to know."""
    if look is None or look.level is Level.NONE:
        return None
    write_down(look, CARD)
    return look
