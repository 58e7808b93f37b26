"""Notices that somebody opened a record in an emergency: each waits for the word of whom it was told to."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from alongside.access.guard import open_to_signed_in
from alongside.ledger import subjects
from alongside.ledger.models import Operation, record
from alongside.people.emergency import judge, notices_for
from alongside.people.queries import children_near

from .forms import JudgementForm


@open_to_signed_in("only notices told to the reader; each look and each word is in the ledger")
@require_http_methods(["GET", "HEAD", "POST"])
def notice(request: HttpRequest, pk: int) -> HttpResponse:
    """Who opened which record, when and why; then whether that was fair."""
    found, at = get_object_or_404(notices_for(request.user), pk=pk), timezone.now()
    person = found.standing.person
    form = JudgementForm(request.POST if request.method == "POST" else None)
    if form.is_valid() and found.judged_at is None:
        judge(notice=found, by=request.user, at=at, **form.cleaned_data)
        messages.success(request, "What you said is kept with the emergency access.")
        return redirect("my_day")
    record(Operation.VIEW, "emergency notice", by=request.user, at=at, about=subjects.child(person.reference))
    is_near = children_near(request.user, at=at).filter(pk=person.pk).exists()
    return render(request, "my_day/notice.html", {"notice": found, "form": form, "is_near": is_near})
