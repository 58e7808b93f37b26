"""The second factor: asked for at sign-in, set up, looked after."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from alongside.access.guard import open_to_all, open_to_signed_in
from alongside.web import errors
from alongside.web.doors import View

from . import letters, second_factor, sessions
from . import sign_in as signing
from .forms import CodeForm, PasskeyForm
from .models import Practitioner
from .step_up import asks_again

KINDS = {"app": "a code", "passkey": "a passkey"}
START_ANEW = "Sign in once more: you were away for a while."


def for_owner(view: View) -> View:
    """For whoever is signed in, with a fresh second factor; and for whoever is half signed in and has none yet."""

    def of_signed_in(request: HttpRequest, *args: Any) -> HttpResponse:
        return view(request, request.user, *args)

    signed_in: Callable[..., HttpResponse] = asks_again(of_signed_in)

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any) -> HttpResponse:
        if request.user.is_authenticated:
            return signed_in(request, *args)
        practitioner = signing.half_signed_in(request, at=timezone.now())
        if practitioner is None or second_factor.has_factor(practitioner):
            messages.info(request, START_ANEW)
            return redirect("sign_in")
        return view(request, practitioner, *args)

    guarded.asks_again = True
    return guarded


@open_to_all("the second half of signing in, for whoever has shown the first")
@sensitive_post_parameters("code", "passkey")
@require_http_methods(["GET", "HEAD", "POST"])
def ask_second_factor(request: HttpRequest) -> HttpResponse:
    """A code or a passkey, after a password."""
    at = timezone.now()
    practitioner = signing.half_signed_in(request, at=at)
    if practitioner is None:
        messages.info(request, START_ANEW)
        return redirect("sign_in")
    form = CodeForm(request.POST or None)
    if request.method == "POST" and (request.POST.get("passkey") or form.is_valid()):
        return answered(request, practitioner, form)
    return second_factor_page(request, practitioner, form)


def answered(request: HttpRequest, practitioner: Practitioner, form: CodeForm) -> HttpResponse:
    """In, to wait, to try again, or back to the beginning."""
    at, passkey = timezone.now(), request.POST.get("passkey", "")
    code = "" if passkey else form.cleaned_data["code"]
    tried = signing.try_factor(request, practitioner=practitioner, code=code, passkey=passkey, at=at)
    if tried.wait:
        return errors.too_many(request)
    if tried.practitioner:
        kind = KINDS["passkey" if passkey else "app"]
        return redirect(signing.second_half(request, practitioner=practitioner, kind=kind, at=at))
    if signing.wrong_code(request, practitioner=practitioner, at=at):
        messages.info(request, "That was wrong several times. Begin again with your password.")
        return redirect("sign_in")
    form = CodeForm({"code": "-"})
    form.say_that_it_does_not_fit()
    return second_factor_page(request, practitioner, form)


def second_factor_page(request: HttpRequest, practitioner: Practitioner, form: CodeForm) -> HttpResponse:
    has_passkey = second_factor.has_passkey(practitioner)
    question = second_factor.question_for_passkey(practitioner) if has_passkey else ""
    return render(request, "agencies/second_factor.html", {"form": form, "question": question})


@open_to_all("for whoever has shown a password and has no second factor yet")
@require_safe
@for_owner
def set_up_factor(request: HttpRequest, practitioner: Practitioner) -> HttpResponse:
    """Which second factor: the two ways, side by side."""
    return render(request, "agencies/set_up_factor.html")


@open_to_all("for a seat’s holder alone: signed in, or with a password and no second factor yet")
@sensitive_post_parameters("code")
@require_http_methods(["GET", "HEAD", "POST"])
@for_owner
def set_up_app(request: HttpRequest, practitioner: Practitioner) -> HttpResponse:
    """An app's secret as a picture and in letters, and its first code back."""
    form, at = CodeForm(request.POST or None), timezone.now()
    form.fields["code"].help_text = "Six figures that your app shows now."
    if form.is_valid():
        if second_factor.set_up_app(request, practitioner=practitioner, code=form.cleaned_data["code"], at=at):
            return set_up(request, practitioner, "app")
        form.say_that_it_does_not_fit()
    secret = second_factor.secret_to_set_up(request, practitioner)
    context = {"form": form, "secret": secret, "picture": second_factor.picture_of(practitioner, secret)}
    return render(request, "agencies/set_up_app.html", context)


@open_to_all("for a seat’s holder alone: signed in, or with a password and no second factor yet")
@sensitive_post_parameters("passkey")
@require_http_methods(["GET", "HEAD", "POST"])
@for_owner
def set_up_passkey(request: HttpRequest, practitioner: Practitioner) -> HttpResponse:
    """A passkey with a name, made by the browser."""
    form, at = PasskeyForm(request.POST or None), timezone.now()
    if form.is_valid():
        made = {"name": form.cleaned_data["name"], "answer": request.POST.get("passkey", "")}
        if second_factor.set_up_passkey(practitioner=practitioner, **made, at=at):
            return set_up(request, practitioner, "passkey")
        form.add_error(None, "Your browser made no passkey. Try again, or use an app.")
    question = second_factor.question_for_new_passkey(practitioner)
    return render(request, "agencies/set_up_passkey.html", {"form": form, "question": question})


def set_up(request: HttpRequest, practitioner: Practitioner, kind: str) -> HttpResponse:
    """What follows a new second factor: the session where it was waited for, and recovery codes with the first."""
    at = timezone.now()
    if request.user.is_authenticated:
        where = reverse("factors")
        sessions.confirm_factor(request, at=at)
        tell(request, f"A new way to sign in was added: {'an app' if kind == 'app' else 'a passkey'}")
    else:
        where = signing.second_half(request, practitioner=practitioner, kind=KINDS[kind], at=at)
    if second_factor.codes_left(practitioner):
        return redirect(where)
    codes = second_factor.new_recovery_codes(practitioner=practitioner, at=at)
    return render(request, "agencies/recovery_codes.html", {"codes": codes, "where": where})


def tell(request: HttpRequest, what: str) -> None:
    """Its owner hears of every change to how they sign in."""
    account = letters.address_of(reverse("my_account"), request)
    letters.factor_changed(request.user, what=what, at=timezone.now(), account=account)


@open_to_signed_in("shows the reader how they themselves sign in")
@require_safe
def factors(request: HttpRequest) -> HttpResponse:
    """What the reader can show beside a password."""
    own = second_factor.factors_of(request.user)
    context = {
        "factors": own,
        "left": second_factor.codes_left(request.user),
        "can_take_away": second_factor.can_take_away(request.user, required=settings.SECOND_FACTOR),
    }
    return render(request, "agencies/factors.html", context)


@open_to_signed_in("changes how the reader themselves signs in")
@require_POST
@asks_again
def take_factor_away(request: HttpRequest, number: int) -> HttpResponse:
    """One of the reader's own goes; the last stays where everybody has to have one."""
    own = second_factor.factors_of(request.user)
    factor = get_object_or_404(second_factor.Authenticator, pk=number, pk__in=[one.pk for one in own])
    if not second_factor.can_take_away(request.user, required=settings.SECOND_FACTOR):
        raise errors.Refused("This is your only second factor.", ask="Set another one up first.")
    second_factor.take_away(factor=factor, practitioner=request.user, at=timezone.now())
    tell(request, "A way to sign in was taken away")
    messages.success(request, "It opens nothing any more.")
    return redirect("factors")


@open_to_signed_in("makes recovery codes for the reader themselves")
@require_POST
@asks_again
def recovery_codes(request: HttpRequest) -> HttpResponse:
    """Ten fresh codes, shown this once."""
    codes = second_factor.new_recovery_codes(practitioner=request.user, at=timezone.now())
    tell(request, "New recovery codes were made")
    return render(request, "agencies/recovery_codes.html", {"codes": codes, "where": reverse("factors")})
