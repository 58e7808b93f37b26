"""Pages on which what is urgent is answered, and intelligence is graded."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from alongside.access.guard import requires
from alongside.access.permissions import Permission

from . import grading
from . import urgent as urgently
from .calling import called_in_words
from .held import who_said_so
from .kinds import kinds
from .looks import too_many, write_down
from .police_forms import AcknowledgeForm, GradeForm
from .rules import in_words
from .summary import told_rows
from .urgency import urgency


@requires(Permission.ANSWER_URGENT)
@require_safe
def urgent(request: HttpRequest) -> HttpResponse:
    """What nobody has answered yet, longest waiting first; then what was answered lately. No child is named."""
    at = timezone.now()
    waiting = [
        (one, in_words(at - one.told_us_at), at - one.told_us_at > urgency().soon)
        for one in urgently.unanswered(request.user)
    ]
    answered = [(one, in_words(one.since - one.told_us_at)) for one in urgently.answered_lately(request.user, at=at)]
    return render(request, "contributions/urgent.html", {"waiting": waiting, "answered": answered})


@requires(Permission.ANSWER_URGENT)
@require_http_methods(["GET", "HEAD", "POST"])
def urgent_told(request: HttpRequest, receipt: str) -> HttpResponse:
    """One of them in full; reading it is in the ledger, and its author sees that it was read."""
    one, at = urgently.urgent_told(request.user, receipt), timezone.now()
    if one is None:
        raise Http404
    form = AcknowledgeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        first = urgently.acknowledge(contribution=one, by=request.user, at=at, doing=form.cleaned_data["doing"])
        messages.success(request, "You said that your team has it." if first else "Somebody said so before you.")
        return redirect("urgent")
    write_down("urgent", one, by=request.user, at=at)
    answer, before = who_said_so(one)
    context = {
        "one": one,
        "form": form,
        "rows": told_rows(one, all_answers=True),
        "waited": in_words(at - one.told_us_at),
        "answer": answer,
        "before": before,
        "called": called_in_words(one),
        "children": urgently.may_open(request.user, one, at=at),
    }
    return render(request, "contributions/urgent_told.html", context)


@requires(Permission.GRADE_INTELLIGENCE)
@require_safe
def intelligence(request: HttpRequest) -> HttpResponse:
    """What waits to be graded, for now first; then what was graded."""
    at = timezone.now()
    waiting = [(one, in_words(at - one.told_us_at)) for one in grading.to_grade(request.user)]
    graded = [(one, grading.state_of(one)) for one in grading.graded_lately(request.user)]
    return render(request, "contributions/intelligence.html", {"waiting": waiting, "graded": graded})


@requires(Permission.GRADE_INTELLIGENCE)
@require_http_methods(["GET", "HEAD", "POST"])
def grade(request: HttpRequest, receipt: str) -> HttpResponse:
    """One piece of intelligence in full, and its grade; who told it is kept apart from what was told."""
    one, at = grading.intelligence_told(request.user, receipt), timezone.now()
    if one is None:
        raise Http404
    form = GradeForm(one, kinds()[one.kind], request.POST or None)
    if form.is_valid():
        grading.grade(contribution=one, by=request.user, at=at, **form.cleaned_data)
        messages.success(request, "The grade is kept. What was told stays as it was told.")
        return redirect("intelligence")
    if instead := too_many(request, one, at=at):
        return instead
    write_down("intelligence", one, by=request.user, at=at)
    grades = one.grades.select_related("by")
    context = {"one": one, "form": form, "rows": told_rows(one, all_answers=True), "grades": grades}
    return render(request, "contributions/grade.html", context)
