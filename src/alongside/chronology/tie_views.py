"""Pages on which somebody who met a child in their work says that they know them outside it. Each has the guard of the
page it is reached from. It shows nobody; only where several people are told of it names them, and is a look at that."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from http import HTTPStatus

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from alongside.access.guard import open_to_signed_in, requires
from alongside.access.permissions import Permission
from alongside.contributions import front_door, grading, looks, supervision, urgent
from alongside.contributions.models import Contribution
from alongside.linkage.queries import questions_seen_by
from alongside.people.emergency import notices_for

from .closing_forms import MetTieForm
from .met import LEFT_TO_NOBODY, Finds, Met, in_notice, in_pair, in_told, left_to_nobody, whom_to_tell
from .releasing import releasable
from .walls import declare

FORMS = ["GET", "HEAD", "POST"]


def asked(request: HttpRequest, met: Met, *, back: str, to: str, at: datetime) -> HttpResponse:
    """What a tie does, and how they know the child; then on `to` the list, where the thing is gone. `back`: the page
    of the thing."""
    form = MetTieForm(request.POST if request.method == "POST" else None, choices=met.choices)
    if met.people and form.is_valid():
        people = met.known(form.cleaned_data.get("who", []))
        declare(people=people, by=request.user, at=at, because=form.cleaned_data["because"])
        lifting = f" {LEFT_TO_NOBODY}" if left_to_nobody(people, by=request.user) else ""
        messages.success(request, f"Kept. This is closed to you from now on.{lifting} {_afterwards(met, request)}")
        return redirect(to)
    return render(request, "chronology/tie_met.html", {"form": form, "met": met, "back": back})


def _afterwards(met: Met, request: HttpRequest) -> str:
    tell = whom_to_tell(met, by=request.user)
    if tell is None:
        return "A colleague goes on with it. Thank you for saying so."
    who = [f"{one.name} ({one.phone})" if one.phone else one.name for one in tell]
    whom = " or ".join(who) or "whoever runs Alongside for the partnership"
    return f"Nobody else can take it on now. Tell {whom}, so that a colleague can be given it. Thank you for saying so."


@dataclass(frozen=True)
class Door:
    """How a page opens what was told: who may, what it finds, its name, that of its list, and the ledger's word."""

    permission: Permission
    find: Finds
    page: str
    to: str
    word: str
    # Whether a look at it is counted.
    counts: bool = True


def of_told(door: Door) -> Callable[..., HttpResponse]:
    @requires(door.permission)
    @require_http_methods(FORMS)
    def view(request: HttpRequest, receipt: str) -> HttpResponse:
        one, at = door.find(request.user, receipt), timezone.now()
        if one is None:
            raise Http404
        met = in_told(one, find=door.find, permission=door.permission)
        back = reverse(door.page, args=[one.receipt])
        page = asked(request, met, back=back, to=door.to, at=at)
        if met.choices and page.status_code == HTTPStatus.OK:
            return _looked(request, one, door, at) or page
        return page

    return view


def _looked(request: HttpRequest, one: Contribution, door: Door, at: datetime) -> HttpResponse | None:
    """The lines in the ledger for those whom the page names, none for what was told, which it does not show; what is
    answered instead where it is one too many."""
    if door.counts and (instead := looks.too_many(request, one, at=at)):
        return instead
    looks.write_down_names(door.word, [one], by=request.user, at=at)
    return None


grade_tie = of_told(
    Door(Permission.GRADE_INTELLIGENCE, grading.intelligence_told, "grade", "intelligence", "intelligence")
)
release_tie = of_told(Door(Permission.RELEASE_POLICE, releasable, "release_told", "my_day", "release", counts=False))
urgent_tie = of_told(
    Door(Permission.ANSWER_URGENT, urgent.urgent_told, "urgent_told", "urgent", "urgent", counts=False)
)
look_over_tie = of_told(
    Door(Permission.SUPERVISE, supervision.told_by_the_team, "look_over", "team_sent", "supervision")
)
came_in_tie = of_told(Door(Permission.FRONT_DOOR, front_door.came_in, "came_in", "not_opened", "came in"))


@requires(Permission.REVIEW_LINKS)
@require_http_methods(FORMS)
def pair_tie(request: HttpRequest, pk: int) -> HttpResponse:
    question, at = get_object_or_404(questions_seen_by(request.user), pk=pk), timezone.now()
    return asked(request, in_pair(question), back=reverse("link_pair", args=[pk]), to="link_review", at=at)


@open_to_signed_in("only of notices told to the reader; it shows no child, and each tie is in the ledger")
@require_http_methods(FORMS)
def notice_tie(request: HttpRequest, pk: int) -> HttpResponse:
    at = timezone.now()
    notice = get_object_or_404(notices_for(request.user, at=at), pk=pk)
    back = reverse("emergency_notice", args=[pk])
    return asked(request, in_notice(notice, at=at), back=back, to="emergency_queue", at=at)
