"""The workbench: one item, what is held back of it and why; and the two people who let the pack go."""

import json

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from alongside.access.guard import requires
from alongside.access.limits import Measure
from alongside.access.permissions import Permission
from alongside.agencies.held_back import held_back
from alongside.agencies.step_up import asks_again
from alongside.ledger.models import Operation, record
from alongside.web.errors import Refused
from alongside.web.exports import marked

from . import actions, releasing
from .door import too_many, write_down
from .forms import MarkForm, SendBackForm
from .models import Mark, PackItem, RequestPart
from .open_to import why_closed, why_not_all
from .packing import pack_of
from .pdf import as_pdf
from .queries import items_of, own_items
from .sections import answers_about_the_source, title_of
from .terms import terms
from .views import part_of
from .workbench import bench_of

HANDLES = Permission.HANDLE_ACCESS_REQUESTS
WHOLE, LOOKED = "whole", "looked"


def item_of(part: RequestPart, pk: int) -> PackItem:
    kept = own_items(part).select_related("record", "contribution__agency", "part__request", "looked_by")
    return get_object_or_404(kept, pk=pk)


@requires(HANDLES)
@require_http_methods(["GET", "HEAD", "POST"])
def item(request: HttpRequest, pk: int, item_pk: int) -> HttpResponse:
    """One item in full: marking stretches of it, holding it back whole, or saying that it was looked through."""
    part, at = part_of(request, pk), timezone.now()
    if instead := too_many(request, part, at=at):
        return instead
    one, doing = item_of(part, item_pk), request.POST.get("do", "")
    closed = why_closed(one, request.user)
    marks = list(one.marks.filter(undone_at=None).select_related("by"))
    benches = [] if closed else bench_of(one, marks)
    if doing == LOOKED and not closed:
        actions.look_through(item=one, by=request.user, at=at)
        return onward(request, part, one)
    sent = request.POST if request.method == "POST" else None
    form = MarkForm(one, benches, sent, whole=doing == WHOLE, closed=bool(closed))
    if form.is_valid() and not (closed and doing != WHOLE):
        return hold_back(request, one, form, whole=doing == WHOLE)
    write_down(part, by=request.user, at=at)
    record(Operation.VIEW, "access request item", by=request.user, at=at, about=one.subject)
    said = {"part": part, "item": one, "title": title_of(one), "closed": closed, "benches": benches, "form": form}
    said |= {
        "marks": [(m, terms().exemption(m.exemption)) for m in marks],
        "source": 0 if closed else answers_about_the_source(one),
    }
    return render(request, "access_requests/item.html", said | {"is_open": not part.ready_at})


def hold_back(request: HttpRequest, one: PackItem, form: MarkForm, *, whole: bool) -> HttpResponse:
    """Does what the form says: the whole item, or the stretches that were found."""
    told = {name: form.cleaned_data[name] for name in ("exemption", "because")}
    at = timezone.now()
    if whole:
        actions.hold_back_whole(item=one, by=request.user, at=at, **told)
        return onward(request, one.part, one)
    count = actions.mark(item=one, spans=form.found, by=request.user, at=at, **told)
    messages.success(request, f"Held back: {count}. Read the rest, then say that you looked through it.")
    return redirect("access_item", one.part_id, one.pk)


def onward(request: HttpRequest, part: RequestPart, done: PackItem) -> HttpResponse:
    """To the next item that nobody has looked through, else back to the request."""
    left = own_items(part).filter(looked_at=None).exclude(pk=done.pk)
    following = left.filter(pk__gt=done.pk).first() or left.first()
    if following:
        messages.success(request, "Kept. This is the next one.")
        return redirect("access_item", part.pk, following.pk)
    messages.success(request, "Everything is looked through.")
    return redirect("access_request", part.pk)


@requires(HANDLES)
@require_POST
def unmark(request: HttpRequest, pk: int, item_pk: int, mark_pk: int) -> HttpResponse:
    """A mark is taken away; the item wants another look."""
    one = item_of(part_of(request, pk), item_pk)
    mark = get_object_or_404(Mark.objects.select_related("item__part"), pk=mark_pk, item=one)
    actions.take_mark_away(mark=mark, by=request.user, at=timezone.now())
    messages.success(request, "The mark is taken away.")
    return redirect("access_item", pk, item_pk)


@requires(HANDLES)
@require_POST
def ready(request: HttpRequest, pk: int) -> HttpResponse:
    """One officer says that everything was looked through."""
    releasing.say_ready(part=part_of(request, pk), by=request.user, at=timezone.now())
    messages.success(request, "It is ready. Another officer of your agency reads it and lets it go.")
    return redirect("access_request", pk)


@requires(HANDLES)
@require_http_methods(["GET", "HEAD", "POST"])
@asks_again
def release(request: HttpRequest, pk: int) -> HttpResponse:
    """The second person reads what would go out, and lets it go or sends it back."""
    part, at = part_of(request, pk), timezone.now()
    form = SendBackForm(request.POST if "because" in request.POST else None)
    if form.is_valid():
        releasing.send_back(part=part, by=request.user, at=at, **form.cleaned_data)
        messages.success(request, "It is sent back with your words.")
        return redirect("access_request", pk)
    if request.method == "POST" and not form.is_bound:
        releasing.release(part=part, by=request.user, at=at)
        messages.success(request, "It is released. Print it, or save it as data, and send it as they asked.")
        return redirect("access_request", pk)
    if not part.ready_at or part.released_at:
        raise Http404
    return too_many(request, part, at=at) or before_release(request, part, form)


def before_release(request: HttpRequest, part: RequestPart, form: SendBackForm) -> HttpResponse:
    """What would go out, for whoever may read all of it. Whoever may not can still send it back."""
    items, at, page = items_of(part), timezone.now(), "access_requests/release.html"
    if closed := why_not_all(part, request.user, items):
        return render(request, page, {"part": part, "closed": closed, "form": form}, status=403)
    write_down(part, by=request.user, at=at)
    record(Operation.VIEW, "access pack before release", by=request.user, at=at, about=part.request.subject)
    return render(request, page, {"part": part, "pack": pack_of(part, items), "form": form})


@requires(HANDLES)
@require_safe
def pack(request: HttpRequest, pk: int, form: str) -> HttpResponse:
    """What was released, as paper or as data; each copy is in the ledger."""
    part = part_of(request, pk)
    get_object_or_404(RequestPart, pk=part.pk, released_at__isnull=False)
    at = timezone.now()
    if why := why_not_all(part, request.user):
        raise Refused(why)
    if instead := held_back(request, Measure.EXPORT, at=at):
        return instead
    record(Operation.VIEW, f"access pack as {form}", by=request.user, at=at, about=part.request.subject)
    kind = "application/pdf" if form == "pdf" else "application/json"
    made = as_pdf(part.pack) if form == "pdf" else json.dumps(part.pack, ensure_ascii=False, indent=2)
    return marked(HttpResponse(made, content_type=kind), f"{part.number.lower()}.{form}")
