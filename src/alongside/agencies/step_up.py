"""`@asks_again`: what cannot be taken back asks for a second factor shown within the last ten minutes.

Beneath `@requires(…)`. What was being sent is kept on the page that asks, and goes through with the answer.
"""

from datetime import datetime
from functools import wraps
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.debug import sensitive_post_parameters

from alongside.ledger.models import Operation, record
from alongside.web import errors
from alongside.web.doors import View

from . import second_factor, sessions, sign_in
from .forms import AgainForm
from .signing_in import AgencySignIn
from .single_sign_on import sign_in_of

ASKED = ("again_code", "again_passkey")
# Sent along where a page was only to be opened: with the answer it is.
OPENS = "again_opens"


def asks_again(view: View) -> View:
    """The view runs only within ten minutes of a second factor. Whoever has none, where none is asked of anybody
    (the demo), is not held up."""

    @wraps(view)
    @sensitive_post_parameters(*ASKED)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        at = timezone.now()
        if sessions.is_fresh(request, at=at) or not is_asked_of(request):
            return view(request, *args, **kwargs)
        if request.method != "POST" or not any(request.POST.get(name) for name in ASKED):
            return ask(request)
        if answered := answer(request, at=at):
            return answered
        if request.POST.get(OPENS):
            return redirect(request.get_full_path())
        return view(without_answer(request), *args, **kwargs)

    guarded.asks_again = True
    return guarded


def is_asked_of(request: HttpRequest) -> bool:
    return settings.SECOND_FACTOR or second_factor.has_factor(request.user)


def answer(request: HttpRequest, *, at: datetime) -> HttpResponse | None:
    """Looks at what was answered: nothing when it fits, else the page to send."""
    code, passkey = request.POST.get("again_code", ""), request.POST.get("again_passkey", "")
    tried = sign_in.try_factor(request, practitioner=request.user, code=code, passkey=passkey, at=at)
    if tried.wait:
        return errors.too_many(request)
    if tried.practitioner is None:
        return ask(request, wrong=True)
    sessions.confirm_factor(request, at=at)
    record(Operation.VIEW, "second factor shown again", by=request.user, at=at)
    return None


def without_answer(request: HttpRequest) -> HttpRequest:
    """The request as it would have come had nothing been asked."""
    kept = request.POST.copy()
    for name in ASKED:
        kept.pop(name, None)
    request.POST = kept
    return request


def ask(request: HttpRequest, *, wrong: bool = False) -> HttpResponse:
    """The page that asks. It carries on what was being sent, but for the key against forgery, which is new."""
    form = AgainForm.asking(wrong=wrong)
    opens = request.method != "POST" or bool(request.POST.get(OPENS))
    skip = {"csrfmiddlewaretoken", OPENS, *ASKED}
    kept = [(name, value) for name, values in request.POST.lists() if name not in skip for value in values]
    context = {
        "form": form,
        "opens": opens,
        "kept": kept,
        "has_factor": second_factor.has_factor(request.user),
        "question": passkey_question(request),
        "agency": own_sign_in(request),
    }
    return render(request, "agencies/again.html", context)


def passkey_question(request: HttpRequest) -> str:
    """For whoever has a passkey, what their browser has to be asked; else ""."""
    return second_factor.question_for_passkey(request.user) if second_factor.has_passkey(request.user) else ""


def own_sign_in(request: HttpRequest) -> AgencySignIn | None:
    """The agency's own sign-in, for whoever came in by it: it can ask for their second factor anew."""
    return sign_in_of(request.user.agency_id) if request.signed_in.how.startswith("agency sign-in") else None
