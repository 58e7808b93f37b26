"""Pages on which a record is closed: to somebody who declares a tie, or to all but those named."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from alongside.access.guard import requires
from alongside.access.permissions import Permission
from alongside.access.rules import Level
from alongside.ledger import subjects
from alongside.ledger.models import Operation, record, record_each
from alongside.people import closing
from alongside.people.around import around
from alongside.people.models import Restriction

from . import walls
from .banner import banner_for
from .closing_forms import EndTieForm, LiftForm, NameReaderForm, RestrictForm, TieForm
from .guard import Look, looks_at_child
from .met import LEFT_TO_NOBODY, left_to_nobody

FORMS = ["GET", "HEAD", "POST"]


@looks_at_child(Permission.SEE_CHILDREN, what="tie", least=Level.KNOWN)
@require_http_methods(FORMS)
def tie(request: HttpRequest, look: Look) -> HttpResponse:
    """A reader says that they know this child or the family outside work; the record closes to them."""
    form = TieForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        walls.declare(people=[look.person], by=look.viewer, at=look.at, **form.cleaned_data)
        lifting = f" {LEFT_TO_NOBODY}" if left_to_nobody([look.person], by=look.viewer) else ""
        said = f"Kept. This record is closed to you from now on.{lifting} Thank you for saying so."
        messages.success(request, said)
        return redirect("my_day")
    lifts_alone = left_to_nobody([look.person], by=look.viewer)
    return render(request, "chronology/tie.html", {"form": form, "person": look.person, "lifts_alone": lifts_alone})


@requires(Permission.KEEP_WALLS)
@require_safe
def ties(request: HttpRequest) -> HttpResponse:
    """Ties that the reader keeps: who declared them, to which record, since when."""
    at, kept = timezone.now(), closing.ties_kept_by(request.user)
    about = sorted({subjects.child(one.person.reference) for one in kept})
    record_each(Operation.VIEW, "declared ties", by=request.user, at=at, about=about)
    return render(request, "chronology/ties.html", {"ties": kept})


@requires(Permission.KEEP_WALLS)
@require_http_methods(FORMS)
def end_tie(request: HttpRequest, pk: int) -> HttpResponse:
    """Somebody else than who declared it ends a tie, with a reason."""
    found, at = get_object_or_404(closing.ties_kept_by(request.user), pk=pk, ended_at=None), timezone.now()
    form = EndTieForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        closing.end_tie(tie=found, by=request.user, at=at, **form.cleaned_data)
        messages.success(request, "The tie has ended. The record opens again as their work with the child allows.")
        return redirect("ties")
    record(Operation.VIEW, "declared tie", by=request.user, at=at, about=subjects.child(found.person.reference))
    return render(request, "chronology/end_tie.html", {"form": form, "tie": found})


@looks_at_child(Permission.RESTRICT_CHILDREN, what="restriction", changes=True)
@require_http_methods(FORMS)
def restriction(request: HttpRequest, look: Look) -> HttpResponse:
    """Restricts a record to those named, or names more of them."""
    stands = closing.restriction_of(look.person)
    form = _who_reads(look, stands, *([request.POST] if request.method == "POST" else []))
    if not form.is_valid():
        return _shown(request, look, form, LiftForm())
    told = {"by": look.viewer, "at": look.at}
    if stands is None:
        walls.restrict(person=look.person, readers=form.named, because=form.cleaned_data["because"], **told)
    else:
        for reader in form.named:
            closing.name_reader(restriction=stands, reader=reader, **told)
    messages.success(request, "Kept. Only the people named here read this record.")
    return redirect("child_restriction", look.person.reference)


@looks_at_child(Permission.RESTRICT_CHILDREN, what="restriction", changes=True)
@require_POST
def leave_out(request: HttpRequest, look: Look, key: str) -> HttpResponse:
    """Somebody named reads the record no longer."""
    stands = closing.restriction_of(look.person)
    named = closing.readers_of(stands).filter(practitioner__key=key).first() if stands else None
    if named is None:
        raise Http404
    if walls.leave_out(restriction=stands, reader=named.practitioner, by=look.viewer, at=look.at):
        messages.success(request, f"Kept: {named.practitioner.name} is no longer named.")
    else:
        messages.info(request, "Nothing was changed: one of those named has to be able to lift it. Name another first.")
    return redirect("child_restriction", look.person.reference)


@looks_at_child(Permission.RESTRICT_CHILDREN, what="restriction", changes=True)
@require_POST
def lift(request: HttpRequest, look: Look) -> HttpResponse:
    """The record opens again to the team around the child."""
    stands, form = closing.restriction_of(look.person), LiftForm(request.POST)
    if stands is None:
        raise Http404
    if not form.is_valid():
        return _shown(request, look, _who_reads(look, stands), form)
    closing.lift(restriction=stands, by=look.viewer, at=look.at, **form.cleaned_data)
    messages.success(request, "The restriction is lifted. The team around the child reads the record again.")
    return redirect("child", look.person.reference)


def _who_reads(look: Look, stands: Restriction | None, *posted: Any) -> RestrictForm | NameReaderForm:
    """What is asked: of whom it is closed to all others, or who reads it besides those named already."""
    named = closing.readers_of(stands).order_by().values_list("practitioner", flat=True) if stands else ()
    found = around(look.person, standings=look.standings, but={look.viewer.pk, *named})
    return (NameReaderForm if stands else RestrictForm)(*posted, around=found)


def _shown(request: HttpRequest, look: Look, form: object, lifting: LiftForm) -> HttpResponse:
    stands = closing.restriction_of(look.person)
    context = banner_for(look, page="child", today=timezone.localdate(look.at))
    context |= {"form": form, "lifting": lifting, "restriction": stands}
    return render(
        request,
        "chronology/restriction.html",
        context | {"named": closing.readers_of(stands) if stands else []},
    )
