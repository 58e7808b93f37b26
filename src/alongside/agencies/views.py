"""Signing in, signing out, and what a practitioner's own seat lets them do."""

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
from alongside.agencies.forms import SignInForm
from alongside.web import errors


def _wanted(request: HttpRequest) -> str:
    """Where the reader was going, if that is a page of ours; else the first page."""
    wanted = request.POST.get("next") or request.GET.get("next") or ""
    ours = url_has_allowed_host_and_scheme(wanted, {request.get_host()}, require_https=request.is_secure())
    return wanted if ours else resolve_url(settings.LOGIN_REDIRECT_URL)


@open_to_all("the way in for everyone")
@sensitive_post_parameters("password")
@require_http_methods(["GET", "HEAD", "POST"])
def sign_in(request: HttpRequest) -> HttpResponse:
    """The sign-in page."""
    form = SignInForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        if signing.must_wait(told["email"]):
            return errors.too_many(request)
        if signing.sign_in(request, email=told["email"], password=told["password"], at=timezone.now()):
            return redirect(_wanted(request))
        form.say_that_they_do_not_match()
    return render(request, "agencies/sign_in.html", {"form": form, "next": _wanted(request)})


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
