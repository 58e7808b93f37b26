"""Signing in and out, and what a practitioner's own seat lets them do."""

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render, resolve_url
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from alongside.access.guard import open_to_all, open_to_signed_in
from alongside.access.permissions import DESCRIPTIONS
from alongside.access.roles import ROLES
from alongside.agencies import sign_in as signing
from alongside.agencies import single_sign_on
from alongside.agencies.forms import SignInForm
from alongside.agencies.models import Practitioner
from alongside.agencies.second_factor import question_for_passkey
from alongside.web import errors

PASSKEY_DID_NOT_FIT = "That passkey opens no seat here. Try again, or sign in with your e-mail address and password."


def wanted(request: HttpRequest) -> str:
    """Where the reader was going, if that is a page of ours; else the first page."""
    named = request.POST.get("next") or request.GET.get("next") or ""
    ours = url_has_allowed_host_and_scheme(named, {request.get_host()}, require_https=request.is_secure())
    return named if ours else resolve_url(settings.LOGIN_REDIRECT_URL)


def go_on(request: HttpRequest, practitioner: Practitioner, *, how: str, following: str) -> HttpResponse:
    """From the first half of signing in to what comes next."""
    step = signing.first_half(request, practitioner=practitioner, how=how, following=following, at=timezone.now())
    return redirect(following if step is signing.Step.IN else step.value)


def sign_in_page(request: HttpRequest, form: SignInForm, *, trouble: str = "") -> HttpResponse:
    """Every way in on one page."""
    context = {
        "form": form,
        "next": wanted(request),
        "trouble": trouble,
        "question": question_for_passkey(None),
        "agencies": single_sign_on.sign_ins(),
    }
    return render(request, "agencies/sign_in.html", context)


@open_to_all("the way in for everyone")
@sensitive_post_parameters("password")
@require_http_methods(["GET", "HEAD", "POST"])
def sign_in(request: HttpRequest) -> HttpResponse:
    """The sign-in page."""
    form = SignInForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        answer = signing.try_password(request, **form.cleaned_data, at=timezone.now())
        if answer.wait:
            return errors.too_many(request)
        if answer.practitioner:
            return go_on(request, answer.practitioner, how="password", following=wanted(request))
        form.say_that_they_do_not_match()
    return sign_in_page(request, form)


@open_to_all("a way in: a passkey is shown")
@sensitive_post_parameters("passkey")
@require_POST
def sign_in_passkey(request: HttpRequest) -> HttpResponse:
    """In at once with a passkey, which is two factors."""
    at, where = timezone.now(), wanted(request)
    answer = signing.try_passkey(request, answer=request.POST.get("passkey", ""), at=at)
    if answer.practitioner is None:
        return sign_in_page(request, SignInForm(), trouble=PASSKEY_DID_NOT_FIT)
    signing.begin_session(request, practitioner=answer.practitioner, at=at, how="passkey", factor_at=at)
    return redirect(where)


@open_to_all("ends the reader’s own session, and shows nothing")
@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    """Ends the session."""
    signing.sign_out(request, at=timezone.now())
    messages.success(request, "You are signed out.")
    return redirect("sign_in")


@open_to_signed_in("shows the reader their own seat only")
@require_safe
def my_account(request: HttpRequest) -> HttpResponse:
    """Who the reader is here, and what their role lets them do."""
    role = ROLES[request.user.role]
    may = [DESCRIPTIONS[word] for word in sorted(role.permissions, key=list(DESCRIPTIONS).index)]
    return render(request, "agencies/my_account.html", {"role": role, "may": may})
