"""Our people: an agency's own seats, run by its seat managers."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from alongside.access.guard import requires
from alongside.access.permissions import Permission
from alongside.access.roles import ROLES
from alongside.web import errors

from . import letters, queries, seats
from .models import Practitioner
from .seat_forms import InviteForm, LinkForm, MoveForm, ReasonForm
from .signing_in import limits
from .step_up import asks_again


@dataclass(frozen=True)
class Change:
    """One thing to do with a seat: its words, what is asked, the action, and what is said afterwards."""

    heading: str
    follows: str
    button: str
    said: str
    action: Callable[..., Any]
    form: type[forms.Form] = ReasonForm
    warns: bool = False


CHANGES = {
    "keep": Change(
        "Still needed?",
        "The seat stays as it is. You will be asked again in a year.",
        "It is still needed",
        "Kept for another year.",
        seats.keep,
    ),
    "move": Change(
        "Move to another team or role",
        "What they may see and do changes from the next page they open.",
        "Move",
        "Moved.",
        seats.move,
        MoveForm,
    ),
    "suspend": Change(
        "Suspend the seat",
        "They are signed out at once, and nobody can sign in with it until you lift it. Nothing is lost.",
        "Suspend",
        "Suspended. Their sessions have ended.",
        seats.suspend,
        warns=True,
    ),
    "lift": Change(
        "Lift the suspension",
        "They can sign in again as before.",
        "Lift it",
        "The seat is in use again.",
        seats.lift,
    ),
    "end": Change(
        "They have left",
        "They are signed out at once and nobody can sign in with the seat. What they did stays on record.",
        "End the seat",
        "The seat has ended.",
        seats.end_seat,
        warns=True,
    ),
    "give-back": Change(
        "They are back",
        "They get a link by e-mail, choose a new password and set up a second factor again.",
        "Give the seat back",
        "The seat is theirs again.",
        seats.give_back,
    ),
    "link": Change(
        "Send a new link",
        "For whoever lost their password or second factor, or whose link has run out. What they signed in with until "
        "now opens nothing any more, and their sessions end at once.",
        "Send the link",
        "A new link is made.",
        seats.make_link,
        LinkForm,
    ),
}


@requires(Permission.MANAGE_SEATS)
@require_safe
def our_people(request: HttpRequest) -> HttpResponse:
    """Every seat of the agency; first those of which somebody has to say whether they are still needed."""
    lines = queries.lines_seen_by(request.user, at=timezone.now())
    waiting = [line for line in lines if line.waits]
    context = {"lines": lines, "waiting": waiting, "grace": limits().seat_suspended_after.days}
    return render(request, "agencies/our_people.html", context)


@requires(Permission.MANAGE_SEATS)
@require_safe
def seat(request: HttpRequest, key: str) -> HttpResponse:
    """One seat, and what can be done with it."""
    line = line_for(request, key)
    to_do = [(verb, CHANGES[verb].heading) for verb in line.to_do]
    return render(request, "agencies/seat.html", {"line": line, "role": ROLES[line.who.role], "to_do": to_do})


def line_for(request: HttpRequest, key: str) -> queries.SeatLine:
    """The seat of that key in the reader's own agency; of others' there is none."""
    practitioner = get_object_or_404(queries.seats_seen_by(request.user), key=key)
    return queries.line_of(practitioner, viewer=request.user, at=timezone.now())


@requires(Permission.MANAGE_SEATS)
@require_http_methods(["GET", "HEAD", "POST"])
@asks_again
def change_seat(request: HttpRequest, key: str, verb: str) -> HttpResponse:
    """The page on which one change is made, with its reason."""
    line = line_for(request, key)
    if verb not in CHANGES or (verb not in line.to_do and line.may_be_changed):
        raise Http404
    if not line.may_be_changed:
        raise errors.Refused("Nobody changes their own seat.", ask="Ask another seat manager of your agency.")
    change = CHANGES[verb]
    form = form_for(change, line.who, request.POST if request.method == "POST" else None)
    if form.is_valid():
        done = change.action(practitioner=line.who, by=request.user, at=timezone.now(), **form.cleaned_data)
        return said(request, line.who, change.said, token=done)
    return render(request, "agencies/seat_change.html", {"line": line, "change": change, "form": form})


def form_for(change: Change, who: Practitioner, data: Any) -> forms.Form:
    if change.form is not MoveForm:
        return change.form(data)
    stands = {"role": who.role, "team": who.team_id or "", "job_title": who.job_title}
    return MoveForm(data, agency=who.agency_id, initial=stands)


def said(request: HttpRequest, who: Practitioner, words: str, *, token: str | None) -> HttpResponse:
    """Says what was done; where a link was made, sends it and says whether it went out."""
    if token:
        until = timezone.now() + limits().invitation_lasts
        sent = letters.invitation(who, link=letters.link_of(token, request), until=until)
        words += (
            f" A link is on its way to {who.email}."
            if sent
            else (" The letter with the link could not be sent: check the address, then send a new link.")
        )
    messages.success(request, words)
    return redirect("seat", who.key)


@requires(Permission.MANAGE_SEATS)
@require_http_methods(["GET", "HEAD", "POST"])
@asks_again
def invite(request: HttpRequest) -> HttpResponse:
    """Somebody new in the reader's own agency."""
    form = InviteForm(request.POST or None, agency=request.user.agency_id)
    if form.is_valid():
        who, token = seats.invite_to_agency(by=request.user, at=timezone.now(), **form.seat())
        return said(request, who, f"{who.name} is invited.", token=token)
    return render(request, "agencies/invite.html", {"form": form})
