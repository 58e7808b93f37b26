"""The reader's own sessions and password."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from alongside.access.guard import open_to_signed_in
from alongside.web import errors

from . import devices, sessions
from . import sign_in as signing
from .actions import change_own_password
from .factor_views import tell
from .forms import ChangePasswordForm
from .step_up import asks_again


@open_to_signed_in("shows the reader where they themselves are signed in")
@require_safe
def own_sessions(request: HttpRequest) -> HttpResponse:
    """Where, since when, and which is this one."""
    open_now = list(sessions.open_sessions(request.user, at=timezone.now()))
    return render(request, "agencies/sessions.html", {"sessions": open_now, "this": request.signed_in.pk})


@open_to_signed_in("ends a session of the reader’s own")
@require_POST
def end_session(request: HttpRequest, key: UUID) -> HttpResponse:
    """Ends one of the reader's own; of others' there is nothing to end."""
    at = timezone.now()
    signing.end_sessions(request, sessions.open_sessions(request.user, at=at).filter(key=key), at=at)
    messages.success(request, "That session has ended.")
    return redirect("own_sessions" if key != request.signed_in.key else "sign_in")


@open_to_signed_in("ends the reader’s other sessions")
@require_POST
def end_other_sessions(request: HttpRequest) -> HttpResponse:
    """Ends every session but this one; their devices are strangers again."""
    at = timezone.now()
    others = sessions.open_sessions(request.user, at=at).exclude(pk=request.signed_in.pk)
    signing.end_sessions(request, others, at=at)
    devices.forget_others(request.user, but=request.signed_in.device, at=at)
    messages.success(request, "Your other sessions have ended.")
    return redirect("own_sessions")


@open_to_signed_in("changes the reader’s own password")
@sensitive_post_parameters("before", "password")
@require_http_methods(["GET", "HEAD", "POST"])
@asks_again
def own_password(request: HttpRequest) -> HttpResponse:
    """Another password, by whoever knows the one of before. Other sessions end."""
    at, form = timezone.now(), ChangePasswordForm(request.POST or None, practitioner=request.user)
    if form.is_valid():
        known = {"email": request.user.email, "password": form.cleaned_data["before"]}
        answer = signing.try_password(request, **known, at=at)
        if answer.wait:
            return errors.too_many(request)
        if answer.practitioner:
            return changed(request, form.cleaned_data["password"])
        form.add_error("before", "That is not your password now")
    return render(request, "agencies/own_password.html", {"form": form})


def changed(request: HttpRequest, password: str) -> HttpResponse:
    """Keeps the new password and this session; says so by e-mail as well."""
    at, this = timezone.now(), request.signed_in
    change_own_password(practitioner=request.user, password=password, at=at, but=this)
    update_session_auth_hash(request, request.user)
    tell(request, "Your password was changed")
    messages.success(request, "Your password is changed. Your other sessions have ended.")
    return redirect("my_account")
