"""Pages that only the tests have: each failure on purpose, and the frame as a signed-in reader sees it."""

from datetime import timedelta
from types import SimpleNamespace

from django.core.exceptions import BadRequest, PermissionDenied, RequestDataTooBig
from django.db import OperationalError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template import RequestContext, Template
from django.urls import include, path
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt

from alongside.config.urls import handler400, handler403, handler404, handler500
from alongside.web import errors

__all__ = ["handler400", "handler403", "handler404", "handler500", "urlpatterns"]

FAILURES = {
    "400": BadRequest(),
    "403": PermissionDenied(),
    "413": RequestDataTooBig(),
    "500": RuntimeError("on purpose"),
    "503": OperationalError("on purpose"),
    "507": OSError(28, "No space left on device"),
    "refused": errors.Refused("You cannot see this plan. Maya leads it.", ask="Ask her: 0113 496 0000.", code="K4-7Q"),
}
MENU = [SimpleNamespace(label="My day", url_name="reader"), SimpleNamespace(label="Help", url_name="help")]
READER = SimpleNamespace(
    is_authenticated=True, name="Maya Osei", does="front-door social worker", can_find=True, navigation=MENU
)

FRAME = "{% extends 'web/page.html' %}{% block title %}Try{% endblock %}{% block main %}<h1>Try</h1>"
REGION = Template(FRAME + "{% include 'web/_region.html' with url='/fragment/' called='the timeline' %}{% endblock %}")
DRAFT = Template(
    FRAME + "<form data-draft hx-post='/nothing/' hx-trigger='input delay:100ms, change' hx-swap='none'>"
    "<p role='status' data-draft-line></p><label for='words'>What happened?</label>"
    "<textarea id='words' name='words' class='govuk-textarea'></textarea></form>{% endblock %}"
)


def fail(request: HttpRequest, how: str) -> HttpResponse:
    """Fails in that way."""
    if how == "429":
        return errors.too_many(request)
    raise FAILURES[how]


def reader(request: HttpRequest) -> HttpResponse:
    """A page as Maya sees it."""
    request.user = READER
    request.session_ends_at = timezone.now() + timedelta(minutes=10)
    return render(request, "web/help.html")


def region(request: HttpRequest) -> HttpResponse:
    """A page with a part that is fetched."""
    return HttpResponse(REGION.render(RequestContext(request)))


def draft(request: HttpRequest) -> HttpResponse:
    """A form that saves itself."""
    return HttpResponse(DRAFT.render(RequestContext(request)))


def fragment(request: HttpRequest) -> HttpResponse:
    """The part itself."""
    return HttpResponse("<p class='govuk-body'>Here is the timeline</p>")


def nothing(request: HttpRequest) -> HttpResponse:
    """Stands for pages of other rooms, so that the frame has addresses to show."""
    return HttpResponse()


urlpatterns = [
    path("fail/<str:how>/", fail),
    path("", reader, name="reader"),
    path("region/", region),
    path("fragment/", fragment),
    path("draft/", draft),
    path("nothing/", csrf_exempt(nothing)),
    path("find/", nothing, name="find"),
    path("account/", nothing, name="my_account"),
    path("sign-out/", nothing, name="sign_out"),
    path("be/", nothing, name="be_someone"),
    path("", include("alongside.web.urls")),
]
