"""What somebody decided not to give, and has to be decided again, where they cannot: for whoever sees to it."""

from datetime import datetime

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from alongside.access.guard import requires
from alongside.access.permissions import Permission
from alongside.ledger import subjects
from alongside.ledger.models import Operation, record_each

from .actions import see_to
from .forms import SeenToForm
from .left import left_to_decide, left_to_pass_on
from .models import ShareDecision


@requires(Permission.SHARE)
@require_http_methods(["GET", "HEAD", "POST"])
def left_again(request: HttpRequest, pk: int) -> HttpResponse:
    """For whoever leads for the child: why it was not given, and the way to decide again."""
    at = timezone.now()
    one = among(left_to_decide(request.user, at=at), pk)
    return seen_to(request, one, [subjects.child(one.person.reference), one.subject], leads=True, at=at)


@requires(Permission.HEAR_EMERGENCIES)
@require_http_methods(["GET", "HEAD", "POST"])
def left_word(request: HttpRequest, pk: int) -> HttpResponse:
    """For an office that sees no child: whom to tell. Nothing of the child is on the page."""
    at = timezone.now()
    one = among(left_to_pass_on(request.user, at=at), pk)
    return seen_to(request, one, [one.subject], leads=False, at=at)


def among(left: list[ShareDecision], pk: int) -> ShareDecision:
    for one in left:
        if one.pk == pk:
            return one
    raise Http404


def seen_to(request: HttpRequest, one: ShareDecision, about: list[str], *, leads: bool, at: datetime) -> HttpResponse:
    form = SeenToForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        see_to(decision=one, by=request.user, at=at, **form.cleaned_data)
        messages.success(request, "Kept, with your name: what is done about it.")
        return redirect("my_day")
    record_each(Operation.VIEW, "decision left to others", by=request.user, at=at, about=about)
    return render(request, "sharing/left_again.html", {"one": one, "form": form, "leads": leads})
