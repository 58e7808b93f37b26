"""Error pages in words: what happened, what to do, who to call, and a code to say."""

import logging
import sys

from django.conf import settings
from django.core.exceptions import PermissionDenied, RequestDataTooBig
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.template import engines

from alongside.web.problems import PROBLEMS, Problem, new_code, status_for

log = logging.getLogger(__name__)
CODE_HEADER = "X-Alongside-Code"
# What partners' systems ask, and are answered as data.
FOR_SYSTEMS = "/api/"


class Refused(PermissionDenied):
    """Raised where a reader may not see or do something: `reason` and `ask` are sentences for the reader."""

    def __init__(self, reason: str, *, ask: str = "", code: str = "") -> None:
        super().__init__(reason)
        self.reason = reason
        self.ask = ask
        self.code = code


def as_data(problem: Problem, code: str = "") -> HttpResponse:
    """The same words for a system that asked: `{"detail": …}`, with the code where our log has one."""
    told = {"detail": f"{problem.title}. {problem.happened}", **({"code": code} if code else {})}
    return JsonResponse(told, status=problem.status)


def page(request: HttpRequest, status: int, **context: object) -> HttpResponse:
    """The page of a failure inside the usual frame; 400, 403, 404, 413 and 429."""
    problem = PROBLEMS[status]
    if request.path.startswith(FOR_SYSTEMS):
        return as_data(problem)
    context = {"problem": problem, "duty_phone": settings.DUTY_PHONE} | context
    response = render(request, "web/error.html", context, status=status)
    if code := context.get("code"):
        response.headers[CODE_HEADER] = str(code)
    return response


def page_alone(problem: Problem, code: str) -> HttpResponse:
    """The page of a failure of ours: no database, no session, no context, so that it can fail no further."""
    template = engines["django"].get_template("web/error_alone.html")
    context = {
        "problem": problem,
        "code": code,
        "duty_phone": settings.DUTY_PHONE,
        "styles": f"{settings.STATIC_URL}built/app.css",
    }
    return HttpResponse(template.render(context), status=problem.status)


def unreadable(request: HttpRequest, exception: Exception) -> HttpResponse:
    """handler400, and 413 where what came was too much."""
    return page(request, 413 if isinstance(exception, RequestDataTooBig) else 400)


def refused(request: HttpRequest, exception: Exception) -> HttpResponse:
    """handler403: says the reason and whom to ask where the refusal knows them."""
    if isinstance(exception, Refused):
        return page(request, 403, reason=exception.reason, ask=exception.ask, code=exception.code)
    return page(request, 403)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """handler404: the same words whether there is none or the reader may not know of one."""
    return page(request, 404)


def too_many(request: HttpRequest) -> HttpResponse:
    """For whoever limits tries: 429."""
    return page(request, 429)


def open_too_long(request: HttpRequest, reason: str = "") -> HttpResponse:
    """CSRF_FAILURE_VIEW: mostly a page that stayed open while its session ended."""
    return page(
        request,
        403,
        title="That page was open too long",
        reason="A page stops working when its session ends, to keep children’s information safe. Nothing was changed.",
        ask="Go back, load the page again and send it once more. A draft that said “saved” is still there.",
    )


def failed(request: HttpRequest) -> HttpResponse:
    """handler500: 507, 503 or 500 by what went wrong; the code joins the answer to the note in our log."""
    failure = sys.exc_info()[1]
    code = new_code()
    log.error("A page failed. Code %s, kind %s", code, type(failure).__name__)
    problem = PROBLEMS[status_for(failure)]
    response = as_data(problem, code) if request.path.startswith(FOR_SYSTEMS) else page_alone(problem, code)
    response.headers[CODE_HEADER] = code
    if problem.status in (503, 507):
        response.headers["Retry-After"] = "120"
    return response
