"""Giving what is known of a child to somebody outside the team, giving it now, and deciding not to."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from alongside.access.permissions import Permission
from alongside.chronology.banner import banner_for
from alongside.chronology.guard import Look, looks_at_child
from alongside.web.errors import Refused

from . import actions, queries
from .forms import ShareForm, ShareNowForm, WithholdForm
from .offering import offers
from .recipients import second_people

READS = "Emergency access is for reading. Whoever works with the child gives what they know."


def context_of(look: Look) -> dict[str, object]:
    return banner_for(look, page="child_shared", today=timezone.localdate(look.at))


def not_in_an_emergency(look: Look) -> None:
    if look.emergency and not queries.is_in_the_team(look.viewer, look.person, at=look.at):
        raise Refused(READS, ask="Call the child’s lead practitioner: they can give it.")


@looks_at_child(Permission.SHARE, what="giving on purpose")
@require_http_methods(["GET", "HEAD", "POST"])
def share(request: HttpRequest, look: Look) -> HttpResponse:
    """One page: what, to whom, for what and on what basis. `?entry=` offers that one alone, chosen."""
    not_in_an_emergency(look)
    asked = request.GET.get("entry", "")
    offered = offers(look, only=asked)
    form = ShareForm(look, offered, request.POST if request.method == "POST" else None, chosen=asked)
    if not form.is_valid():
        closed = [one for one in offered if not one.may.allowed]
        return render(
            request, "sharing/share.html", context_of(look) | {"form": form, "closed": closed, "asked": asked}
        )
    to, chosen = form.cleaned_data["target"], form.chosen()
    made = actions.give(person=look.person, to=to, chosen=chosen, by=look.viewer, at=look.at, **form.told)
    messages.success(request, f"Given to {made.recipient}. It is recorded, and you can take it back.")
    return redirect("gave", made.pk)


@looks_at_child(Permission.SHARE, what="giving on purpose")
@require_http_methods(["GET", "HEAD", "POST"])
def share_now(request: HttpRequest, look: Look) -> HttpResponse:
    """Two fields: to whom, and what. The rest is asked on My day."""
    not_in_an_emergency(look)
    form = ShareNowForm(look, request.POST if request.method == "POST" else None)
    if not form.is_valid():
        return render(request, "sharing/share_now.html", context_of(look) | {"form": form})
    to, words = form.cleaned_data["target"], form.cleaned_data["words"]
    made = actions.give_now(person=look.person, to=to, words=words, by=look.viewer, at=look.at)
    messages.success(request, f"Given to {made.recipient} now. My day asks you for the rest.")
    return redirect("gave", made.pk)


@looks_at_child(Permission.SHARE, what="giving on purpose")
@require_http_methods(["GET", "HEAD", "POST"])
def share_not(request: HttpRequest, look: Look) -> HttpResponse:
    """A decision not to give, with its reason; where it would harm the child, another person is asked."""
    not_in_an_emergency(look)
    people = second_people(look.person, look.standings, giver=look.viewer)
    form = WithholdForm(look, people, request.POST if request.method == "POST" else None)
    if not form.is_valid():
        return render(request, "sharing/share_not.html", context_of(look) | {"form": form})
    told = dict(form.cleaned_data)
    actions.withhold(person=look.person, to=told.pop("target"), by=look.viewer, at=look.at, **told)
    messages.success(request, "Your decision is kept with its reason.")
    return redirect("child_shared", look.person.reference)


@looks_at_child(Permission.SEE_CHILDREN, what="shared outside the team")
@require_safe
def child_shared(request: HttpRequest, look: Look) -> HttpResponse:
    """What was given of this child to somebody outside the team, and what was not, as far as the reader may know."""
    made = queries.decisions_seen_by(look.viewer, person=look.person, at=look.at)
    found = queries.shown(made, viewer=look.viewer, at=look.at)
    may_share = look.viewer.may(Permission.SHARE) and not look.emergency
    return render(request, "sharing/child_shared.html", context_of(look) | {"found": found, "may_share": may_share})
