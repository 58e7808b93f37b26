"""Before one look too many: the page that asks why, or the one that stops and says whom to call."""

from datetime import datetime

from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from alongside.access.actions import stop
from alongside.access.limits import IN_WORDS, Measure, Verdict
from alongside.access.queries import verdict_on

from .forms import WhyForm

TOO_MANY = 429


def held_back(request: HttpRequest, measure: Measure, *, at: datetime, subject: str = "") -> HttpResponse | None:
    """What is answered instead of one more search or copy, or nothing: almost always nothing. What is looked at,
    `subject`, is not counted twice."""
    return answer(request, measure, verdict_on(measure, by=request.user, at=at, subject=subject), at=at)


def answer(
    request: HttpRequest,
    measure: Measure,
    verdict: Verdict,
    *,
    at: datetime,
    reference: str = "",
    emergency: type[Form] | None = None,
) -> HttpResponse | None:
    """The page that a verdict asks for. `reference`: of the child whose record can still be opened in an emergency,
    with that form."""
    if verdict is Verdict.GO_ON:
        return None
    context = {"measure": measure, "in_words": IN_WORDS[measure]}
    if verdict is Verdict.STOP:
        stop(measure, by=request.user, at=at)
        context |= {"reference": reference, "form": emergency and emergency()}
        return render(request, "agencies/stopped.html", context, status=TOO_MANY)
    context |= {"form": WhyForm(), "back_to": request.get_full_path() if request.method == "GET" else "/"}
    return render(request, "agencies/say_why.html", context, status=TOO_MANY)
