"""Same child? Two records side by side, and a person who decides. Every look is in the ledger first."""

from datetime import datetime

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from alongside.access.guard import requires
from alongside.access.limits import Measure
from alongside.access.permissions import Permission
from alongside.agencies.held_back import held_back
from alongside.agencies.models import Practitioner
from alongside.ledger import subjects
from alongside.ledger.models import Operation, record_each

from . import queries
from .actions import OPEN, decide_pair, undo_decision
from .bars import bar
from .explain import explain, others_at_home
from .forms import VerdictForm
from .models import LinkDecision, LinkQuestion, Verdict

SHOWN = 25
SAID = {
    Verdict.SAME: "Linked as the same child.",
    Verdict.DIFFERENT: "Kept apart as different children.",
    Verdict.NOT_SURE: "Kept apart until an agency is asked.",
}


@requires(Permission.REVIEW_LINKS)
@require_safe
def review(request: HttpRequest) -> HttpResponse:
    """The pairs that wait, longest first, and what was decided. No name of a child is on it."""
    waiting = queries.waiting(request.user)
    context = {
        "waiting": waiting[:SHOWN],
        "left": waiting.count(),
        "decided": queries.decided(request.user),
        "now": timezone.now(),
    }
    return render(request, "linkage/review.html", context)


def shown_on(question: LinkQuestion, *, to: Practitioner) -> list[str]:
    """Whose records the page shows, as the ledger names them."""
    pair = (question.left, question.right)
    shown = [*pair, *(other for one in pair for other in others_at_home(question, one, viewer=to))]
    return [subjects.child(reference) for reference in sorted({one.person.reference for one in shown if one.person})]


@requires(Permission.REVIEW_LINKS)
@require_http_methods(["GET", "HEAD", "POST"])
def pair(request: HttpRequest, pk: int) -> HttpResponse:
    """One pair: what agrees, what differs, how much each counts; then a decision and the next pair."""
    question = get_object_or_404(queries.questions_seen_by(request.user), pk=pk)
    at = timezone.now()
    form = VerdictForm(request.POST if request.method == "POST" else None)
    if form.is_valid() and question.verdict in OPEN:
        return decide(request, question, form, at)
    about = shown_on(question, to=request.user)
    if instead := held_back(request, Measure.PAIR, at=at, subject=about[0] if about else ""):
        return instead
    record_each(Operation.VIEW, "same child?", by=request.user, at=at, about=about)
    context = {
        "question": question,
        "rows": [(row, bar(row.strength)) for row in explain(question, viewer=request.user)],
        "form": form,
        "decision": question.decisions.filter(undone_at=None).select_related("decided_by").last(),
        "left": queries.waiting(request.user).count(),
        "now": at,
    }
    return render(request, "linkage/pair.html", context)


def decide(request: HttpRequest, question: LinkQuestion, form: VerdictForm, at: datetime) -> HttpResponse:
    """Writes the decision down and goes on to the next pair that waits."""
    verdict = form.cleaned_data["verdict"]
    because = form.cleaned_data["because"]
    decision = decide_pair(question=question, verdict=verdict, because=because, by=request.user, at=at)
    if decision is None:
        # Somebody decided while this page was answered: it says who, and what.
        return redirect("link_pair", question.pk)
    messages.success(request, SAID[verdict], extra_tags=reverse("link_undo", args=[decision.pk]))
    following = queries.waiting(request.user).first()
    return redirect("link_pair", following.pk) if following else redirect("link_review")


@requires(Permission.REVIEW_LINKS)
@require_POST
def undo(request: HttpRequest, pk: int) -> HttpResponse:
    """The pair waits again; nothing is deleted."""
    seen = queries.questions_seen_by(request.user).values("pk")
    decision = get_object_or_404(LinkDecision, pk=pk, question__in=seen, undone_at=None)
    if undo_decision(decision=decision, by=request.user, at=timezone.now()):
        messages.success(request, "Undone. The pair waits for a decision again.")
    else:
        messages.info(request, "Nothing was undone: somebody decided about this pair since.")
    return redirect("link_review")
