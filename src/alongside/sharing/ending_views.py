"""What is read still, for those who may end it in its giver's place: whoever leads for the child, and the office."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from alongside.access.guard import requires
from alongside.access.permissions import Permission
from alongside.agencies.models import Practitioner
from alongside.ledger import subjects
from alongside.ledger.models import Operation, record_each

from . import actions, queries
from .ending import for_the_office_to_end, known_of
from .forms import TakeBackForm
from .left import who_decide
from .models import ShareDecision

STILL = "still being read"
ENDED = "The reading is ended. What was read or printed before stays so."


@requires(Permission.SHARE)
@require_http_methods(["GET", "HEAD", "POST"])
def end_as_lead(request: HttpRequest, pk: int) -> HttpResponse:
    """For the team around a child, something that somebody else gave of them: whoever leads ends it here, and the
    others read who that is."""
    viewer, at = request.user, timezone.now()
    one = get_object_or_404(queries.decisions(), pk=pk)
    lead = {child: who_decide(child, at=at) for child in known_of(viewer, one, at=at)}
    if not lead:
        raise Http404
    child = max(lead, key=lambda each: viewer.pk in lead[each])
    leads = Practitioner.objects.filter(pk__in=lead[child]).select_related("agency")
    form = TakeBackForm(request.POST if request.method == "POST" else None)
    if viewer in leads and form.is_valid():
        end(request, one, form)
        return redirect("child_shared", child.reference)
    # Where it came to this child with a record, the look is one at the child of whom it was given, too.
    about = sorted({subjects.child(each.reference) for each in (child, one.person)})
    record_each(Operation.VIEW, STILL, by=viewer, at=at, about=[*about, one.subject])
    here = [each for each in queries.decisions_seen_by(viewer, person=child, at=at) if each.pk == pk]
    (found,) = queries.shown(here, viewer=viewer, at=at)
    context = {"one": found, "form": form, "leads": leads, "child": child}
    return render(request, "sharing/end_as_lead.html", context)


@requires(Permission.HEAR_EMERGENCIES)
@require_safe
def running(request: HttpRequest) -> HttpResponse:
    """What the agency's people gave and is read still, by whom. Nothing of any child is on the page."""
    viewer, at = request.user, timezone.now()
    found = list(for_the_office_to_end(viewer, at=at).order_by("giver_can", "-at", "-pk")[: queries.MOST])
    record_each(Operation.VIEW, STILL, by=viewer, at=at, about=[one.subject for one in found])
    return render(request, "sharing/running.html", {"found": found, "most": queries.MOST})


@requires(Permission.HEAR_EMERGENCIES)
@require_http_methods(["GET", "HEAD", "POST"])
def end_as_office(request: HttpRequest, pk: int) -> HttpResponse:
    """One of these. Nothing of the child is on the page."""
    viewer, at = request.user, timezone.now()
    one = get_object_or_404(for_the_office_to_end(viewer, at=at), pk=pk)
    form = TakeBackForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        end(request, one, form)
        return redirect("share_running")
    record_each(Operation.VIEW, STILL, by=viewer, at=at, about=[one.subject])
    return render(request, "sharing/end_as_office.html", {"one": one, "form": form})


def end(request: HttpRequest, one: ShareDecision, form: TakeBackForm) -> None:
    actions.take_back(decision=one, by=request.user, at=timezone.now(), **form.cleaned_data)
    messages.success(request, ENDED)
