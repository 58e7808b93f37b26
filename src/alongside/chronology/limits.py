"""Before one look too many: the page that asks why, or the one that stops and says whom to call."""

from datetime import datetime

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from alongside.access.actions import stop
from alongside.access.limits import IN_WORDS, Measure, Verdict
from alongside.access.permissions import Permission
from alongside.access.queries import verdict_on
from alongside.people.leads import those_who

from .forms import EmergencyForm, WhyForm

TOO_MANY = 429


def held_back(request: HttpRequest, measure: Measure, *, at: datetime) -> HttpResponse | None:
    """What is answered instead of one more search or copy, or nothing: almost always nothing."""
    return answer(request, measure, verdict_on(measure, by=request.user, at=at), at=at)


def answer(
    request: HttpRequest, measure: Measure, verdict: Verdict, *, at: datetime, reference: str = ""
) -> HttpResponse | None:
    """The page that a verdict asks for. `reference`: of the child whose record can still be opened in an emergency."""
    if verdict is Verdict.GO_ON:
        return None
    governing = those_who(Permission.HEAR_EMERGENCIES, agency=request.user.agency_id)
    context = {"measure": measure, "in_words": IN_WORDS[measure], "governing": governing, "reference": reference}
    if verdict is Verdict.STOP:
        stop(measure, by=request.user, at=at)
        return render(request, "chronology/stopped.html", context | {"form": EmergencyForm()}, status=TOO_MANY)
    context |= {"form": WhyForm(), "back_to": request.get_full_path() if request.method == "GET" else "/"}
    return render(request, "chronology/say_why.html", context, status=TOO_MANY)
