"""Pages on which partners tell what they know, and see what became of it."""

from typing import Any
from uuid import UUID, uuid4

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe
from django.views.decorators.vary import vary_on_headers

from alongside.access.guard import requires
from alongside.access.permissions import Permission

from . import queries
from .answers import Window, after, fingerprint, typed, with_place
from .drafts import AlreadySentError, ChangedElsewhereError, OvertakenError, save_draft, send_draft
from .earlier import earlier_told
from .looks import write_down
from .pages import StepPage, kinds_for, next_step, step_page
from .tasks import follow_soon
from .telling import telling_of

NOTIFICATION = "police_protection_notification"


@requires(Permission.CONTRIBUTE)
@require_safe
def tell_partners(request: HttpRequest) -> HttpResponse:
    offered = kinds_for(request.user)
    usual = [kind for kind in offered if request.user.agency_id in kind.told_by]
    others = [kind for kind in offered if kind not in usual]
    context = {"usual": usual, "others": others, "drafts": queries.drafts_of(request.user)[:5]}
    return render(request, "contributions/tell_partners.html", context)


@requires(Permission.CONTRIBUTE)
@require_safe
def begin_telling(request: HttpRequest, kind: str = NOTIFICATION) -> HttpResponse:
    """A key for what is about to be written. Nothing is kept until something is typed."""
    known = {one.key: one for one in kinds_for(request.user)}
    if kind not in known:
        return redirect("tell_partners")
    return redirect("tell_step", kind=kind, key=uuid4(), step=known[kind].steps[0].key)


@requires(Permission.CONTRIBUTE)
@require_safe
def go_on(request: HttpRequest, key: UUID) -> HttpResponse:
    """Back to the first step of a draft that still asks for something."""
    draft = get_object_or_404(queries.drafts_of(request.user), key=key)
    return redirect("tell_step", kind=draft.kind, key=key, step=next_step(draft))


@requires(Permission.CONTRIBUTE)
@require_http_methods(["GET", "HEAD", "POST"])
@vary_on_headers("HX-Request")
def tell_step(request: HttpRequest, kind: str, key: UUID, step: str) -> HttpResponse:
    page = step_page(request.user, kind, key, step, at=timezone.now())
    if page.draft.sent_as:
        return redirect("receipt", receipt=page.draft.sent_as.receipt)
    if request.method != "POST":
        return _shown(request, page)
    try:
        return _told(request, page)
    except AlreadySentError:
        return redirect("receipt", receipt=_sent_as(page))
    except OvertakenError as overtaken:
        messages.error(request, "Somebody corrected this or took it back while you wrote. This is how it stands now.")
        return redirect("receipt", receipt=str(overtaken))


def _shown(request: HttpRequest, page: StepPage, **more: Any) -> HttpResponse:
    """The page of this step; before sending, with what was told before of the same children. A draft that corrects
    something holds all of it: its page is a look at that."""
    if page.draft.corrects:
        write_down("correcting", page.draft.corrects, by=request.user, at=timezone.now())
    earlier = []
    if page.is_check:
        told, own = page.telling.envelope["people"], page.draft.reference
        earlier = earlier_told(told, viewer=request.user, at=timezone.now(), but=own)
    context = {"page": page, "earlier": earlier, "agency": request.user.agency.short_name}
    return render(request, "contributions/tell_step.html", context | more)


def _told(request: HttpRequest, page: StepPage) -> HttpResponse:
    """Keep what was typed; then what the button says."""
    do, before = request.POST.get("do", "next"), len(page.gaps)
    if do == "take_other":
        return redirect(page.address(page.step))
    answers = page.draft.answers | {page.step: typed(page.draft.answers.get(page.step, {}), request.POST)}
    answers = after(do, answers, step=page.step, kind=page.kind)
    if do == "same_place":
        answers = with_place(answers, page.step, page.place_before)
    try:
        page = _kept(request, page, answers)
    except ChangedElsewhereError:
        return _asked_which(request, page, answers)
    if request.htmx:
        return render(request, "contributions/_advice.html", {"page": page, "changed": len(page.gaps) != before})
    return _onwards(request, page, do)


def _kept(request: HttpRequest, page: StepPage, answers: dict) -> StepPage:
    at = timezone.now()
    draft = save_draft(draft=page.draft, answers=answers, by=request.user, at=at, window=_window(request, page))
    return StepPage(draft, telling_of(draft, at=at), page.step)


def _window(request: HttpRequest, page: StepPage) -> Window:
    """Whoever said "Keep mine" has seen what the other window wrote."""
    seen = request.POST.get("do") == "keep_mine"
    had = fingerprint(page.draft.answers.get(page.step)) if seen else request.POST.get("had", "")
    return Window(request.POST.get("window", "")[:36], page.step, had)


def _asked_which(request: HttpRequest, page: StepPage, answers: dict) -> HttpResponse:
    """Two windows wrote on one step: nothing is saved until it is said which words stay. Nothing typed is lost."""
    page.draft.answers = answers
    mine = StepPage(page.draft, telling_of(page.draft, at=timezone.now()), page.step, posted=request.POST)
    if request.htmx:
        answer = render(request, "contributions/_advice.html", {"page": mine, "elsewhere": page.draft.saved_at})
    else:
        answer = _shown(request, mine, elsewhere=page.draft.saved_at)
    answer["X-Not-Saved"] = "elsewhere"
    return answer


def _onwards(request: HttpRequest, page: StepPage, do: str) -> HttpResponse:
    if do == "later":
        messages.success(request, "Your draft is kept. Only you can see it. Come back to it below.")
        return redirect("what_i_sent")
    if do.partition(":")[0] in {"add", "remove", "use", "keep_mine", "same_place"}:
        return redirect(page.address(page.step))
    if page.wrong or (do == "send" and page.mending):
        return _shown(request, page)
    if do == "end":
        return redirect(page.address("check"))
    return _send(request, page) if do == "send" else redirect(page.next)


def _send(request: HttpRequest, page: StepPage) -> HttpResponse:
    at = timezone.now()
    verdict = send_draft(
        draft=page.draft,
        envelope=lambda draft: telling_of(draft, at=at).envelope,
        by=request.user,
        at=at,
        gaps_reason=page.telling.gaps_reason,
    )
    if verdict.problems:
        return _shown(request, page, problems=verdict.problems)
    follow_soon(1)
    return redirect("receipt", receipt=verdict.receipt)


def _sent_as(page: StepPage) -> str:
    page.draft.refresh_from_db()
    return page.draft.sent_as.receipt
