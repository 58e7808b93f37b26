"""What somebody sent: its receipt, what became of it, correcting it and taking it back."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from alongside.access.guard import requires
from alongside.access.permissions import Permission

from . import actions, queries
from .amending import in_hand, own_told
from .calling import told_by_mail
from .drafts import OvertakenError, begin_correction
from .held import who_said_so
from .kinds import kinds
from .looks import write_down
from .models import Contribution, Draft
from .pages import next_step, reads_it_next
from .progress import sent_with_progress, with_progress
from .rules import in_words
from .sent_forms import WithdrawForm
from .summary import told_rows
from .tasks import follow_soon
from .waiting import waiting_for


@requires(Permission.CONTRIBUTE)
@require_safe
def what_i_sent(request: HttpRequest) -> HttpResponse:
    context = {
        "sent": sent_with_progress(request.user),
        "drafts": queries.drafts_of(request.user),
        "waiting": waiting_for(request.user, at=timezone.now()),
    }
    return render(request, "contributions/what_i_sent.html", context)


@requires(Permission.CONTRIBUTE)
@require_safe
def receipt(request: HttpRequest, receipt: str) -> HttpResponse:
    """What was sent and what became of it. It carries what was told, so reading it is in the ledger."""
    own, told = own_told(request.user, receipt), queries.told_by(request.user)
    if own is None:
        raise Http404
    whole = told.filter(pk=own.pk).select_related("withdrawn_by")
    sent = with_progress(whole, request.user)[0]
    write_down("receipt", sent, by=request.user, at=timezone.now())
    versions = list(queries.versions_of(sent).filter(pk__in=told.order_by().values("pk")))
    context = {
        "sent": sent,
        "kind": kinds()[sent.kind],
        "readers": reads_it_next(sent),
        "versions": versions,
        "newest": versions[0],
        "rows": told_rows(sent, all_answers=True),
        **_said_of(sent),
        "told_by_mail": told_by_mail(sent),
        "waited": in_words(timezone.now() - sent.told_us_at),
        "can_correct": sent.stands and Draft.objects.filter(sent_as=sent).exists(),
    }
    return render(request, "contributions/receipt.html", context)


def _said_of(sent: Contribution) -> dict[str, Any]:
    """What colleagues said of it, for its author. Whoever is closed out of it since reads that somebody has what is
    urgent, and no more."""
    answer, before = who_said_so(sent)
    if sent.is_closed:
        return {"answer": answer, "before": [], "look": None}
    return {"answer": answer, "before": before, "look": sent.supervisor_looks.select_related("by").first()}


def _in_hand(request: HttpRequest, receipt: str) -> Contribution:
    sent = in_hand(request.user, receipt)
    if sent is None:
        raise Http404
    return sent


@requires(Permission.CONTRIBUTE)
@require_POST
def correct(request: HttpRequest, receipt: str) -> HttpResponse:
    """A draft of what was sent, to change and send again; until then the first version stands."""
    sent = _in_hand(request, receipt)
    try:
        draft = begin_correction(sent=sent, by=request.user, at=timezone.now())
    except (OvertakenError, Draft.DoesNotExist):
        raise Http404 from None
    return redirect("tell_step", kind=draft.kind, key=draft.key, step=next_step(draft))


@requires(Permission.CONTRIBUTE)
@require_http_methods(["GET", "HEAD", "POST"])
def withdraw(request: HttpRequest, receipt: str) -> HttpResponse:
    sent = _in_hand(request, receipt)
    form = WithdrawForm(request.POST or None)
    if form.is_valid():
        because = form.cleaned_data["because"]
        actions.withdraw(contribution=sent, by=request.user, at=timezone.now(), because=because)
        follow_soon(1)
        messages.success(request, "You took it back. Partners see that it was withdrawn, and why.")
        return redirect("what_i_sent" if sent.author_id == request.user.pk else "team_sent")
    return render(request, "contributions/withdraw.html", {"sent": sent, "form": form})
