"""Taking up a seat by its link, and an agency's own sign-in."""

import logging

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from alongside.access.guard import open_to_all

from . import seats, sessions, single_sign_on
from . import sign_in as signing
from .forms import NewPasswordForm, SignInForm
from .views import go_on, sign_in_page, wanted

log = logging.getLogger(__name__)
IN_SESSION, NO_INVITATION = "invitation_followed", 0
NOT_SIGNED_ON = "We could not sign you in that way. Try again, or use your e-mail address and password."
LINK_FIRST = (
    "Use the link that you were sent: it opens your seat, and after that you can sign in this way. If it did not come "
    "or has run out, ask your agency’s seat manager for another. If you have used it, sign in below with the password "
    "that you chose."
)


@open_to_all("for whoever holds a link to their own seat")
@require_safe
def join_with(request: HttpRequest, token: str) -> HttpResponse:
    """Keeps in the session which invitation it is, so that the link stands in no address, and in no table either;
    looking at it does not use it up."""
    try:
        request.session[IN_SESSION] = seats.open_invitation(token, at=timezone.now()).pk
    except seats.UnusableLinkError:
        request.session[IN_SESSION] = NO_INVITATION
    return redirect("join")


@open_to_all("for whoever holds a link to their own seat")
@sensitive_post_parameters("password")
@require_http_methods(["GET", "HEAD", "POST"])
def join(request: HttpRequest) -> HttpResponse:
    """A password for the seat; the second factor follows."""
    at, number = timezone.now(), request.session.get(IN_SESSION)
    if number is None:
        return redirect("sign_in")
    try:
        invitation = seats.still_open(number, at=at)
        form = NewPasswordForm(request.POST or None, practitioner=invitation.practitioner)
        if form.is_valid():
            seat = seats.join(invitation=invitation, password=form.cleaned_data["password"], at=at)
            del request.session[IN_SESSION]
            return go_on(request, seat, how="link", following="/")
    except seats.UnusableLinkError:
        return render(request, "agencies/link_is_over.html", status=410)
    return render(request, "agencies/join.html", {"form": form, "seat": invitation.practitioner})


def _agency(name: str) -> single_sign_on.AgencySignIn:
    agency = single_sign_on.sign_in_of(name)
    if agency is None:
        raise Http404
    return agency


def not_signed_on(request: HttpRequest, agency: str, why: Exception) -> HttpResponse:
    """The same words whatever was wrong, but to whoever has a link to use; why stands in our log."""
    log.warning("Single sign-on of %s refused: %s", agency, why)
    trouble = LINK_FIRST if isinstance(why, single_sign_on.LinkFirstError) else NOT_SIGNED_ON
    response = sign_in_page(request, SignInForm(), trouble=trouble)
    response.status_code = 403
    return response


@open_to_all("a way in: leads to the agency’s own sign-in")
@require_safe
def sign_in_with(request: HttpRequest, agency: str) -> HttpResponse:
    """To the agency's own sign-in. `again`: to confirm what cannot be taken back."""
    to, again = _agency(agency), "again" in request.GET and request.user.is_authenticated
    try:
        return redirect(single_sign_on.ask(request, to, following=wanted(request), again=again, at=timezone.now()))
    except single_sign_on.NotSignedOnError as why:
        return not_signed_on(request, agency, why)


@open_to_all("a way in: back from the agency’s own sign-in")
@require_safe
def sign_in_back(request: HttpRequest, agency: str) -> HttpResponse:
    """Back from there: in, or to our own second factor where theirs was not shown."""
    at = timezone.now()
    try:
        signed_on = single_sign_on.come_back(request, _agency(agency), at=at)
    except single_sign_on.NotSignedOnError as why:
        return not_signed_on(request, agency, why)
    if signed_on.again:
        if signed_on.factor_at and request.user == signed_on.practitioner:
            sessions.confirm_factor(request, at=signed_on.factor_at)
        return redirect(signed_on.following)
    if not signed_on.second_factor:
        return go_on(request, signed_on.practitioner, how="agency sign-in", following=signed_on.following)
    who, shown_at = signed_on.practitioner, signed_on.factor_at
    signing.begin_session(request, practitioner=who, at=at, how="agency sign-in", factor_at=shown_at)
    return redirect(signed_on.following)
