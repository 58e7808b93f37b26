"""Emergency uses that were told to the reader: each waits for their word, and shows what was looked at."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from alongside.access.guard import open_to_signed_in
from alongside.access.permissions import Permission
from alongside.access.rules import Level
from alongside.ledger import subjects
from alongside.ledger.models import Operation, record, record_each
from alongside.people.emergency import GOVERNANCE, judge, notices_for
from alongside.people.judging import counted, is_late, judge_within, queue_for
from alongside.people.models import Verdict
from alongside.people.queries import children_near

from .emergency_use import looked_at
from .forms import JudgementForm


@open_to_signed_in("only notices told to the reader; each child it names by reference is in the ledger")
@require_safe
def queue(request: HttpRequest) -> HttpResponse:
    """What waits for the reader's word, longest first; for information governance also how many there were."""
    viewer, at = request.user, timezone.now()
    told = queue_for(viewer, at=at)
    about = {subjects.child(one.standing.person.reference) for one in (*told.waiting, *told.judged)}
    record_each(Operation.VIEW, "emergency notices", by=viewer, at=at, about=sorted(about))
    context: dict[str, Any] = {
        "waiting": [(one, is_late(one, at=at)) for one in told.waiting],
        "judged": told.judged,
        "days": judge_within().days,
        "may_read_ledger": viewer.may(Permission.READ_LEDGER),
        "may_keep_walls": viewer.may(Permission.KEEP_WALLS),
        "counts": counted(at=at) if viewer.may(Permission.HEAR_EMERGENCIES) else None,
    }
    return render(request, "my_day/emergencies.html", context)


@open_to_signed_in("only notices told to the reader; each look and each word is in the ledger")
@require_http_methods(["GET", "HEAD", "POST"])
def notice(request: HttpRequest, pk: int) -> HttpResponse:
    """Who opened which record, when and why, and what they looked at; then whether that was fair."""
    at = timezone.now()
    found = get_object_or_404(notices_for(request.user, at=at), pk=pk)
    person = found.standing.person
    form = JudgementForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        if judge(notice=found, by=request.user, at=at, **form.cleaned_data):
            stayed_closed = found.standing.level == Level.NONE
            said_to = "The record stayed closed." if stayed_closed else "Whoever opened it reads it."
            messages.success(request, f"What you said is kept with the emergency access. {said_to}")
            return redirect("emergency_queue")
        found.refresh_from_db()
        not_kept = f"{Verdict(form.cleaned_data['verdict']).label}: {form.cleaned_data['because']}"
        messages.info(request, f"It was judged before, as you read here. What you say now is not kept: {not_kept}")
    record(Operation.VIEW, "emergency notice", by=request.user, at=at, about=subjects.child(person.reference))
    context = {
        "notice": found,
        "form": form,
        "is_late": is_late(found, at=at),
        "is_for_another": found.told_as == GOVERNANCE and found.standing.agency_id != request.user.agency_id,
        "is_near": children_near(request.user, at=at).filter(pk=person.pk).exists(),
        "looked": looked_at(found.standing, viewer=request.user, at=at),
    }
    return render(request, "my_day/notice.html", context)
