"""Giving what is known of a child to somebody outside the team, giving it now, and deciding not to."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from alongside.access.permissions import Permission
from alongside.chronology.banner import banner_for
from alongside.chronology.guard import Look, looks_at_child, writes_about_child
from alongside.web.errors import Refused

from . import actions, queries
from .draft_views import decided_before, drafted, onto
from .drafts import Writing, decide
from .ending import of_others
from .forms import ShareForm, ShareNowForm, WithholdForm
from .inside import is_inside, stands_inside
from .models import Page, ShareDecision
from .offering import offers
from .recipients import second_people

NOBODY_YET = "Kept. Nobody has it yet: print the paper, or ring them."
READS = "Emergency access is for reading. Whoever works with the child gives what they know."


def context_of(look: Look) -> dict[str, object]:
    return banner_for(look, page="child_shared", today=timezone.localdate(look.at))


def not_in_an_emergency(look: Look) -> None:
    if look.emergency and not queries.is_in_the_team(look.viewer, look.person, at=look.at):
        raise Refused(READS, ask="Call the child’s lead practitioner: they can give it.")


def writing_of(request: HttpRequest, look: Look, page: Page) -> Writing:
    return Writing(look.viewer, page, look.person, posted=request.POST)


@looks_at_child(Permission.SHARE, what="giving on purpose")
@require_http_methods(["GET", "HEAD", "POST"])
def share(request: HttpRequest, look: Look) -> HttpResponse:
    """One page: what, to whom, for what and on what basis. `?entry=` offers that one alone, chosen, and with what was
    begun before those that were chosen in it."""
    not_in_an_emergency(look)
    writing = writing_of(request, look, Page.SHARE)
    asked = request.GET.get("entry", "")
    offered = offers(look, only=asked, also=writing.said("entries"))
    form = ShareForm(look, offered, request.POST if request.method == "POST" else None)
    if not form.is_valid():
        onto(form, writing, at=look.at)
        form.choose(asked)
        closed = [one for one in offered if not one.may.allowed]
        context = context_of(look) | {"form": form, "writing": writing, "closed": closed, "asked": asked}
        return render(request, "sharing/share.html", context)
    given = {"person": look.person, "to": form.cleaned_data["target"], "chosen": form.chosen(), **form.told}
    made, is_new = decide(writing, actions.give, at=look.at, **given)
    if not is_new:
        return decided_before(request, made)
    if made.has_seat:
        messages.success(request, f"Given to {made.recipient}. It is recorded, and you can take it back.")
    else:
        messages.success(request, NOBODY_YET)
    return redirect("gave", made.pk)


@looks_at_child(Permission.SHARE, what="giving on purpose")
@require_http_methods(["GET", "HEAD", "POST"])
def share_now(request: HttpRequest, look: Look) -> HttpResponse:
    """Two fields: to whom, and what. The rest is asked on My day."""
    not_in_an_emergency(look)
    form = ShareNowForm(look, request.POST if request.method == "POST" else None)
    writing = writing_of(request, look, Page.SHARE_NOW)
    if not form.is_valid():
        onto(form, writing, at=look.at)
        return render(request, "sharing/share_now.html", context_of(look) | {"form": form, "writing": writing})
    given = {"person": look.person, "to": form.cleaned_data["target"], "words": form.cleaned_data["words"]}
    made, is_new = decide(writing, actions.give_now, at=look.at, **given)
    if not is_new:
        return decided_before(request, made)
    messages.success(request, f"{_became(made)} My day asks you for the rest.")
    if is_inside(look, given["to"]):
        messages.info(request, f"{stands_inside(look, given['to'])}, and reads the record as you do.")
    return redirect("gave", made.pk)


def _became(made: ShareDecision) -> str:
    if not made.has_seat:
        return NOBODY_YET
    # Of a team all may have a tie, or have no seat any more: then nobody was written to, and nobody can open it.
    if not made.letters.exists():
        return f"Kept. Nobody of {made.recipient} can read it here: ring them."
    return f"Given to {made.recipient} now. Ring them too."


@looks_at_child(Permission.SHARE, what="giving on purpose")
@require_http_methods(["GET", "HEAD", "POST"])
def share_not(request: HttpRequest, look: Look) -> HttpResponse:
    """A decision not to give, with its reason; where it would harm the child, another person is asked."""
    not_in_an_emergency(look)
    people = second_people(look.person, look.standings, giver=look.viewer)
    form = WithholdForm(look, people, request.POST if request.method == "POST" else None)
    writing = writing_of(request, look, Page.SHARE_NOT)
    if not form.is_valid():
        onto(form, writing, at=look.at)
        return render(request, "sharing/share_not.html", context_of(look) | {"form": form, "writing": writing})
    told = dict(form.cleaned_data)
    kept = {"person": look.person, "to": told.pop("target"), **told}
    made, is_new = decide(writing, actions.withhold, at=look.at, **kept)
    if not is_new:
        return decided_before(request, made)
    messages.success(request, "Your decision is kept with its reason.")
    if is_inside(look, kept["to"]):
        messages.info(request, f"{stands_inside(look, kept['to'])}: only a restriction keeps the record from them.")
    return redirect("child_shared", look.person.reference)


@writes_about_child(Permission.SHARE)
@require_POST
def share_draft(request: HttpRequest, look: Look, page: Page) -> HttpResponse:
    """What is being typed on one of these pages. Nothing of the child is in the answer."""
    not_in_an_emergency(look)
    return drafted(request, writing_of(request, look, page), at=look.at)


@looks_at_child(Permission.SEE_CHILDREN, what="shared outside the team")
@require_safe
def child_shared(request: HttpRequest, look: Look) -> HttpResponse:
    """What was given of this child to somebody outside the team, and what was not, as far as the reader may know."""
    made = queries.decisions_seen_by(look.viewer, person=look.person, at=look.at)
    found = queries.shown(made, viewer=look.viewer, at=look.at)
    may_share = look.viewer.may(Permission.SHARE) and not look.emergency
    still = of_others(look.viewer, seen=made, at=look.at) if may_share else set()
    context = {"found": found, "may_share": may_share, "still": still}
    return render(request, "sharing/child_shared.html", context_of(look) | context)
