"""Saying why one looks at more than is usual."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from alongside.access.actions import say_why
from alongside.access.guard import open_to_signed_in
from alongside.access.limits import IN_WORDS, Measure

from .forms import WhyForm


@open_to_signed_in("keeps the reader’s own reason; shows nothing of a child")
@require_POST
def why_so_many(request: HttpRequest, measure: str) -> HttpResponse:
    """Keeps the reason, and goes on to where the reader was going."""
    if measure not in IN_WORDS:
        raise Http404
    form, back_to = WhyForm(request.POST), request.POST.get("back_to", "")
    if not url_has_allowed_host_and_scheme(back_to, allowed_hosts=None):
        back_to = "/"
    if form.is_valid():
        say_why(Measure(measure), because=form.cleaned_data["because"], by=request.user, at=timezone.now())
        return redirect(back_to)
    context = {"measure": measure, "in_words": IN_WORDS[Measure(measure)], "form": form, "back_to": back_to}
    return render(request, "agencies/say_why.html", context)
