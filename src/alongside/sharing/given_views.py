"""What a practitioner gave: the list, one of them, the rest of it, its end, its paper; and a second person's word."""

from datetime import datetime

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from alongside.access.guard import requires
from alongside.access.limits import Measure
from alongside.access.permissions import Permission
from alongside.agencies.held_back import held_back
from alongside.agencies.same_person import a_seat_of
from alongside.ledger import subjects
from alongside.ledger.models import Operation, record_each
from alongside.web.exports import marked

from . import actions, queries
from .draft_views import drafted, is_drafting, onto
from .drafts import Writing, send
from .forms import RestForm, SecondForm, TakeBackForm
from .left import left_to_record, left_to_tell
from .letters import letters_of
from .models import Choice, Page, ShareDecision
from .pdf import as_pdf
from .received import entries_given, write_down
from .recipients import is_kept_from

RECORDED_BEFORE = (
    "The rest was recorded meanwhile, in another window or by somebody else, and stands as it is there. "
    "What you wrote here is not kept: copy it if you need it."
)


@requires(Permission.SHARE)
@require_safe
def what_i_gave(request: HttpRequest) -> HttpResponse:
    """What the reader gave or decided not to give, newest first. Children are named, so each is in the ledger."""
    viewer, at = request.user, timezone.now()
    made = list(queries.made_by(viewer)[: queries.MOST])
    about = sorted({subjects.child(one.person.reference) for one in made})
    record_each(Operation.VIEW, "what I gave", by=viewer, at=at, about=about)
    return render(request, "sharing/what_i_gave.html", {"found": queries.shown(made, viewer=viewer, at=at)})


@requires(Permission.SHARE)
@require_http_methods(["GET", "HEAD", "POST"])
def gave(request: HttpRequest, pk: int) -> HttpResponse:
    """One decision of the reader's own: how it stands, who read it, what changed since; a POST takes it back."""
    one, at = get_object_or_404(queries.made_by(request.user), pk=pk), timezone.now()
    form = TakeBackForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        actions.take_back(decision=one, by=request.user, at=at, **form.cleaned_data)
        messages.success(request, "It is ended. What was read or printed before stays so.")
        return redirect("gave", pk)
    about = [subjects.child(one.person.reference), one.subject]
    record_each(Operation.VIEW, "what I gave", by=request.user, at=at, about=about)
    (found,) = queries.shown([one], viewer=request.user, at=at)
    runs = one.choice == Choice.GIVE and one.ended_at is None and found.state != "ended"
    in_team = queries.is_in_the_team(request.user, one.person, at=at)
    context = {"one": found, "form": form, "runs": runs, "in_team": in_team, "at": at, "letters": letters_of(one)}
    return render(request, "sharing/gave.html", context)


@requires(Permission.SHARE)
@require_http_methods(["GET", "HEAD", "POST"])
def rest(request: HttpRequest, pk: int) -> HttpResponse:
    """The rest of what was given first."""
    one, at = get_object_or_404(queries.decisions().filter(queries.to_record(request.user)), pk=pk), timezone.now()
    is_closed = not queries.made_by(request.user).filter(pk=pk).exists()
    writing = writing_of(request, one, Page.REST_CLOSED if is_closed else Page.REST)
    if is_drafting(request):
        return drafted(request, writing, at=at)
    form = RestForm(request.user, request.POST if request.method == "POST" else None)
    if form.is_valid() and recorded(writing, form, at=at):
        messages.success(request, "The rest is recorded.")
        return redirect("what_i_gave") if is_closed else redirect("gave", pk)
    about = [one.subject] if is_closed else [subjects.child(one.person.reference), one.subject]
    record_each(Operation.VIEW, "what I gave", by=request.user, at=at, about=about)
    onto(form, writing, at=at)
    context = {"one": one, "form": form, "writing": writing, "at": at, "is_closed": is_closed}
    return render(request, "sharing/rest.html", context)


def writing_of(request: HttpRequest, one: ShareDecision, page: Page) -> Writing:
    return Writing(request.user, page, one.person, one, posted=request.POST)


def recorded(writing: Writing, form: RestForm, *, at: datetime) -> bool:
    """Whether this is what is recorded now. Where something else was, meanwhile, the page comes back and says so: what
    was written stands on it once more, to be copied."""
    told = {"decision": writing.decision, **form.cleaned_data}
    took = send(writing, lambda: actions.record_rest(by=writing.by, at=at, **told), at=at)
    if not took:
        form.add_error(None, RECORDED_BEFORE)
    return took


@requires(Permission.HEAR_EMERGENCIES)
@require_http_methods(["GET", "HEAD", "POST"])
def left(request: HttpRequest, pk: int) -> HttpResponse:
    """The rest of what was given first, where whoever gave it cannot record it. Nothing of the child is on the page."""
    viewer, at = request.user, timezone.now()
    one = get_object_or_404(left_to_record(viewer, at=at), pk=pk)
    writing = writing_of(request, one, Page.LEFT)
    if is_drafting(request):
        return drafted(request, writing, at=at)
    form = RestForm(viewer, request.POST if request.method == "POST" else None)
    if form.is_valid() and recorded(writing, form, at=at):
        messages.success(request, "The rest is recorded, with your name.")
        return redirect("my_day")
    record_each(Operation.VIEW, "giving left to record", by=viewer, at=at, about=[one.subject])
    onto(form, writing, at=at)
    return render(request, "sharing/left.html", {"one": one, "form": form, "writing": writing, "at": at})


@requires(Permission.HEAR_EMERGENCIES)
@require_http_methods(["GET", "HEAD", "POST"])
def left_told(request: HttpRequest, pk: int) -> HttpResponse:
    """Paper whose holder has to be told, where whoever gave it cannot. Nothing of the child is on the page."""
    viewer, at = request.user, timezone.now()
    found = next((one for one in left_to_tell(viewer, at=at) if one.decision.pk == pk), None)
    if found is None:
        raise Http404
    if request.method == "POST":
        say_they_were_told(request, found.decision, kept="Kept, with your name", at=at)
        return redirect("my_day")
    record_each(Operation.VIEW, "paper left to tell of", by=viewer, at=at, about=[found.decision.subject])
    return render(request, "sharing/left_told.html", {"one": found})


@requires(Permission.SHARE)
@require_POST
def told(request: HttpRequest, pk: int) -> HttpResponse:
    """Whoever holds the paper was told of what was corrected since."""
    one = get_object_or_404(queries.made_by(request.user), pk=pk)
    say_they_were_told(request, one, kept="Kept", at=timezone.now())
    return redirect("gave", pk)


@requires(Permission.SHARE)
@require_POST
def rang(request: HttpRequest, pk: int) -> HttpResponse:
    """Whoever has no seat was rung, and told."""
    one = get_object_or_404(queries.made_by(request.user).exclude(to_outside=""), pk=pk, choice=Choice.GIVE)
    if actions.rang(decision=one, by=request.user, at=timezone.now()):
        messages.success(request, f"It is kept that you rang {one.recipient}.")
    return redirect("gave", pk)


def say_they_were_told(request: HttpRequest, one: ShareDecision, *, kept: str, at: datetime) -> None:
    """Of what the page showed, and in words what of it is kept."""
    if not actions.told_of_changes(decision=one, shown=request.POST.getlist("shown"), by=request.user, at=at):
        messages.info(request, "Nothing is kept: what is to be told changed since you opened this page.")
        return
    (now,) = queries.shown([one], viewer=request.user, at=at)
    asked = one.ended_at and now.papers
    became = f"{one.recipient} gave the paper back, or it is destroyed" if asked else f"you told {one.recipient}"
    messages.success(request, f"{kept}: {became}.")
    if queries.to_tell(queries.decisions().filter(pk=one.pk), viewer=request.user, at=at):
        messages.info(request, "Something else changed meanwhile: tell them of that, too.")


@requires(Permission.SHARE)
@require_safe
def paper(request: HttpRequest, pk: int) -> HttpResponse:
    """What was given, as marked paper for somebody without a seat; each making is in the ledger."""
    viewer, at = request.user, timezone.now()
    own = queries.made_by(viewer).filter(choice=Choice.GIVE, ended_at=None, expires_on__gte=timezone.localdate(at))
    left = own.exclude(to_outside="").exclude(gone_at__isnull=False, entries=None)
    one = get_object_or_404(left, pk=pk)
    if not queries.is_in_the_team(viewer, one.person, at=at):
        raise Http404
    if instead := held_back(request, Measure.EXPORT, at=at):
        return instead
    write_down(queries.PAPER, one, by=viewer, at=at)
    made = HttpResponse(as_pdf(one, entries_given(one), at=at), content_type="application/pdf")
    return marked(made, f"given-{one.pk}.pdf", opens=True)


@requires(Permission.SHARE)
@require_http_methods(["GET", "HEAD", "POST"])
def second(request: HttpRequest, pk: int) -> HttpResponse:
    """Whether another person of the team agrees that something is not given."""
    viewer, at = request.user, timezone.now()
    one = waiting_for_a_second(pk, request)
    form = SecondForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        actions.say_second_word(decision=one, by=viewer, at=at, **form.cleaned_data)
        messages.success(request, "Your view is kept with the decision.")
        return redirect("child_shared", one.person.reference)
    about = [subjects.child(one.person.reference), one.subject]
    record_each(Operation.VIEW, "second person", by=viewer, at=at, about=about)
    return render(request, "sharing/second.html", {"one": one, "form": form})


def waiting_for_a_second(pk: int, request: HttpRequest) -> ShareDecision:
    """The decision, for somebody else of the team around that child, from whom it is not kept."""
    others = ~a_seat_of(request.user, "by")
    waits = queries.decisions().filter(others, second_asked__isnull=False, second_at=None)
    one = get_object_or_404(waits, pk=pk)
    if is_kept_from(one, request.user) or not queries.is_in_the_team(request.user, one.person, at=timezone.now()):
        raise Http404
    return one
