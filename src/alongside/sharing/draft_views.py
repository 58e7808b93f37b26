"""What the pages of giving do with a draft: they fill it in, keep what is typed, and throw it away."""

from contextlib import suppress
from datetime import datetime

from django.contrib import messages
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from alongside.contributions.drafts import AlreadySentError, ChangedElsewhereError
from alongside.web.dates import short_moment

from .drafts import Writing, end_draft, keep_draft
from .models import Choice, ShareDecision


def is_drafting(request: HttpRequest) -> bool:
    """Whether a page saves what is typed on it, or throws it away, and sends nothing."""
    return request.method == "POST" and (request.htmx or request.POST.get("do") == "throw_away")


def drafted(request: HttpRequest, writing: Writing, *, at: datetime) -> HttpResponse:
    if request.POST.get("do") == "throw_away":
        if end_draft(writing=writing, at=at):
            messages.success(request, "What you had begun is thrown away.")
        else:
            messages.info(
                request, "You wrote on in another window since. It is kept: read it before it is thrown away."
            )
        return redirect(writing.opens)
    try:
        keep_draft(writing=writing, at=at)
    except (AlreadySentError, ChangedElsewhereError):
        return HttpResponse(status=204, headers={"X-Not-Saved": "elsewhere"})
    return HttpResponse(status=204)


def decided_before(request: HttpRequest, made: ShareDecision) -> HttpResponse:
    """Where a page leads that is sent once more."""
    done = "given" if made.choice == Choice.GIVE else "decided"
    words = f"You sent this {short_moment(made.at)} already. Nothing was {done} a second time: this is what was {done}."
    messages.info(request, f"{words} If you mean something else, write it on a new page.")
    return redirect("gave", made.pk)


def onto(form: Form, writing: Writing, *, at: datetime) -> None:
    """Onto a page that opens, what was kept; of one that comes back because something is missing, what was typed is
    kept."""
    writing.fill(form)
    if form.is_bound:
        with suppress(AlreadySentError, ChangedElsewhereError):
            keep_draft(writing=writing, at=at)
