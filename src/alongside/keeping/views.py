"""Pages of a records officer: what falls due, what is held, what waits for a second person. No child is named."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from alongside.access.guard import requires
from alongside.access.permissions import Permission
from alongside.agencies.same_person import is_same_person
from alongside.agencies.step_up import asks_again

from . import actions, queries
from .forms import DecideForm, HoldForm, LetInForm, LiftForm, ProposeForm
from .holding import covered
from .models import Proposal
from .retention import of_the_partnership, periods


def posted(request: HttpRequest) -> QueryDict | None:
    """What was sent, however little; nothing where the page is only opened."""
    return request.POST if request.method == "POST" else None


@requires(Permission.KEEP_RECORDS)
@require_http_methods(["GET", "HEAD", "POST"])
def keeping(request: HttpRequest) -> HttpResponse:
    """What of the viewer's agency falls due, oldest first, and all that waits."""
    at, viewer = timezone.now(), request.user
    after = request.GET.get("after", "")
    looked = queries.look_for_due(viewer, at=at, after=int(after) if after.isdecimal() and len(after) < 19 else None)
    due = looked.shown
    form = ProposeForm(posted(request), due=[(one.contribution.receipt, one.contribution.name) for one in due])
    if form.is_valid() and actions.propose(by=viewer, at=at, **form.cleaned_data):
        messages.success(request, "It is proposed. A second records officer of your agency decides.")
        return redirect("keeping")
    context = {
        "due": due,
        "looked": looked,
        "most": queries.LOOKED_AT,
        "form": form,
        "waiting": queries.proposals_of(viewer).filter(verdict=Proposal.Verdict.WAITING),
        "holds": queries.holds_seen_by(viewer),
        "notices": queries.notices_for(viewer),
        "periods": [one for one in periods() if one.rule.is_for(viewer.agency_id)],
        "access_requests": of_the_partnership().access_requests,
    }
    return render(request, "keeping/keeping.html", context)


@requires(Permission.KEEP_RECORDS)
@require_http_methods(["GET", "HEAD", "POST"])
def hold(request: HttpRequest, receipt: str) -> HttpResponse:
    """Holds one thing, or whatever it belongs to."""
    one, at = queries.told_by_receipt(request.user, receipt), timezone.now()
    if one is None:
        raise Http404
    form = HoldForm(posted(request), today=timezone.localdate(at))
    if not form.is_valid():
        return render(request, "keeping/hold.html", {"form": form, "one": one})
    asked = form.cleaned_data
    named = covered(one, asked.pop("covers"), at=at)
    actions.place_hold(by=request.user, at=at, **asked, **named)
    messages.success(request, "It is held. Nothing that the hold covers falls due until it ends.")
    return redirect("keeping")


@requires(Permission.KEEP_RECORDS)
@require_safe
def find_to_hold(request: HttpRequest) -> HttpResponse:
    """From what somebody read out over the phone to the page that holds it."""
    one = queries.told_by_short_receipt(request.user, request.GET.get("receipt", ""))
    if one is None:
        messages.info(request, "Your agency told nothing under that receipt.")
        return redirect("keeping")
    return redirect("hold", one.receipt)


@requires(Permission.KEEP_RECORDS)
@require_http_methods(["GET", "HEAD", "POST"])
def lift(request: HttpRequest, pk: int) -> HttpResponse:
    """Ends a hold, with its reason."""
    held = get_object_or_404(queries.holds_seen_by(request.user), pk=pk)
    form = LiftForm(posted(request))
    if not form.is_valid():
        return render(request, "keeping/lift.html", {"form": form, "hold": held})
    actions.lift_hold(hold=held, by=request.user, at=timezone.now(), **form.cleaned_data)
    messages.success(request, "The hold is lifted. What it covered falls due by its rules again.")
    return redirect("keeping")


@requires(Permission.KEEP_RECORDS)
@require_http_methods(["GET", "HEAD", "POST"])
@asks_again
def proposal(request: HttpRequest, pk: int) -> HttpResponse:
    """One proposal, for the second person to decide; whoever proposed it reads only."""
    proposed = get_object_or_404(queries.proposals_of(request.user), pk=pk)
    form = DecideForm(posted(request))
    if form.is_valid():
        messages.success(
            request, actions.decide(proposal=proposed, by=request.user, at=timezone.now(), **form.cleaned_data)
        )
        return redirect("proposal", pk)
    waits, is_own = proposed.verdict == Proposal.Verdict.WAITING, is_same_person(proposed.proposed_by, request.user)
    may_decide = waits and not is_own
    return render(request, "keeping/proposal.html", {"proposal": proposed, "form": form, "may_decide": may_decide})


@requires(Permission.KEEP_RECORDS)
@require_safe
def disposed(request: HttpRequest) -> HttpResponse:
    """The tombstones of the viewer's agency, the latest first."""
    stones = queries.disposed_seen_by(request.user)[: queries.MOST]
    return render(request, "keeping/disposed.html", {"stones": stones})


@requires(Permission.KEEP_RECORDS)
@require_http_methods(["GET", "HEAD", "POST"])
def let_in(request: HttpRequest, pk: int) -> HttpResponse:
    """Lets the same be told again."""
    stone = get_object_or_404(queries.disposed_seen_by(request.user), pk=pk)
    form = LetInForm(posted(request))
    if not form.is_valid():
        return render(request, "keeping/let_in.html", {"form": form, "stone": stone})
    actions.let_in_again(tombstone=stone, by=request.user, at=timezone.now(), **form.cleaned_data)
    messages.success(request, "The same may be told again. It comes in as something new.")
    return redirect("disposed")


@requires(Permission.KEEP_RECORDS)
@require_POST
def copies_seen_to(request: HttpRequest, pk: int) -> HttpResponse:
    """The viewer's agency saw to its copies of what another disposed of."""
    notice = get_object_or_404(queries.notices_for(request.user), pk=pk)
    actions.saw_to_copies(notice=notice, by=request.user, at=timezone.now())
    messages.success(request, "It is noted that the copies are seen to.")
    return redirect("keeping")
