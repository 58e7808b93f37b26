"""Requests: the list, logging one, its page, its clock, and what it holds."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from alongside.access.guard import requires
from alongside.access.permissions import Permission
from alongside.agencies.models import Practitioner
from alongside.agencies.same_person import is_same_person
from alongside.chronology.closing_forms import TieForm
from alongside.ledger.models import Operation, record_each
from alongside.people.closing import declare_tie

from . import actions, queries
from .collecting import Changed, changed
from .door import too_many, write_down
from .forms import ExtendForm, LogForm
from .models import RequestPart
from .open_to import may_read_why_back, why_not_all
from .releasing import why_not_ready
from .rules import extended_to
from .sections import title_of
from .terms import terms

HANDLES = Permission.HANDLE_ACCESS_REQUESTS


def part_of(request: HttpRequest, pk: int) -> RequestPart:
    """The part of the reader's own agency; 404 for any other."""
    return get_object_or_404(queries.parts_seen_by(request.user), pk=pk)


@requires(HANDLES)
@require_safe
def access_requests(request: HttpRequest) -> HttpResponse:
    """What the reader's agency has to answer, soonest due first."""
    waiting, released = queries.listed(request.user)
    at = timezone.now()
    about = [one.request.subject for one in (*waiting, *released)]
    record_each(Operation.VIEW, "access requests", by=request.user, at=at, about=about)
    rows = [(one, queries.is_past(one.due, today=timezone.localdate(at))) for one in waiting]
    return render(request, "access_requests/access_requests.html", {"rows": rows, "released": released})


@requires(HANDLES)
@require_http_methods(["GET", "HEAD", "POST"])
def log(request: HttpRequest) -> HttpResponse:
    """A request is written down, and goes to each agency that holds a record of the person."""
    at = timezone.now()
    today = timezone.localdate(at)
    first = {"received_on": today, "identity_on": today}
    form = LogForm(request.user, request.POST if request.method == "POST" else None, today=today, initial=first)
    if not form.is_valid():
        return render(request, "access_requests/log.html", {"form": form})
    asked = dict(form.cleaned_data)
    found = asked.pop("reference")
    made = actions.log_request(person=found.person, known_as=found, by=request.user, at=at, **asked)
    messages.success(request, "The request is written down. Each agency that holds a record answers for its own.")
    return redirect("access_request", made.parts.get(agency=request.user.agency_id).pk)


@requires(HANDLES)
@require_safe
def access_request(request: HttpRequest, pk: int) -> HttpResponse:
    """One agency's part: the clock, what it holds, and how far it has come."""
    part, at = part_of(request, pk), timezone.now()
    if instead := too_many(request, part, at=at):
        return instead
    write_down(part, by=request.user, at=at)
    items, since = queries.items_of(part), Changed([], []) if part.ready_at else changed(part)
    context: dict[str, Any] = {
        "part": part,
        "items": [(one, title_of(one)) for one in items],
        "whose": items[0].record.full_name if items else "",
        "is_past": queries.is_past(part.due, today=timezone.localdate(at)),
        "since": since,
        "left": "" if part.ready_at else why_not_ready(part, since, request.user),
        "closed": why_not_all(part, request.user, items) if part.ready_at else "",
        "sent_back": why_sent_back(part, request.user),
        "is_mine": is_same_person(part.ready_by, request.user),
    }
    return render(request, "access_requests/access_request.html", context)


def why_sent_back(part: RequestPart, viewer: Practitioner) -> str:
    if part.returned_because and not may_read_why_back(part, viewer):
        return "Why is for those who may read all that would have gone out."
    return part.returned_because


@requires(HANDLES)
@require_http_methods(["GET", "HEAD", "POST"])
def extend(request: HttpRequest, pk: int) -> HttpResponse:
    """Two months more, once, with a reason."""
    part, at = part_of(request, pk), timezone.now()
    form = ExtendForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        actions.extend(request=part.request, by=request.user, at=at, **form.cleaned_data)
        messages.success(request, "The time is extended. Tell whoever asked, and why.")
        return redirect("access_request", pk)
    if instead := too_many(request, part, at=at):
        return instead
    write_down(part, by=request.user, at=at)
    asked, rules = part.request, terms()
    days = {"received_on": asked.received_on, "identity_on": asked.identity_on}
    until = extended_to(**days, months=rules.months, extended_months=rules.extended_months)
    return render(request, "access_requests/extend.html", {"part": part, "form": form, "until": until})


@requires(HANDLES)
@require_http_methods(["GET", "HEAD", "POST"])
def tie(request: HttpRequest, pk: int) -> HttpResponse:
    """The officer knows the family outside work: a colleague answers, and all about them closes to the officer."""
    part, at = part_of(request, pk), timezone.now()
    form = TieForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        declare_tie(person=part.request.person, by=request.user, at=at, **form.cleaned_data)
        messages.success(request, "Kept. This request is closed to you from now on. Thank you for saying so.")
        return redirect("access_requests")
    if instead := too_many(request, part, at=at):
        return instead
    write_down(part, by=request.user, at=at)
    return render(request, "access_requests/tie.html", {"part": part, "form": form})


@requires(HANDLES)
@require_POST
def collect(request: HttpRequest, pk: int) -> HttpResponse:
    """What came in since."""
    part = part_of(request, pk)
    found = actions.collect(part=part, by=request.user, at=timezone.now())
    messages.success(request, f"Collected: {found} more.")
    return redirect("access_request", pk)
